package store

import (
	"context"
	"errors"
	"fmt"

	"example.com/netanswer/sandbox/world"
)

// List implements world.Store.
func (k *Kept) List(ctx context.Context, names ...string) ([]world.State, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	states, damaged, err := k.readAll(ctx, names)
	for _, err := range damaged {
		k.damage(err)
	}
	return states, err
}

// readAll reads worlds: those that can be read, and what is wrong with the others.
func (k *Kept) readAll(ctx context.Context, names []string) (states []world.State, damaged []error, err error) {
	states = []world.State{}
	err = k.db.each(ctx, names, func(w keptWorld) error {
		s, err := k.baseOf(ctx, w.base)
		if errors.Is(err, world.ErrAway) {
			return err
		}
		if err == nil {
			s, err = applied(s, w.rows)
		}
		if err != nil {
			damaged = append(damaged, damagedWorld(w.name, err))
			return nil
		}
		states = append(states, s)
		return nil
	})
	if err != nil {
		return nil, nil, k.unread(away("list worlds", err))
	}
	return states, damaged, nil
}

func damagedWorld(name string, err error) error {
	return fmt.Errorf("world %s: %w: %w", name, world.ErrDamaged, err)
}

// unread notes that the database itself is damaged, where it is: then it is not ready.
func (k *Kept) unread(err error) error {
	if errors.Is(err, world.ErrDamaged) {
		k.failure.Store(&failure{err, k.machine()})
		k.damage(err)
	}
	return err
}

// damage tells once what is wrong with a world.
func (k *Kept) damage(err error) {
	if _, before := k.damaged.LoadOrStore(err.Error(), true); !before && k.tellDamage != nil {
		k.tellDamage(err)
	}
}

// Owing implements world.Store.
func (k *Kept) Owing(ctx context.Context) ([]string, error) {
	ctx, cancel := context.WithTimeout(ctx, k.limit)
	defer cancel()
	names, err := k.db.owing(ctx)
	return names, away("list what is to be told", err)
}

// Listed implements world.Store.
func (k *Kept) Listed(ctx context.Context) ([]world.Listing, error) {
	ctx, cancel := context.WithTimeout(ctx, k.limit)
	defer cancel()
	all, err := k.db.listed(ctx)
	return all, away("list worlds", err)
}
