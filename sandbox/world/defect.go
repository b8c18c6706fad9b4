package world

import (
	"context"
	"slices"
	"time"

	"example.com/netanswer/sandbox/registration"
)

// A Defect breaks the backend in one way, so that it can be tried whether the
// scenarios of its rules notice. Which defects there are is told to New (package
// defect has them all); a world has none until it is arranged with some.
//
// The rules know nothing of defects. Each is a wrapper around one of the few
// places that every decision passes; those it has no use for are nil.
type Defect struct {
	Name  string   // small letters and hyphens
	Rules []string // whose scenarios must notice
	Says  string   // what is wrong, in Japanese

	// Entered changes what a member entered, or the snapshot that it is looked at
	// in, before any rule sees it. in points to one of the entries below.
	Entered func(m *Snapshot, in any)
	// Shown changes a registration as rules and screens see it.
	Shown func(p registration.Policy, r registration.Registration, now time.Time) registration.Registration
	// Rule wraps what the rules say of a step. op names the step.
	Rule func(op string, next Rule) Rule
	// Command wraps a whole change of a world.
	Command func(st *State, a Act, next func() error) error
	// Ports wraps the ways to the providers. change changes a world.
	Ports func(next Ports, change func(ctx context.Context, world string, do func(*State, time.Time)) error) Ports
}

// A Rule carries a step of a registration out, as of a time.
type Rule func(*State, registration.Registration, time.Time) (registration.Registration, error)

// An Act names a change of a world: what is done, the id of what it is done to,
// and what was entered for it, each where there is one.
type Act struct {
	Op, ID string
	Entry  any
}

// What a member enters, besides registration.Form, registration.CardForm and
// CallRequest.
type (
	PasscodeEntry struct{ Registration, Code string }
	EmailEntry    struct{ Email string }
	Agreement     struct{ Agreed bool }
	LoginEntry    struct{ ID, Password string }
)

// Note writes an entry into the timeline.
func (st *State) Note(at time.Time, kind, what string) {
	st.Timeline.add(at, kind, what, "")
	st.Timeline.Events[len(st.Timeline.Events)-1].What = what // a defect may record what a timeline else hides
}

// in are the defects of a state; nil, at the cost of a comparison, for nearly all.
func (s *core) in(st *State) []Defect {
	if len(st.Defects) == 0 {
		return nil
	}
	return slices.DeleteFunc(slices.Clone(s.defects), func(d Defect) bool { return !slices.Contains(st.Defects, d.Name) })
}

// entered lets the defects of a snapshot at what was entered in it.
func (s *core) entered(m *Snapshot, in any) {
	for _, d := range s.in(&m.State) {
		if d.Entered != nil {
			d.Entered(m, in)
		}
	}
}

// shown is a registration as the defects of a state show it.
func (s *core) shown(st *State, r registration.Registration, now time.Time) registration.Registration {
	for _, d := range s.in(st) {
		if d.Shown != nil {
			r = d.Shown(st.Policy, r, now)
		}
	}
	return r
}

// ruled is a rule as the defects of a state bend it.
func (s *core) ruled(st *State, op string, next Rule) Rule {
	for _, d := range s.in(st) {
		if d.Rule != nil {
			next = d.Rule(op, next)
		}
	}
	return next
}

// act changes a world as update does, by way of its defects.
func (s *core) act(ctx context.Context, name string, a Act, change func(st *State, now time.Time) error) (Snapshot, error) {
	return s.update(ctx, name, func(st *State, now time.Time) error {
		next := func() error { return change(st, now) }
		for _, d := range s.in(st) {
			if inner := next; d.Command != nil {
				next = func() error { return d.Command(st, a, inner) }
			}
		}
		return next()
	})
}
