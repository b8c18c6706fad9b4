package store

import (
	"context"
	"hash/maphash"
	"sync"
	"time"

	"example.com/netanswer/sandbox/world"
)

// maxGroup bounds the changes of one transaction, and the worlds of one question.
const maxGroup = 128

// writing is a change on its way to the database.
type writing struct {
	change *change
	done   chan error
}

// looking is a question where a world stands.
type looking struct {
	name string
	at   stamp
	done chan error
}

// start starts what goes on beside those who use the store.
func (k *Kept) start() {
	lanes, readers := 1, 0
	if k.db.shared() {
		lanes, readers = 2, 2
	}
	k.telling = telling{waiters: map[string]chan struct{}{}, untold: map[string]bool{}, wake: make(chan struct{}, 1)}
	for range lanes {
		lane := make(chan *writing, maxGroup)
		k.lanes = append(k.lanes, lane)
		k.tasks.Go(func() { grouped(k.ctx, lane, k.writeAll) })
	}
	k.flushes = make(chan []*writing, maxGroup)
	k.tasks.Go(func() { grouped(k.ctx, k.flushes, k.flushAll) })
	k.looks = make(chan *looking, maxGroup)
	for range readers {
		k.tasks.Go(func() { grouped(k.ctx, k.looks, k.lookAll) })
	}
	if k.db.shared() {
		k.tasks.Go(k.tellOthers)
		k.tasks.Go(func() { k.db.others(k.ctx, k.wakeUp) })
		k.tasks.Go(k.poll)
	}
}

// grouped does what is in a lane, and all that has come meanwhile at once, until
// ctx ends.
func grouped[T any](ctx context.Context, lane <-chan T, do func([]T)) {
	for {
		var group []T
		select {
		case <-ctx.Done():
			return
		case first := <-lane:
			group = append(group, first)
		}
	more:
		for len(group) < maxGroup {
			select {
			case next := <-lane:
				group = append(group, next)
			default:
				break more
			}
		}
		do(group)
	}
}

var seed = maphash.MakeSeed()

// write writes a change, in one transaction with others, and returns when it is
// durable. The changes of one world go one after the other.
func (k *Kept) write(c *change) error {
	w := &writing{c, make(chan error, 1)}
	select {
	case k.lanes[maphash.String(seed, c.name)%uint64(len(k.lanes))] <- w:
	case <-k.ctx.Done():
		return away("write", errClosed)
	}
	select {
	case err := <-w.done:
		return err
	case <-k.ctx.Done():
		return away("write", errClosed)
	}
}

func (k *Kept) writeAll(group []*writing) {
	changes := make([]*change, len(group))
	for i, w := range group {
		changes[i] = w.change
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(k.ctx), k.limit)
	defer cancel()
	if err := k.db.write(ctx, changes); err != nil {
		k.written(group, err)
		return
	}
	select {
	case k.flushes <- group:
	case <-k.ctx.Done():
	}
}

// flushAll makes groups durable that were written since it last did, while the next
// ones are written, and lets those go on who wait for it.
func (k *Kept) flushAll(groups [][]*writing) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(k.ctx), k.limit)
	defer cancel()
	err := k.db.flush(ctx)
	for _, group := range groups {
		k.written(group, err)
	}
}

// written tells how a group went.
func (k *Kept) written(group []*writing, err error) {
	err = away("write", err)
	k.wrote(err)
	for _, w := range group {
		w.done <- err
	}
}

// stands asks where a world stands, in one question with others.
func (k *Kept) stands(ctx context.Context, name string) (stamp, error) {
	l := &looking{name: name, done: make(chan error, 1)}
	select {
	case k.looks <- l:
	case <-ctx.Done():
		return stamp{}, ctx.Err()
	case <-k.ctx.Done():
		return stamp{}, away("look", errClosed)
	}
	select {
	case err := <-l.done:
		return l.at, err
	case <-ctx.Done():
		return stamp{}, ctx.Err()
	case <-k.ctx.Done():
		return stamp{}, away("look", errClosed)
	}
}

func (k *Kept) lookAll(group []*looking) {
	names := make([]string, len(group))
	for i, l := range group {
		names[i] = l.name
	}
	ctx, cancel := context.WithTimeout(k.ctx, k.limit)
	defer cancel()
	at, err := k.db.stamps(ctx, names)
	for _, l := range group {
		l.at = at[l.name]
		l.done <- away("look", err)
	}
}

// telling is who waits for changes of worlds, here and in other sandboxes.
type telling struct {
	waiting sync.Mutex
	waiters map[string]chan struct{}
	untold  map[string]bool // worlds whose change others are still to be told
	wake    chan struct{}
}

// Changed implements world.Store.
func (k *Kept) Changed(ctx context.Context, name string) (<-chan struct{}, error) {
	if err := possible(ctx, name); err != nil {
		return nil, err
	}
	world.SeenIn(ctx).Forget(k.seeing(name))
	return k.waitFor(name), nil
}

func (k *Kept) waitFor(name string) <-chan struct{} {
	k.waiting.Lock()
	defer k.waiting.Unlock()
	if k.waiters[name] == nil {
		k.waiters[name] = make(chan struct{})
	}
	return k.waiters[name]
}

// wakeUp tells those who wait for a world here; "" is all.
func (k *Kept) wakeUp(name string) {
	k.waiting.Lock()
	defer k.waiting.Unlock()
	if name != "" {
		k.wakeOne(name)
		return
	}
	for waited := range k.waiters {
		k.wakeOne(waited)
	}
}

// wakeOne runs under k.waiting.
func (k *Kept) wakeOne(name string) {
	if c := k.waiters[name]; c != nil {
		close(c)
		delete(k.waiters, name)
	}
}

// changed tells all who wait for a world.
func (k *Kept) changed(name string) {
	k.waiting.Lock()
	defer k.waiting.Unlock()
	k.wakeOne(name)
	if !k.db.shared() {
		return
	}
	k.untold[name] = true
	select {
	case k.wake <- struct{}{}:
	default: // it is awake
	}
}

// tellOthers tells other sandboxes of changes, after they are durable and beside
// those who made them. A change that could not be told is found by polling.
func (k *Kept) tellOthers() {
	next := time.NewTimer(0) // of the first, nobody waits
	defer next.Stop()
	for {
		select {
		case <-k.ctx.Done():
			return
		case <-k.wake:
		}
		k.waiting.Lock()
		names := make([]string, 0, len(k.untold))
		for name := range k.untold {
			names = append(names, name)
		}
		clear(k.untold)
		k.waiting.Unlock()
		ctx, cancel := context.WithTimeout(k.ctx, k.limit)
		_ = k.db.tell(ctx, names) // see above
		cancel()
		select {
		case <-k.ctx.Done():
			return
		case <-next.C:
			next.Reset(tellEvery)
		}
	}
}

// tellEvery is how often others are told at most: each time costs as much as a change.
const tellEvery = 10 * time.Millisecond

// pollEvery is how soon a change is noticed that nobody told.
const pollEvery = time.Second

// poll looks after the worlds that somebody waits for.
func (k *Kept) poll() {
	beat := time.NewTicker(pollEvery)
	defer beat.Stop()
	for {
		select {
		case <-k.ctx.Done():
			return
		case <-beat.C:
		}
		k.wakeUp(indexed)
		k.waiting.Lock()
		names := make([]string, 0, len(k.waiters))
		for name := range k.waiters {
			names = append(names, name)
		}
		k.waiting.Unlock()
		if len(names) == 0 {
			continue
		}
		ctx, cancel := context.WithTimeout(k.ctx, k.limit)
		at, err := k.db.stamps(ctx, names)
		cancel()
		for _, name := range names {
			if err == nil && k.knows(name) != at[name] {
				k.wakeUp(name)
			}
		}
	}
}

// knows is what this process holds of a world.
func (k *Kept) knows(name string) stamp {
	k.mu.Lock()
	defer k.mu.Unlock()
	if c := k.cells[name]; c != nil {
		if h := c.held.Load(); h != nil {
			return h.at
		}
	}
	return stamp{}
}

var _ world.Store = (*Kept)(nil)
