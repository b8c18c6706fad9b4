// Package clock is virtual time. A Clock is plain data: what it shows is worked
// out from the machine's time when it is looked at, so nothing ticks, sleeps or
// schedules, and a test moves time by changing a value.
//
// Only this package and main.go may ask the machine for the time.
package clock

import (
	"errors"
	"fmt"
	"time"
)

// Japan is the time zone of everything a member reads. Japan has had one fixed
// offset since 1951, so no time zone database is needed.
var Japan = time.FixedZone("JST", 9*60*60)

// Machine returns the machine's own time, for wiring.
func Machine() time.Time { return time.Now() }

// Bounds of what a clock can be set to: what a date of four digits can hold,
// with room to add to it.
var (
	earliest = time.Date(2000, 1, 1, 0, 0, 0, 0, Japan)
	latest   = time.Date(2099, 12, 31, 23, 59, 59, 0, Japan)
)

// ErrRange is the error of a clock moved out of the years 2000 to 2099.
var ErrRange = errors.New("the clock shows the years 2000 to 2099 only")

// A Clock shows At when the machine shows Since; from there it runs with the
// machine, or stands still. The zero Clock is not usable; make one with Start.
type Clock struct {
	Running bool      `json:"running"`
	At      time.Time `json:"at"`
	Since   time.Time `json:"since"`
}

// Start returns a running clock that shows the machine's time.
func Start(machine time.Time) Clock {
	return Clock{Running: true, At: machine.In(Japan), Since: machine.Round(0)}
}

// Now is the time the clock shows when the machine shows machine.
func (c Clock) Now(machine time.Time) time.Time {
	if !c.Running {
		return c.At.In(Japan)
	}
	return c.At.Add(machine.Round(0).Sub(c.Since)).In(Japan)
}

// Until is how much machine time passes before the clock shows t: zero if it
// does already, and false if it stands still and never will by itself.
func (c Clock) Until(t, machine time.Time) (time.Duration, bool) {
	left := t.Sub(c.Now(machine))
	if left <= 0 {
		return 0, true
	}
	return left, c.Running
}

// Freeze returns the clock standing still at what it shows.
func (c Clock) Freeze(machine time.Time) Clock {
	return Clock{At: c.Now(machine), Since: machine.Round(0)}
}

// Run returns the clock running on from what it shows.
func (c Clock) Run(machine time.Time) Clock {
	return Clock{Running: true, At: c.Now(machine), Since: machine.Round(0)}
}

// Set returns the clock showing t, running or still as before. Going back
// is allowed: what has expired is then not yet expired.
func (c Clock) Set(t, machine time.Time) (Clock, error) {
	if t.Before(earliest) || t.After(latest) {
		return c, fmt.Errorf("set clock to %s: %w", t.Format(time.RFC3339), ErrRange)
	}
	return Clock{Running: c.Running, At: t.In(Japan), Since: machine.Round(0)}, nil
}

// Advance returns the clock moved on by d, or back where d is negative.
func (c Clock) Advance(d time.Duration, machine time.Time) (Clock, error) {
	return c.Set(c.Now(machine).Add(d), machine)
}
