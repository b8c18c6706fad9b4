package store

import (
	"context"
	"fmt"
	"sync/atomic"
	"time"

	"example.com/netanswer/sandbox/world"
)

// A held world is one as this process knows it.
type held struct {
	at    stamp
	state world.State
}

// A keptCell is a world that this process has used. Who changes it, or reads it from
// the database, has its lock.
type keptCell struct {
	taken   chan struct{}
	held    atomic.Pointer[held] // nil: it is to be read
	stale   atomic.Bool          // it is to be read again, what is held besides
	usedAt  atomic.Int64
	touched atomic.Int64 // usedAt as the database has it
	gone    bool         // another cell is in its place, under the lock
}

func (c *keptCell) unlock() { <-c.taken }

// cell finds or makes the cell of a world.
func (k *Kept) cell(name string) *keptCell {
	k.mu.Lock()
	defer k.mu.Unlock()
	if c := k.cells[name]; c != nil {
		return c
	}
	if len(k.cells) >= maxCells {
		k.evict()
	}
	c := &keptCell{taken: make(chan struct{}, 1)}
	c.usedAt.Store(k.machine().UnixNano())
	k.cells[name] = c
	return c
}

// evict lets go of a part of the worlds that nobody is changing, of each ten
// the ones that were not used for the longest. It runs under k.mu.
func (k *Kept) evict() {
	type candidate struct {
		name string
		c    *keptCell
	}
	var few []candidate
	for name, c := range k.cells {
		few = append(few, candidate{name, c})
		if len(few) < 10 {
			continue
		}
		oldest := few[0]
		for _, f := range few[1:] {
			if f.c.usedAt.Load() < oldest.c.usedAt.Load() {
				oldest = f
			}
		}
		few = few[:0]
		select {
		case oldest.c.taken <- struct{}{}:
			oldest.c.gone = true
			delete(k.cells, oldest.name)
			oldest.c.unlock()
		default: // somebody is changing it
		}
	}
}

// lock takes the lock of a world's cell. Who waits too long for it, because the
// database is slow, is told so.
func (k *Kept) lock(ctx context.Context, name string) (*keptCell, error) {
	for {
		c := k.cell(name)
		select {
		case c.taken <- struct{}{}:
		default:
			late := time.NewTimer(2 * k.limit)
			select {
			case c.taken <- struct{}{}:
				late.Stop()
			case <-ctx.Done():
				late.Stop()
				return nil, ctx.Err()
			case <-late.C:
				return nil, fmt.Errorf("%w: world %s waits for the database", world.ErrAway, name)
			}
		}
		if !c.gone {
			return c, nil
		}
		c.unlock()
	}
}
