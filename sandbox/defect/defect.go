// Package defect breaks the reference backend on purpose, in one way at a time:
// a passcode that never expires, a mail that is not sent. Each is tied to the
// rules it breaks, whose scenarios must turn red; that is how the scenarios
// themselves are tried (netanswer qualify).
//
// Nothing here is on unless a world was arranged with it by the control API. The
// rules of package registration know nothing of it: a defect is a wrapper around
// one of the places of package world that every decision passes.
//
// What is one value of the policy or one sentence needs no defect: those are
// changed as they are.
package defect

import (
	"slices"

	"example.com/netanswer/sandbox/registration"
	"example.com/netanswer/sandbox/world"
)

// All are the defects there are, by subject.
func All() []world.Defect {
	return slices.Concat(
		passcodes(),
		reissues(),
		pins(),
		calls(),
		forms(),
		cards(),
		completions(),
		anew(),
		logins(),
		messages(),
		portals(),
		journeys(),
		kinds(),
	)
}

// rules are the ids of rules.
func rules(ids ...string) []string { return ids }

// before is a defect's wrapper of one step, which changes the registration that
// the rules are shown.
func before(op string, change func(p registration.Policy, r *registration.Registration)) func(string, world.Rule) world.Rule {
	return only(op, func(next world.Rule) world.Rule {
		return func(st *world.State, r registration.Registration, now time) (registration.Registration, error) {
			change(st.Policy, &r)
			return next(st, r, now)
		}
	})
}

// only wraps one step and leaves all others as they are.
func only(op string, wrap func(world.Rule) world.Rule) func(string, world.Rule) world.Rule {
	return func(of string, next world.Rule) world.Rule {
		if of != op {
			return next
		}
		return wrap(next)
	}
}

// around wraps one change of a world and leaves all others as they are.
func around(
	wrap func(st *world.State, id string, next func() error) error,
	ops ...string,
) func(*world.State, world.Act, func() error) error {
	return func(st *world.State, a world.Act, next func() error) error {
		if !slices.Contains(ops, a.Op) {
			return next()
		}
		return wrap(st, a.ID, next)
	}
}

// enter changes an entry of one kind.
func enter[T any](change func(m *world.Snapshot, in *T)) func(*world.Snapshot, any) {
	return func(m *world.Snapshot, in any) {
		if entry, ok := in.(*T); ok {
			change(m, entry)
		}
	}
}
