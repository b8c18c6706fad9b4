package clock

import (
	"context"
	"time"
)

// A Beat is real time in even steps, for what must be paced by the machine's
// clock and no other: sound on a line. Each step is counted from the first, so
// lateness does not add up. Nothing that a world's clock decides may wait for it.
type Beat struct {
	every time.Duration
	next  time.Time
	timer *time.Timer
}

// slack is how many steps a Beat makes up for; later than that it begins anew,
// so that a machine that slept does not send everything at once.
const slack = 10

// NewBeat returns a Beat whose first step is now.
func NewBeat(every time.Duration) *Beat {
	return &Beat{every: every, next: time.Now(), timer: time.NewTimer(0)}
}

// Wait returns at the next step, at once if it is past, or with the context's
// error as soon as that ends.
func (b *Beat) Wait(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	now := time.Now()
	left := b.next.Sub(now)
	if left < -slack*b.every {
		b.next, left = now, 0
	}
	b.next = b.next.Add(b.every)
	if left <= 0 {
		return nil
	}
	b.timer.Reset(left)
	select {
	case <-b.timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// Stop ends the Beat.
func (b *Beat) Stop() { b.timer.Stop() }

// Pass waits for d by the machine's clock, or for the context to end: then its
// error says so.
func Pass(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
