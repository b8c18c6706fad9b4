package store

import (
	"context"
	"errors"
	"time"
)

// Entries tells of the worlds that are kept, by name, without reading them.
func (k *Kept) Entries(ctx context.Context) ([]Entry, error) {
	all, err := k.db.list(ctx)
	return all, away("list worlds", err)
}

// Check reads everything that is kept, and returns how much that is. What cannot
// be read is an error.
func (k *Kept) Check(ctx context.Context) (worlds, snapshots int, err error) {
	if err := k.db.check(ctx); err != nil {
		return 0, 0, away("check", err)
	}
	all, damaged, err := k.readAll(ctx, nil)
	if err != nil {
		return 0, 0, err
	}
	kept, alsoDamaged, err := k.snapshots.readAll(ctx, nil)
	return len(all), len(kept), errors.Join(append(append(damaged, alsoDamaged...), err)...)
}

// Prune ends the worlds that were not used since, and returns their names.
// Snapshots stay.
func (k *Kept) Prune(ctx context.Context, since time.Time) ([]string, error) {
	names, err := k.db.prune(ctx, since)
	for _, name := range names {
		k.changed(name)
	}
	return names, away("prune", err)
}
