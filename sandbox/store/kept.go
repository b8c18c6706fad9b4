package store

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	"example.com/netanswer/sandbox/world"
)

// Kept is a world.Store over a database. What it holds in memory are copies of
// worlds in use. A change is written as the rows that differ, in one transaction
// with the world's version; where somebody else changed the world meanwhile, it
// is carried out again. It returns when the change is durable.
type Kept struct {
	machine func() time.Time
	bounds  world.Bounds
	limit   time.Duration // of whatever the database is asked
	db      database
	base    world.State // what every fresh world shares
	baseID  string
	based   map[string]bool // the rows of base, by part and key

	ctx   context.Context
	end   context.CancelFunc
	tasks sync.WaitGroup
	lanes []chan *writing
	// flushes are groups that are written and not yet durable.
	flushes chan []*writing
	looks   chan *looking
	telling

	snapshots *Kept

	failure atomic.Pointer[failure] // of the last change, nil where it was written
	told    func(error)             // of a first failure, and nil of the first change after it

	damaged    sync.Map // what was told of worlds that cannot be read
	tellDamage func(error)

	mu    sync.Mutex
	cells map[string]*keptCell
	bases map[string]world.State // other bases that worlds began with
	seats int                    // how many worlds may be made before they are counted again
	made  int                    // how many are being made, and may not be counted yet
}

// maxCells is how many worlds are held in memory besides those in use.
const maxCells = 2000

// maxConflicts bounds how often a change is carried out again.
const maxConflicts = 1000

// newKept returns a store over a database. base is what every fresh world
// begins with; worlds are kept as what differs from it.
func newKept(ctx context.Context, db database, o Options) (*Kept, error) {
	k := &Kept{
		machine: o.Machine,
		bounds:  o.Bounds,
		limit:   o.Limit,
		told:    o.Told,

		tellDamage: o.Damaged,

		db:    db,
		base:  o.Base,
		cells: map[string]*keptCell{},
		bases: map[string]world.State{},
	}
	var none world.State
	rows, err := differing(&none, &o.Base)
	if err != nil {
		return nil, err
	}
	if err := k.keepBase(ctx, rows); err != nil {
		return nil, err
	}
	k.ctx, k.end = context.WithCancel(context.WithoutCancel(ctx))
	k.start()
	return k, nil
}

// keepBase writes down what worlds begin with, once for each.
func (k *Kept) keepBase(ctx context.Context, rows []row) error {
	k.based = map[string]bool{}
	document := map[string]map[string]json.RawMessage{}
	for _, r := range rows {
		k.based[r.part+" "+r.key] = true
		if document[r.part] == nil {
			document[r.part] = map[string]json.RawMessage{}
		}
		document[r.part][r.key] = r.value
	}
	text, err := json.Marshal(document) // keys in alphabetical order
	if err != nil {
		return err
	}
	sum := sha256.Sum256(text)
	k.baseID = hex.EncodeToString(sum[:8])
	return k.db.keepBase(ctx, k.baseID, text)
}

// baseOf is what a world began with.
func (k *Kept) baseOf(ctx context.Context, id string) (world.State, error) {
	if id == k.baseID {
		return k.base, nil
	}
	k.mu.Lock()
	base, known := k.bases[id]
	k.mu.Unlock()
	if known {
		return base, nil
	}
	text, err := k.db.base(ctx, id)
	if err != nil {
		return base, away("read base "+id, err)
	}
	var document map[string]map[string]json.RawMessage
	if err := json.Unmarshal(text, &document); err != nil {
		return base, fmt.Errorf("base %s: %w", id, err)
	}
	var rows []row
	for part, entries := range document {
		for key, value := range entries {
			rows = append(rows, row{part: part, key: key, value: value})
		}
	}
	if base, err = applied(base, rows); err != nil {
		return base, fmt.Errorf("base %s: %w", id, err)
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	k.bases[id] = base
	return base, nil
}

// View implements world.Store.
func (k *Kept) View(ctx context.Context, name string) (world.State, error) {
	if err := possible(ctx, name); err != nil {
		return world.State{}, err
	}
	c := k.cell(name)
	k.used(c, name)
	seen := world.SeenIn(ctx)
	if h := c.held.Load(); h != nil {
		if !k.db.shared() || seen.Has(k.seeing(name)) {
			return h.state, nil
		}
		at, err := k.stands(ctx, name)
		if err != nil {
			return world.State{}, err
		}
		if at == h.at {
			seen.Add(k.seeing(name))
			return h.state, nil
		}
	}
	c, err := k.lock(ctx, name)
	if err != nil {
		return world.State{}, err
	}
	defer c.unlock()
	h, err := k.read(ctx, name, c)
	if err == nil {
		seen.Add(k.seeing(name))
	}
	return h.state, err
}

// A sight is a world of a store, as a request has seen it.
type sight struct {
	of   *Kept
	name string
}

func (k *Kept) seeing(name string) sight { return sight{k, name} }

// read reads a world, where this process has it not as it is. It runs under the
// cell's lock.
func (k *Kept) read(ctx context.Context, name string, c *keptCell) (held, error) {
	ctx, cancel := context.WithTimeout(ctx, k.limit)
	defer cancel()
	have := c.held.Load()
	if have != nil && !k.db.shared() {
		return *have, nil
	}
	if have == nil {
		have = &held{}
	}
	w, err := k.db.read(ctx, name, have.at)
	if err != nil {
		return held{}, k.unread(away("read world "+name, err))
	}
	h := held{at: w.at}
	switch {
	case w.at.id == 0: // there is none
	case w.at.id == have.at.id:
		h.state, err = applied(have.state, w.rows)
	default:
		if h.state, err = k.baseOf(ctx, w.base); err == nil {
			h.state, err = applied(h.state, w.rows)
		}
	}
	if err != nil && !errors.Is(err, world.ErrAway) {
		err = damagedWorld(name, err)
		k.damage(err)
	}
	if err != nil {
		return held{}, err
	}
	c.held.Store(&h)
	if h.at != have.at { // nobody may have told those who wait
		k.wakeUp(name)
	}
	return h, nil
}

// Update implements world.Store.
func (k *Kept) Update(ctx context.Context, name string, do func(*world.State) error) error {
	if err := possible(ctx, name); err != nil {
		return err
	}
	c, err := k.lock(ctx, name)
	if err != nil {
		return err
	}
	defer c.unlock()
	for range maxConflicts {
		again, err := k.try(ctx, name, c, do)
		if err != nil || !again {
			return err
		}
		c.stale.Store(true)
	}
	return fmt.Errorf("%w: world %s is changed by too many at once", world.ErrAway, name)
}

// try carries a change out on what this process knows of the world; again, if
// that was not the latest.
func (k *Kept) try(ctx context.Context, name string, c *keptCell, do func(*world.State) error) (again bool, err error) {
	h := c.held.Load()
	if h == nil || c.stale.Swap(false) {
		fresh, err := k.read(ctx, name, c)
		if err != nil {
			return false, err
		}
		h = &fresh
	}
	before, after := h.state, marked(h.state)
	if h.at.id == 0 {
		before, after = k.base, world.State{}
	}
	if err := do(&after); err != nil {
		return k.refused(ctx, name, h.at, err)
	}
	rows, err := differing(&before, &after)
	if err != nil {
		return false, fmt.Errorf("world %s: %w", name, err)
	}
	if h.at.id == 0 {
		leave, err := k.seat(ctx)
		if err != nil {
			return false, err
		}
		defer leave()
	}
	w := &change{name: name, read: h.at, base: k.baseID, rows: k.needed(rows), usedAt: k.machine(), owing: after.Owing()}
	if err := k.write(w); err != nil {
		c.held.Store(nil) // what the database has now is not known
		return false, err
	}
	if w.conflict {
		return true, nil
	}
	c.held.Store(&held{at: w.written, state: after})
	c.touched.Store(w.usedAt.UnixNano())
	c.usedAt.Store(w.usedAt.UnixNano())
	world.SeenIn(ctx).Add(k.seeing(name))
	k.changed(name)
	return false, nil
}

// refused tells whether a refusal was made of the latest state: what was true of
// an older one may not be true any more.
func (k *Kept) refused(ctx context.Context, name string, read stamp, why error) (again bool, err error) {
	if !k.db.shared() {
		return false, why
	}
	at, err := k.stands(ctx, name)
	if err != nil {
		return false, err
	}
	if at != read {
		return true, nil
	}
	return false, why
}

// needed leaves out that something is gone which no base has, where nobody else
// has to be told.
func (k *Kept) needed(rows []row) []row {
	for i := range rows {
		r := &rows[i]
		r.gone = r.value == nil && !k.db.shared() && !k.based[r.part+" "+r.key]
	}
	return rows
}

// Delete implements world.Store.
func (k *Kept) Delete(ctx context.Context, name string) error {
	if err := possible(ctx, name); err != nil {
		return err
	}
	c, err := k.lock(ctx, name)
	if err != nil {
		return err
	}
	defer c.unlock()
	limited, cancel := context.WithTimeout(ctx, k.limit)
	defer cancel()
	c.held.Store(nil)
	if err := k.db.drop(limited, name); err != nil {
		return away("delete world "+name, err)
	}
	k.changed(name)
	return nil
}

// used notes that a world was looked at, and now and then in the database.
func (k *Kept) used(c *keptCell, name string) {
	now := k.machine().UnixNano()
	c.usedAt.Store(now)
	h, noted := c.held.Load(), c.touched.Load()
	if h == nil || h.at.id == 0 || now-noted < int64(k.bounds.Idle/4) || !c.touched.CompareAndSwap(noted, now) {
		return
	}
	k.tasks.Go(func() {
		// Not noted, it is noted later.
		_ = k.write(&change{name: name, read: h.at, usedAt: time.Unix(0, now), touch: true})
	})
}

// Snapshots is where the snapshots of the store are kept. None makes room for
// another.
func (k *Kept) Snapshots() world.Store { return k.snapshots }

// Close ends what goes on, and closes the database.
func (k *Kept) Close() error {
	if k.snapshots != nil {
		_ = k.snapshots.Close() // it has no connection of its own to close
	}
	k.end()
	k.tasks.Wait()
	return k.db.close()
}

var errClosed = errors.New("the store is closed")
