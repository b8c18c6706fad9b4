package store

import (
	"context"
	"fmt"

	"example.com/netanswer/sandbox/world"
)

// seat sees that there is room for one more world, and keeps it until the world is
// made, or was not: leave. Other sandboxes of the same database do not see who is
// about to make one.
func (k *Kept) seat(ctx context.Context) (leave func(), err error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.seats > 0 {
		k.seats--
	} else if err := k.countSeats(ctx); err != nil {
		return nil, err
	}
	k.made++
	return func() {
		k.mu.Lock()
		defer k.mu.Unlock()
		k.made--
	}, nil
}

// countSeats counts the worlds there are and those being made. It runs under k.mu.
func (k *Kept) countSeats(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, k.limit)
	defer cancel()
	there, err := k.db.count(ctx)
	if err == nil && there+k.made >= k.bounds.Worlds {
		if err = k.prune(ctx); err == nil {
			there, err = k.db.count(ctx)
		}
	}
	if err != nil {
		return away("count worlds", err)
	}
	room := k.bounds.Worlds - there - k.made
	if room < 1 {
		return fmt.Errorf("%w: %d", world.ErrWorlds, k.bounds.Worlds)
	}
	k.seats = (room - 1) / 16 // others make worlds as well, and so do those who have a seat
	return nil
}

// prune drops every world idle for too long. It runs under k.mu.
func (k *Kept) prune(ctx context.Context) error {
	names, err := k.db.prune(ctx, k.machine().Add(-k.bounds.Idle))
	for _, name := range names {
		if c := k.cells[name]; c != nil {
			c.held.Store(nil)
		}
		k.changed(name)
	}
	return err
}
