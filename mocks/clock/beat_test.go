package clock_test

import (
	"context"
	"testing"
	"time"

	"example.com/netanswer/mocks/clock"
)

func TestABeatDoesNotDrift(t *testing.T) {
	const every, steps = 5 * time.Millisecond, 40
	began := clock.Machine()
	b := clock.NewBeat(every)
	defer b.Stop()
	for range steps + 1 {
		if err := b.Wait(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	// A busy machine may be late with one step, never early with any.
	if took := clock.Machine().Sub(began); took < steps*every {
		t.Errorf("%d steps took %s", steps, took)
	}
}

func TestABeatEndsWithItsContext(t *testing.T) {
	b := clock.NewBeat(time.Hour)
	defer b.Stop()
	if err := b.Wait(t.Context()); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if b.Wait(ctx) == nil || clock.Pass(ctx, time.Hour) == nil {
		t.Error("waits on")
	}
}
