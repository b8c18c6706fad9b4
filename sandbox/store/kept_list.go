package store

import (
	"context"
	"fmt"

	"example.com/netanswer/sandbox/world"
)

// List implements world.Store.
func (k *Kept) List(ctx context.Context, names ...string) ([]world.State, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	states := []world.State{}
	err := k.db.each(ctx, names, func(w keptWorld) error {
		s, err := k.baseOf(ctx, w.base)
		if err == nil {
			s, err = applied(s, w.rows)
		}
		if err != nil {
			return fmt.Errorf("world %s: %w", w.name, err)
		}
		states = append(states, s)
		return nil
	})
	if err != nil {
		return nil, away("list worlds", err)
	}
	return states, nil
}

// Listed implements world.Store.
func (k *Kept) Listed(ctx context.Context) ([]world.Listing, error) {
	ctx, cancel := context.WithTimeout(ctx, k.limit)
	defer cancel()
	all, err := k.db.listed(ctx)
	return all, away("list worlds", err)
}
