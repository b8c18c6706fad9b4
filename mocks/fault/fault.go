// Package fault is a plan of what goes wrong at a provider: scripted, in order
// and scoped to one recipient or to all. Nothing goes wrong by chance.
package fault

import (
	"errors"
	"fmt"
	"slices"
	"time"
)

// A Kind is what goes wrong.
type Kind string

// The kinds of faults.
const (
	Refuse    Kind = "refuse"    // the provider answers that it cannot now
	TimeOut   Kind = "time_out"  // the provider does not answer; nothing was taken over
	Lose      Kind = "lose"      // taken over, and never delivered
	Delay     Kind = "delay"     // taken over, and delivered late
	Duplicate Kind = "duplicate" // delivered twice
)

// A Fault is one entry of a plan: it happens to the next Times sends to To.
type Fault struct {
	Kind  Kind          `json:"kind" enum:"refuse,time_out,lose,delay,duplicate"`
	To    string        `json:"to,omitempty" doc:"one recipient, as the provider writes it; left out: any"`
	Times int           `json:"times" doc:"how often it happens"`
	By    time.Duration `json:"by,omitempty" doc:"with delay: how late, in nanoseconds"`
}

// A Plan is the faults to come, in order. The zero Plan is fault-free. Copying
// it takes a snapshot.
type Plan struct {
	Faults []Fault `json:"faults"`
}

// ErrFault is the error of a provider that a plan makes fail.
var ErrFault = errors.New("fault as planned")

// ErrPlan is the error of a plan that cannot be.
var ErrPlan = errors.New("fault cannot be planned")

// MaxFaults bounds the entries of a plan.
const MaxFaults = 1000

// Check answers with what is wrong with a fault. only are the kinds that the
// provider can have; none given means all.
func (f Fault) Check(only ...Kind) error {
	kinds := only
	if len(kinds) == 0 {
		kinds = []Kind{Refuse, TimeOut, Lose, Delay, Duplicate}
	}
	switch {
	case !slices.Contains(kinds, f.Kind):
		return fmt.Errorf("%w: kind %q, want one of %v", ErrPlan, f.Kind, kinds)
	case f.Times < 1:
		return fmt.Errorf("%w: times %d, want 1 or more", ErrPlan, f.Times)
	case f.Kind == Delay && f.By <= 0 || f.Kind != Delay && f.By != 0:
		return fmt.Errorf("%w: delay, and only delay, says how late", ErrPlan)
	}
	return nil
}

// Next takes the fault that happens to the next send to a recipient out of the
// plan, and tells whether there is one. same compares recipients.
func (p *Plan) Next(to string, same func(a, b string) bool) (Fault, bool) {
	for i, f := range p.Faults {
		if f.To != "" && !same(f.To, to) {
			continue
		}
		rest := slices.Clone(p.Faults)
		if rest[i].Times--; rest[i].Times == 0 {
			rest = slices.Delete(rest, i, i+1)
		}
		p.Faults = rest
		return f, true
	}
	return Fault{}, false
}

// Fails is the error of a send that the fault makes fail; nil if it is taken
// over all the same.
func (f Fault) Fails() error {
	if f.Kind == Refuse || f.Kind == TimeOut {
		return fmt.Errorf("%w: %s", ErrFault, f.Kind)
	}
	return nil
}

// never is when what is lost arrives.
const never = 200 * 365 * 24 * time.Hour

// Deliveries are when something taken over at now is delivered.
func (f Fault) Deliveries(now time.Time) []time.Time {
	switch f.Kind {
	case Lose:
		return []time.Time{now.Add(never)}
	case Delay:
		return []time.Time{now.Add(f.By)}
	case Duplicate:
		return []time.Time{now, now}
	}
	return []time.Time{now}
}
