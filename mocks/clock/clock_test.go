package clock_test

import (
	"errors"
	"testing"
	"time"

	"example.com/netanswer/mocks/clock"
)

var machine = time.Date(2026, 11, 24, 3, 0, 0, 0, time.UTC)

func TestARunningClockGoesWithTheMachine(t *testing.T) {
	c := clock.Start(machine)
	if got := c.Now(machine.Add(time.Minute)); !got.Equal(machine.Add(time.Minute)) || got.Location() != clock.Japan {
		t.Errorf("shows %s", got)
	}
}

func TestAFrozenClockStandsUntilItRuns(t *testing.T) {
	c := clock.Start(machine).Freeze(machine)
	if got := c.Now(machine.Add(time.Hour)); !got.Equal(machine) {
		t.Errorf("frozen, it shows %s", got)
	}
	c = c.Run(machine.Add(time.Hour))
	if got := c.Now(machine.Add(2 * time.Hour)); !got.Equal(machine.Add(time.Hour)) {
		t.Errorf("running again, it shows %s", got)
	}
}

func TestSettingKeepsRunningOrFrozen(t *testing.T) {
	at := time.Date(2030, 1, 1, 0, 0, 0, 0, clock.Japan)
	for _, c := range []clock.Clock{clock.Start(machine), clock.Start(machine).Freeze(machine)} {
		set, err := c.Set(at, machine)
		if err != nil || !set.Now(machine).Equal(at) || set.Running != c.Running {
			t.Errorf("%+v %v", set, err)
		}
		moved, err := set.Advance(-time.Second, machine)
		if err != nil || !moved.Now(machine).Equal(at.Add(-time.Second)) {
			t.Errorf("%+v %v", moved, err)
		}
	}
}

func TestOutOfRangeIsRefusedAndChangesNothing(t *testing.T) {
	c := clock.Start(machine)
	for _, d := range []time.Duration{-200 * 365 * 24 * time.Hour, 200 * 365 * 24 * time.Hour} {
		if got, err := c.Advance(d, machine); !errors.Is(err, clock.ErrRange) || got != c {
			t.Errorf("%s: %+v %v", d, got, err)
		}
	}
}

func TestUntil(t *testing.T) {
	c := clock.Start(machine)
	if left, comes := c.Until(machine.Add(time.Minute), machine); left != time.Minute || !comes {
		t.Errorf("running: %s %t", left, comes)
	}
	if _, comes := c.Freeze(machine).Until(machine.Add(time.Minute), machine); comes {
		t.Error("a frozen clock never gets there")
	}
	if left, comes := c.Freeze(machine).Until(machine, machine); left != 0 || !comes {
		t.Errorf("there already: %s %t", left, comes)
	}
}
