package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"os"
	"slices"
	"strconv"
	"strings"
	"time"

	"example.com/netanswer/client"
	"example.com/netanswer/fixtures"
	"example.com/netanswer/mocks/clock"
	"example.com/netanswer/sandbox/world"
	"example.com/netanswer/steps"
	"example.com/netanswer/steps/actor"
	"example.com/netanswer/steps/driver"
	"example.com/netanswer/steps/driver/browser"
	"example.com/netanswer/steps/external"
	"example.com/netanswer/steps/provision"
	"example.com/netanswer/steps/qualify"
	"example.com/netanswer/steps/runner"
)

// A qualification is what qualify is asked for.
type qualification struct {
	drivers  []string
	kinds    []string
	rules    []string
	names    []string
	out      string
	patience time.Duration
	sample   int
}

func readQualification(args []string, errOut io.Writer) (qualification, error) {
	q := qualification{drivers: []string{"api"}}
	var drivers, kinds, rules, names list
	set := flag.NewFlagSet("netanswer qualify", flag.ContinueOnError)
	set.SetOutput(errOut)
	set.Var(&drivers, "driver", "api, pc, sp, iphone or android; may be repeated (default api)")
	set.Var(&kinds, "kind", "value, sentence or behaviour; may be repeated (default all)")
	set.Var(&rules, "rule", "only what breaks this rule, like p34-7, or a rule of this page, like p34; may be repeated")
	set.Var(&names, "change", "only this defect, value (passcode_digits=5) or sentence (confirm.heading); may be repeated")
	set.StringVar(&q.out, "out", "reports", "folder of qualify.json and qualify.md")
	set.DurationVar(&q.patience, "patience", 4*time.Second, "how long a person at a broken screen waits for one thing")
	set.IntVar(&q.sample, "sample", 0, "scenarios of other rules that are tried with each change (default 6, with a browser 2)")
	if err := set.Parse(args); err != nil {
		return q, err
	}
	if set.NArg() > 0 {
		return q, fmt.Errorf("qualify: unknown argument %q", set.Arg(0))
	}
	if len(drivers) > 0 {
		q.drivers = drivers
	}
	q.kinds, q.rules, q.names = kinds, rules, names
	return q, nil
}

// qualifyCommand is `netanswer qualify`.
func qualifyCommand(ctx context.Context, args []string, out, errOut io.Writer) error {
	q, err := readQualification(args, errOut)
	if err != nil {
		return err
	}
	s, err := start(config{Member: "127.0.0.1:0", Console: "127.0.0.1:0", Bounds: world.DefaultBounds()}, slog.New(slog.NewTextHandler(io.Discard, nil)))
	if err != nil {
		return err
	}
	report, err := qualifySuite(ctx, s, q, out)
	err = errors.Join(err, s.stop())
	if len(report.Cells) > 0 {
		err = errors.Join(err, report.Write(q.out), report.Table(out))
	}
	if err == nil && !report.OK() {
		err = fmt.Errorf("%d survivors, %d changes that break everything", len(report.Survivors()), len(report.Broad))
	}
	return err
}

// qualifySuite breaks a sandbox in every way that was asked for.
func qualifySuite(ctx context.Context, s *sandbox, q qualification, log io.Writer) (report qualify.Report, err error) {
	controls := client.New(s.ConsoleURL)
	changes, err := changesFor(ctx, controls, q)
	if err != nil {
		return report, err
	}
	return qualifyChanges(ctx, s, q, changes, log)
}

// qualifyChanges breaks a sandbox in each of these ways.
func qualifyChanges(ctx context.Context, s *sandbox, q qualification, changes []qualify.Change, log io.Writer) (report qualify.Report, err error) {
	controls := client.New(s.ConsoleURL)
	rules, err := everyRule()
	if err != nil {
		return report, err
	}
	members, _, err := fixtures.Members()
	if err != nil {
		return report, err
	}
	root, err := fs.Sub(features, "features")
	if err != nil {
		return report, err
	}
	var drivers []driver.Driver
	defer func() {
		for _, d := range drivers {
			err = errors.Join(err, d.Close())
		}
	}()
	for _, name := range q.drivers {
		d, err := openHasty(name, q.patience)
		if err != nil {
			return report, err
		}
		drivers = append(drivers, d)
	}
	// A world's name is in the two-dimensional code that a phone reads: short ones are read better.
	run, still, at := "q"+strconv.FormatInt(clock.Machine().UnixMilli(), 36), false, actor.Opening
	return qualify.Run(ctx, qualify.Config{
		Suite: runner.Config{Features: root, Root: "features", Rules: rules, Steps: func(to runner.Definitions) { steps.Define(to) },
			Limit: scenarioLimit, Now: clock.Machine, Mask: maskSecrets(members, nil), Seed: 1, UnusedAllowed: true},
		Drivers: drivers, Changes: changes, Sample: q.sample, Log: log,
		Environment: func(trial int, setup client.Setup) runner.Environment {
			setup.Clock = &client.ClockMove{Now: &at, Running: &still}
			return environment{controls: controls, base: s.MemberURL, cast: external.CastOf(members), run: run + "-" + strconv.Itoa(trial), setup: setup}
		},
	})
}

// openHasty opens a driver that does not wait long for what is not there.
func openHasty(name string, patience time.Duration) (driver.Driver, error) {
	if name == "api" || !slices.Contains(driverNames, name) {
		return openDriver(name, browser.Config{})
	}
	found, err := provision.Find(os.Getenv(provision.CacheVariable))
	if err != nil {
		return nil, fmt.Errorf("driver %s: %w", name, err)
	}
	return browser.New(browser.Config{Name: name, Browser: found, Timeout: patience})
}

// changesFor are the changes that were asked for.
func changesFor(ctx context.Context, controls *client.Client, q qualification) ([]qualify.Change, error) {
	policy, err := controls.Policy(ctx, "default")
	if err != nil {
		return nil, err
	}
	values, err := qualify.Values(policy)
	if err != nil {
		return nil, err
	}
	texts, err := fixtures.Texts()
	if err != nil {
		return nil, err
	}
	defects, err := controls.Defects(ctx)
	if err != nil {
		return nil, err
	}
	sentences, _ := qualify.Sentences(texts)
	wanted := func(asked []string, given ...string) bool {
		return len(asked) == 0 || slices.ContainsFunc(asked, func(a string) bool {
			return slices.ContainsFunc(given, func(g string) bool { return g == a || strings.HasPrefix(g, a+"-") && a[0] == 'p' })
		})
	}
	all := slices.DeleteFunc(slices.Concat(qualify.Behaviours(defects), values, sentences), func(c qualify.Change) bool {
		return !wanted(q.kinds, c.Kind) || !wanted(q.rules, c.Rules...) || len(q.names) > 0 && !slices.Contains(q.names, c.Name)
	})
	if len(all) == 0 {
		return nil, errors.New("qualify: nothing selected")
	}
	return all, nil
}
