// Package store keeps worlds: it implements the Store of package world. Memory
// keeps them in this process and forgets them with it. Package storetest holds
// the contract that every implementation is tried by.
package store

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"sort"
	"sync"
	"sync/atomic"
	"time"

	"example.com/netanswer/sandbox/world"
)

// Memory is a world.Store in memory. A world that nobody has used for a time makes
// room when there are as many as there may be; while there is room, nothing is
// ever dropped.
type Memory struct {
	machine func() time.Time
	limit   int
	idle    time.Duration
	most    int64        // bytes of all worlds; 0 for any number
	bytes   atomic.Int64 // of all worlds

	mu    sync.RWMutex
	cells map[string]*cell
	born  chan struct{} // closed when a world begins; nil while nobody waits for one that does not exist
}

// A cell is one world behind its own lock. Its state is replaced, never changed,
// so a reader needs no lock.
type cell struct {
	mu      sync.Mutex
	state   atomic.Pointer[world.State]
	usedAt  atomic.Int64
	changed chan struct{} // nil while nobody waits
	gone    bool
}

// NewMemory returns an empty store. machine is the machine's clock; of the bounds
// it keeps to Worlds, Idle and AllBytes.
func NewMemory(machine func() time.Time, b world.Bounds) *Memory {
	return &Memory{machine: machine, limit: b.Worlds, idle: b.Idle, most: b.AllBytes, cells: map[string]*cell{}}
}

// NewSnapshots returns an empty store of snapshots; of the bounds it keeps to
// Snapshots. None ever makes room for another.
func NewSnapshots(b world.Bounds) *Memory {
	never := func() time.Time { return time.Unix(0, 0) } // nothing is idle where no time passes
	return &Memory{machine: never, limit: b.Snapshots, idle: time.Hour, most: b.AllBytes, cells: map[string]*cell{}}
}

// View implements world.Store.
func (m *Memory) View(ctx context.Context, name string) (world.State, error) {
	if err := possible(ctx, name); err != nil {
		return world.State{}, err
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
	return world.State{}, nil
}

// Update implements world.Store.
func (m *Memory) Update(ctx context.Context, name string, change func(*world.State) error) error {
	if err := possible(ctx, name); err != nil {
		return err
	}
	for {
		c, err := m.cell(name)
		if err != nil {
			return err
		}
		if done, err := m.updateOrDrop(c, name, change); done {
			return err
		}
	}
}

// updateOrDrop is update, and leaves nothing of a world that did not come to be.
func (m *Memory) updateOrDrop(c *cell, name string, change func(*world.State) error) (done bool, err error) {
	existed := c.state.Load() != nil
	defer func() {
		if existed {
			return
		}
		m.mu.Lock()
		defer m.mu.Unlock()
		if c.state.Load() != nil {
			if m.born != nil {
				close(m.born)
				m.born = nil
			}
		} else if m.cells[name] == c {
			m.drop(name, c) // who waits for its lock begins anew
		}
	}()
	return m.update(c, name, change)
}

// update tells false where the world was deleted in between.
func (m *Memory) update(c *cell, name string, change func(*world.State) error) (done bool, err error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.gone {
		return false, nil
	}
	c.usedAt.Store(m.machine().UnixNano())
	var next world.State
	if s := c.state.Load(); s != nil {
		next = *s
	}
	before := next.Bytes()
	if err := change(&next); err != nil {
		return true, err
	}
	if err := m.grow(next.Bytes() - before); err != nil {
		return true, err
	}
	c.state.Store(&next)
	if c.changed != nil {
		close(c.changed)
		c.changed = nil
	}
	return true, nil
}

// grow makes the bytes of all worlds more, or fewer; more than there may be is an
// error.
func (m *Memory) grow(by int64) error {
	if all := m.bytes.Add(by); by > 0 && m.most > 0 && all > m.most {
		m.bytes.Add(-by)
		return fmt.Errorf("%w: the messages of all worlds take %d bytes at most (-max-all-bytes)", world.ErrWorlds, m.most)
	}
	return nil
}

// possible tells why a world of a name cannot be asked for.
func possible(ctx context.Context, name string) error {
	if err := world.CheckName(name); err != nil {
		return err
	}
	return ctx.Err()
}

// cell finds or makes the cell of a world.
func (m *Memory) cell(name string) (*cell, error) {
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
		return nil, fmt.Errorf("%w: %d", world.ErrWorlds, m.limit)
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
	if s := c.state.Load(); s != nil {
		m.bytes.Add(-s.Bytes())
	}
	if c.changed != nil {
		close(c.changed)
		c.changed = nil
	}
}

// Delete implements world.Store.
func (m *Memory) Delete(ctx context.Context, name string) error {
	if err := possible(ctx, name); err != nil {
		return err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if c := m.cells[name]; c != nil {
		m.drop(name, c)
	}
	return nil
}

// List implements world.Store.
func (m *Memory) List(ctx context.Context, names ...string) ([]world.State, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	m.mu.RLock()
	defer m.mu.RUnlock()
	if len(names) == 0 {
		names = slices.Collect(maps.Keys(m.cells))
	}
	states := make([]world.State, 0, len(names))
	for _, name := range names {
		if c := m.cells[name]; c != nil {
			if s := c.state.Load(); s != nil {
				states = append(states, *s)
			}
		}
	}
	sort.Slice(states, func(i, j int) bool { return states[i].Name < states[j].Name })
	return states, nil
}

// Listed implements world.Store.
func (m *Memory) Listed(ctx context.Context) ([]world.Listing, error) {
	states, err := m.List(ctx)
	all := make([]world.Listing, len(states))
	for i, s := range states {
		all[i] = world.Listing{Name: s.Name, CreatedAt: s.CreatedAt}
	}
	return all, err
}

// Owing implements world.Store.
func (m *Memory) Owing(ctx context.Context) (names []string, err error) {
	m.mu.RLock()
	defer m.mu.RUnlock()
	for name, c := range m.cells {
		if s := c.state.Load(); s != nil && s.Owing() {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names, ctx.Err()
}

// Changed implements world.Store.
func (m *Memory) Changed(ctx context.Context, name string) (<-chan struct{}, error) {
	if err := possible(ctx, name); err != nil {
		return nil, err
	}
	m.mu.Lock()
	c := m.cells[name]
	if c == nil || c.state.Load() == nil { // watching makes no world
		defer m.mu.Unlock()
		if m.born == nil {
			m.born = make(chan struct{})
		}
		return m.born, nil
	}
	m.mu.Unlock()
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.gone { // since it was looked up: that is a change
		over := make(chan struct{})
		close(over)
		return over, nil
	}
	if c.changed == nil {
		c.changed = make(chan struct{})
	}
	return c.changed, nil
}
