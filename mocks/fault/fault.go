// Package fault is a plan of what goes wrong at a provider: scripted, in order
// and scoped to one recipient or to all. Nothing goes wrong by chance unless it
// is asked for, and then from a seed that makes it happen again.
package fault

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"time"
)

// A Kind is what goes wrong.
type Kind string

// The kinds of faults.
const (
	Refuse    Kind = "refuse"    // the provider answers that it cannot now
	TimeOut   Kind = "time_out"  // the provider does not answer; nothing was taken over
	Lose      Kind = "lose"      // taken over, and never delivered; a question is answered, and the answer lost
	Delay     Kind = "delay"     // taken over, and delivered late
	Duplicate Kind = "duplicate" // delivered twice
	Busy      Kind = "busy"      // of a call: the line is engaged
)

// A Reason is why something is not delivered, where the provider knows.
type Reason string

// The reasons. A landline cannot show an SMS; what overflows the queue never
// leaves the gateway.
const (
	Unreachable Reason = "unreachable"
	Landline    Reason = "landline"
	Filtered    Reason = "filtered"
	Overflow    Reason = "overflow"
)

// A Fault is one entry of a plan: it happens to the next Times sends to To.
type Fault struct {
	Kind  Kind          `json:"kind" enum:"refuse,time_out,lose,delay,duplicate,busy"`
	To    string        `json:"to,omitempty" doc:"whom it happens to: one recipient, as the provider writes it, or of a call the one who calls; left out: any"`
	Times int           `json:"times" doc:"how often it happens"`
	By    time.Duration `json:"by,omitempty" doc:"with delay: how late, in nanoseconds"`
	// Percent makes the fault happen by chance to so many of a hundred sends;
	// 0 and 100 make it happen to each. Chance has the seed of its plan.
	Percent int    `json:"percent,omitempty"`
	Reason  Reason `json:"reason,omitempty"` // with lose, of an SMS: why; "" where nobody knows
}

// A Plan is the faults to come, in order. The zero Plan is fault-free. Copying
// it takes a snapshot.
type Plan struct {
	Faults []Fault `json:"faults"`
	Seed   uint64  `json:"seed,omitempty"`  // of what happens by chance
	Drawn  int     `json:"drawn,omitempty"` // how often chance was asked
}

// ErrFault is the error of a provider that a plan makes fail.
var ErrFault = errors.New("fault as planned")

// ErrTimeOut is an ErrFault of a provider that does not answer.
var ErrTimeOut = fmt.Errorf("%w: %s", ErrFault, TimeOut)

// ErrLost is an ErrFault of an answer that does not arrive, although what was
// asked is done.
var ErrLost = fmt.Errorf("%w: %s", ErrFault, Lose)

// ErrPlan is the error of a plan that cannot be.
var ErrPlan = errors.New("fault cannot be planned")

// MaxFaults bounds the entries of a plan.
const MaxFaults = 1000

// Check returns what is wrong with a fault. only are the kinds that the
// provider can have; none given means all that a message can have.
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
	case f.Percent < 0 || f.Percent > 100:
		return fmt.Errorf("%w: percent %d, want 0 to 100", ErrPlan, f.Percent)
	case f.Reason != "" && f.Kind != Lose:
		return fmt.Errorf("%w: only what is lost has a reason", ErrPlan)
	case !slices.Contains([]Reason{"", Unreachable, Landline, Filtered, Overflow}, f.Reason):
		return fmt.Errorf("%w: reason %q", ErrPlan, f.Reason)
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
		if !p.happens(f) {
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

// happens asks chance whether a fault happens. The same seed answers the same
// questions the same way.
func (p *Plan) happens(f Fault) bool {
	if f.Percent == 0 || f.Percent == 100 {
		return true
	}
	p.Drawn++
	return rand.New(rand.NewPCG(p.Seed, uint64(p.Drawn))).IntN(100) < f.Percent
}

// Chance tells whether anything of the plan happens by chance, so that it has a
// seed worth telling.
func (p Plan) Chance() bool {
	return slices.ContainsFunc(p.Faults, func(f Fault) bool { return f.Percent > 0 && f.Percent < 100 })
}

// Fails is the error of a send that the fault makes fail; nil if it is taken
// over all the same.
func (f Fault) Fails() error {
	switch f.Kind {
	case Refuse:
		return fmt.Errorf("%w: %s", ErrFault, f.Kind)
	case TimeOut:
		return ErrTimeOut
	}
	return nil
}

// Hold keeps a client waiting that a provider does not answer: until ctx ends
// or d, by the machine's clock, is over.
func Hold(ctx context.Context, d time.Duration) {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
	case <-t.C:
	}
}

// never is when what is lost arrives.
const never = 200 * 365 * 24 * time.Hour

// Deliveries are when something taken over at now is delivered.
func (f Fault) Deliveries(now time.Time) []time.Time {
	switch {
	case f.Kind == Lose && f.Reason != "": // known at once
	case f.Kind == Lose:
		return []time.Time{now.Add(never)}
	case f.Kind == Delay:
		return []time.Time{now.Add(f.By)}
	case f.Kind == Duplicate:
		return []time.Time{now, now}
	}
	return []time.Time{now}
}
