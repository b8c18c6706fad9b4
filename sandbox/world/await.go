package world

import (
	"context"
	"time"
)

// Await waits until look finds what it looks for in the world, or ctx ends. It
// looks again whenever the world changes, and whenever its clock reaches the
// time that look says something will have arrived by.
func (s *core) Await(ctx context.Context, name string, look func(Snapshot) (found bool, next time.Time)) (bool, error) {
	looking := context.WithoutCancel(ctx) // once more when the time is up
	for {
		changed, err := s.store.Changed(looking, name)
		if err != nil {
			return false, err
		}
		m, err := s.Snapshot(looking, name)
		if err != nil {
			return false, err
		}
		found, next := look(m)
		if found {
			return true, nil
		}
		if !wait(ctx, changed, m.Clock, next, s.machine()) {
			return false, nil
		}
	}
}

// wait tells false where ctx ended.
func wait(ctx context.Context, changed <-chan struct{}, c interface {
	Until(t, machine time.Time) (time.Duration, bool)
}, next, machine time.Time) bool {
	var due <-chan time.Time
	if !next.IsZero() {
		if left, willCome := c.Until(next, machine); willCome {
			t := time.NewTimer(left)
			defer t.Stop()
			due = t.C
		}
	}
	select {
	case <-ctx.Done():
		return false
	case <-changed:
	case <-due:
	}
	return true
}
