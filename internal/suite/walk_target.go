package suite

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"time"

	"example.com/netanswer/features"
	"example.com/netanswer/fixtures"
	"example.com/netanswer/mocks/clock"
	"example.com/netanswer/steps/driver/browser"
	"example.com/netanswer/steps/external"
	"example.com/netanswer/steps/model"
	"example.com/netanswer/steps/target"
	"example.com/netanswer/steps/walk"
)

// walksOnTarget goes walks against somebody's own implementation, as far as its
// target.yaml tells what it can be asked: its rules and numbers, its clock, its
// telephone. A walk ends where a rule comes up that it does not follow. Only members
// who are the sandbox's own are known well enough to walk with.
func walksOnTarget(ctx context.Context, o Options, out io.Writer) (results []walk.Result, err error) {
	t, environment, mask, err := readTarget(o.Target, features.Files, o.Profile)
	if err != nil {
		return nil, err
	}
	if t.Clock == nil || t.Clock.Precision > 0 {
		return nil, errors.New("verify: -walk asks what is to be seen at a moment: the target needs a clock that can be set and stands still")
	}
	m, err := modelOfTarget(t)
	if err != nil {
		return nil, err
	}
	names := o.Drivers
	if names == nil {
		names = t.Drivers()
	}
	if err := environment.Ready(ctx); err != nil {
		return nil, err
	}
	drivers, err := OpenDrivers(names, browser.Config{Browser: through(o.Engine), Server: o.Browser, Foreign: external.Foreign(t)})
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, CloseDrivers(drivers)) }()
	for _, d := range drivers {
		c := &walk.Config{
			Book:        walkBook(),
			Model:       m,
			Environment: environment,
			Driver:      d,
			Seed:        uint64(o.Seed),
			Walks:       o.Walks,
			Workers:     environment.Workers(),
			Limit:       2 * ScenarioLimit,
			Kind:        targetKind(t, d.Name()),
			Foreign:     true,
			Lacks: func(rule string) string {
				why, _ := t.Lacks([]string{rule}, nil)
				return why
			},
			Now: clock.Machine,
		}
		r, err := walk.Run(ctx, c)
		results = append(results, r)
		if err := errors.Join(err, tellWalks(r, d, o, mask, out)); err != nil {
			return results, err
		}
	}
	return results, WalkVerdict(results)
}

// targetKind is what walks may do at a target.
func targetKind(t target.Target, driver string) func(uint64) walk.Kind {
	own := ownKind(driver)
	return func(seed uint64) walk.Kind {
		k := own(seed)
		k.Policy, k.Issuer, k.Faults, k.Calls = false, false, false, t.Able(target.Telephone)
		return k
	}
}

// modelOfTarget is what the oracle knows of a target: the members whom the fixtures
// know as well, and its own numbers.
func modelOfTarget(t target.Target) (model.Config, error) {
	members, _, err := fixtures.Members()
	if err != nil {
		return model.Config{}, err
	}
	cast := t.Cast()
	members = slices.DeleteFunc(slices.Clone(members), func(m fixtures.Member) bool {
		of, there := cast[m.Called]
		return !there || !of.Sandbox()
	})
	if len(members) == 0 {
		return model.Config{}, fmt.Errorf("verify: -walk needs members that are the sandbox's own (members: [{called: 花子さん}])")
	}
	m, err := modelOf(members)
	m.Installing = 0 // the steps do not wait for a store that is not ours
	p := &m.Policy
	for _, n := range []struct{ to, from *int }{{&p.Attempts, &t.Policy.PasscodeAttempts}, {&p.PINAttempts, &t.Policy.PINAttempts},
		{&p.Logins, &t.Policy.LoginAttempts}, {&p.Reissues, &t.Policy.ReissueLimit}} {
		if *n.from != 0 {
			*n.to = *n.from
		}
	}
	for _, n := range []struct {
		to   *time.Duration
		from *time.Duration
	}{{&p.Interval, t.Policy.ReissueInterval}, {&p.LoginLock, t.Policy.LoginLock}, {&p.Idle, t.Policy.Idle}} {
		if n.from != nil {
			*n.to = *n.from
		}
	}
	return m, err
}
