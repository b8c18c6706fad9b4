package world

import (
	"errors"
	"fmt"
	"regexp"
	"sort"
	"sync"
	"sync/atomic"
	"time"
)

// A Store keeps worlds. Every method may be called at any time by anybody.
//
// Update may call its function more than once; the function changes nothing but
// the state it is given, and what it captured to answer with.
type Store interface {
	// View takes a snapshot. A world that does not exist is seen as it would
	// be fresh, and still does not exist.
	View(name string) (State, error)
	// Update changes a world, making it first where it does not exist. If the
	// function fails or panics, nothing has changed.
	Update(name string, change func(*State) error) error
	// Delete ends a world; no such world is no error.
	Delete(name string) error
	// List returns the worlds that exist, by name.
	List() ([]State, error)
	// Changed returns a channel that is closed at the world's next change.
	Changed(name string) (<-chan struct{}, error)
}

// The errors of a store.
var (
	ErrName    = errors.New("a world's name is 1 to 63 of a-z, 0-9 and -, beginning and ending with a letter or digit")
	ErrWorlds  = errors.New("the sandbox or this world holds as much as it may")
	ErrRequest = errors.New("the request cannot be carried out")
)

var nameForm = regexp.MustCompile(`^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$`)

// CheckName tells whether name can be a world's.
func CheckName(name string) error {
	if !nameForm.MatchString(name) {
		return ErrName
	}
	return nil
}

// Memory is a Store in memory. A world that nobody has used for Idle makes room
// when there are Limit of them; while there is room, nothing is ever dropped.
type Memory struct {
	fresh   func(name string, machine time.Time) State
	machine func() time.Time
	limit   int
	idle    time.Duration

	mu    sync.RWMutex
	cells map[string]*cell
}

// A cell is one world behind its own lock. Its state is replaced, never changed,
// so a reader needs no lock.
type cell struct {
	mu      sync.Mutex
	state   atomic.Pointer[State]
	usedAt  atomic.Int64
	changed chan struct{} // nil while nobody waits
	gone    bool
}

// NewMemory returns an empty store. fresh makes a world's first state.
func NewMemory(fresh func(string, time.Time) State, machine func() time.Time, limit int, idle time.Duration) *Memory {
	return &Memory{fresh: fresh, machine: machine, limit: limit, idle: idle, cells: map[string]*cell{}}
}

// View implements Store.
func (m *Memory) View(name string) (State, error) {
	if err := CheckName(name); err != nil {
		return State{}, err
	}
	m.mu.RLock()
	c := m.cells[name]
	m.mu.RUnlock()
	if c != nil {
		if s := c.state.Load(); s != nil {
			c.usedAt.Store(m.machine().UnixNano())
			return *s, nil
		}
	}
	return m.fresh(name, m.machine()), nil
}

// Update implements Store.
func (m *Memory) Update(name string, change func(*State) error) error {
	for {
		c, err := m.cell(name)
		if err != nil {
			return err
		}
		if done, err := m.update(c, name, change); done {
			return err
		}
	}
}

// update tells false where the world was deleted in between.
func (m *Memory) update(c *cell, name string, change func(*State) error) (done bool, err error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.gone {
		return false, nil
	}
	machine := m.machine()
	c.usedAt.Store(machine.UnixNano())
	var next State
	if s := c.state.Load(); s != nil {
		next = *s
	} else {
		next = m.fresh(name, machine)
	}
	if err := change(&next); err != nil {
		return true, err
	}
	c.state.Store(&next)
	if c.changed != nil {
		close(c.changed)
		c.changed = nil
	}
	return true, nil
}

// cell finds or makes the cell of a world.
func (m *Memory) cell(name string) (*cell, error) {
	if err := CheckName(name); err != nil {
		return nil, err
	}
	m.mu.RLock()
	c := m.cells[name]
	m.mu.RUnlock()
	if c != nil {
		return c, nil
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if c := m.cells[name]; c != nil {
		return c, nil
	}
	if len(m.cells) >= m.limit && !m.makeRoom() {
		return nil, fmt.Errorf("%w: %d", ErrWorlds, m.limit)
	}
	c = &cell{}
	c.usedAt.Store(m.machine().UnixNano())
	m.cells[name] = c
	return c, nil
}

// makeRoom drops every world idle for too long. It runs under m.mu.
func (m *Memory) makeRoom() bool {
	before := m.machine().Add(-m.idle).UnixNano()
	for name, c := range m.cells {
		if c.usedAt.Load() < before {
			m.drop(name, c)
		}
	}
	return len(m.cells) < m.limit
}

func (m *Memory) drop(name string, c *cell) {
	delete(m.cells, name)
	c.mu.Lock()
	defer c.mu.Unlock()
	c.gone = true
	if c.changed != nil {
		close(c.changed)
		c.changed = nil
	}
}

// Delete implements Store.
func (m *Memory) Delete(name string) error {
	if err := CheckName(name); err != nil {
		return err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if c := m.cells[name]; c != nil {
		m.drop(name, c)
	}
	return nil
}

// List implements Store.
func (m *Memory) List() ([]State, error) {
	m.mu.RLock()
	states := make([]State, 0, len(m.cells))
	for _, c := range m.cells {
		if s := c.state.Load(); s != nil {
			states = append(states, *s)
		}
	}
	m.mu.RUnlock()
	sort.Slice(states, func(i, j int) bool { return states[i].Name < states[j].Name })
	return states, nil
}

// Changed implements Store.
func (m *Memory) Changed(name string) (<-chan struct{}, error) {
	for {
		c, err := m.cell(name)
		if err != nil {
			return nil, err
		}
		c.mu.Lock()
		if !c.gone {
			if c.changed == nil {
				c.changed = make(chan struct{})
			}
			changed := c.changed
			c.mu.Unlock()
			return changed, nil
		}
		c.mu.Unlock()
	}
}
