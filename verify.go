package main

import (
	"context"
	"embed"
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"os"
	"strconv"
	"strings"
	"time"

	"example.com/netanswer/fixtures"
	"example.com/netanswer/mocks/clock"
	"example.com/netanswer/mocks/ivr/sip"
	"example.com/netanswer/sandbox/gateway"
	"example.com/netanswer/sandbox/world"
	"example.com/netanswer/steps"
	"example.com/netanswer/steps/control"
	"example.com/netanswer/steps/driver"
	"example.com/netanswer/steps/driver/api"
	"example.com/netanswer/steps/driver/browser"
	"example.com/netanswer/steps/provision"
	"example.com/netanswer/steps/suite"
)

//go:embed features
var features embed.FS

// A verification is what verify is asked for.
type verification struct {
	drivers []string
	choose  suite.Selection
	seed    int64
	workers int
	out     string
	running running       // how they are run and reported: see verify_flags.go
	setup   control.Setup // what every scenario's world is given: how the suite itself is tried
}

// list is a flag that may be given several times, or with commas.
type list []string

func (l *list) String() string     { return strings.Join(*l, ",") }
func (l *list) Set(v string) error { *l = append(*l, strings.Split(v, ",")...); return nil }

func readVerification(args []string, errOut io.Writer) (verification, error) {
	v := verification{drivers: driverNames, setup: control.Setup{}}
	var drivers, names, places, rules, policy, texts list
	set := flag.NewFlagSet("netanswer verify", flag.ContinueOnError)
	set.SetOutput(errOut)
	set.Var(&drivers, "driver", "api, pc, sp, iphone or android; may be repeated (default all)")
	set.StringVar(&v.choose.Tags, "tags", "", "a tag expression, like '@p34-7 or @a-08'")
	set.Var(&names, "name", "part of a scenario's name; may be repeated")
	set.Var(&places, "at", "a place like features/web/passcode.feature:12; may be repeated")
	set.Var(&rules, "rule", "a rule of the register, like p34-7, or a page, like p34; may be repeated")
	set.Int64Var(&v.seed, "seed", 0, "the order of an earlier run")
	set.IntVar(&v.workers, "workers", 0, "scenarios at once (default: as many as suit the driver)")
	set.StringVar(&v.out, "out", "reports", "folder of the reports")
	set.Var(&policy, "policy", "name=value: change a value of the policy in every world, to see what turns red")
	set.Var((*whole)(&texts), "text", "id=sentence: change a sentence in every world, to see what turns red")
	v.running.flags(set)
	if err := set.Parse(args); err != nil {
		return v, err
	}
	if set.NArg() > 0 {
		return v, fmt.Errorf("verify: unknown argument %q", set.Arg(0))
	}
	if len(drivers) > 0 {
		v.drivers = drivers
	}
	v.choose.Names, v.choose.At, v.choose.Rules = names, places, rules
	for _, pair := range policy {
		v.running.changes = append(v.running.changes, [2]string{"policy", pair})
	}
	for _, pair := range texts {
		v.running.changes = append(v.running.changes, [2]string{"text", pair})
	}
	var err error
	v.setup.Policy, err = policyPatch(policy)
	if err == nil {
		v.setup.Texts, err = textPatch(texts)
	}
	if err == nil {
		err = v.lookBack()
	}
	return v, err
}

// whole is a list whose values may hold commas.
type whole []string

func (l *whole) String() string     { return strings.Join(*l, " ") }
func (l *whole) Set(v string) error { *l = append(*l, v); return nil }

func policyPatch(pairs []string) (map[string]any, error) {
	patch := map[string]any{}
	for _, pair := range pairs {
		name, value, ok := strings.Cut(pair, "=")
		if !ok {
			return nil, fmt.Errorf("verify: policy %q is not name=value", pair)
		}
		if n, err := strconv.Atoi(value); err == nil {
			patch[name] = n
		} else if b, err := strconv.ParseBool(value); err == nil {
			patch[name] = b
		} else {
			patch[name] = value
		}
	}
	return patch, nil
}

func textPatch(pairs []string) (map[string]string, error) {
	patch := map[string]string{}
	for _, pair := range pairs {
		id, text, ok := strings.Cut(pair, "=")
		if !ok {
			return nil, fmt.Errorf("verify: text %q is not id=sentence", pair)
		}
		patch[id] = text
	}
	return patch, nil
}

var driverNames = []string{"api", "pc", "sp", "iphone", "android"}

// personPatience is how long a person at a screen waits for one thing, on a
// machine that has much else to do.
const personPatience = 20 * time.Second

// openDriver makes the driver of that name. A browser is looked for, never
// installed: setup does that.
func openDriver(name string) (driver.Driver, error) {
	switch name {
	case "api":
		return api.New(), nil
	case "pc", "sp", "iphone", "android":
		found, err := provision.Find(os.Getenv(provision.CacheVariable))
		if err != nil {
			return nil, fmt.Errorf("driver %s: %w", name, err)
		}
		return browser.New(browser.Config{Name: name, Browser: found, Timeout: personPatience})
	}
	return nil, fmt.Errorf("unknown driver %q, want one of %s", name, strings.Join(driverNames, ", "))
}

// verifyCommand is `netanswer verify`.
func verifyCommand(ctx context.Context, args []string, out, errOut io.Writer) error {
	v, err := readVerification(args, errOut)
	if err != nil {
		return err
	}
	s, err := start(tried(), slog.New(slog.NewTextHandler(errOut, nil)))
	if err != nil {
		return err
	}
	v.running.about(out)
	result, err := verify(ctx, s, v, out)
	if err = errors.Join(err, s.stop()); err != nil {
		return err
	}
	if !result.OK() {
		return fmt.Errorf("%d scenarios failed", result.Count(suite.Failed))
	}
	return nil
}

// tried is the configuration of a sandbox that scenarios are tried against: on
// ports of its own, and without keeping those waiting who wait for a time-out.
func tried() config {
	c := config{Member: "127.0.0.1:0", Console: "127.0.0.1:0", REST: "127.0.0.1:0", SMTP: "127.0.0.1:0", IMAP: "127.0.0.1:0", SMPP: "127.0.0.1:0",
		SIP: "127.0.0.1:0", Calls: sip.DefaultLimits(),
		Bounds: world.DefaultBounds(), Limits: gateway.DefaultLimits()}
	c.Limits.Hold = 50 * time.Millisecond
	return c
}

// everyRule is what scenarios can prove: the rules of the guide, and what the
// providers promise.
func everyRule() ([]fixtures.Rule, error) {
	rules, err := fixtures.Rules()
	if err != nil {
		return nil, err
	}
	promises, err := fixtures.Promises()
	return append(rules, promises...), err
}

// verify tries the scenarios against a sandbox.
func verify(ctx context.Context, s *sandbox, v verification, log io.Writer) (result suite.Result, err error) {
	rules, err := everyRule()
	if err != nil {
		return result, err
	}
	members, _, err := fixtures.Members()
	if err != nil {
		return result, err
	}
	scenarios, root, err := v.running.scenarios()
	if err != nil {
		return result, err
	}
	var drivers []driver.Driver
	defer func() {
		for _, d := range drivers {
			err = errors.Join(err, d.Close())
		}
	}()
	workers := map[string]int{}
	for _, name := range v.drivers {
		d, err := openDriver(name)
		if err != nil {
			return result, err
		}
		drivers = append(drivers, d)
		workers[name] = v.workers
	}
	place := stage{controls: control.New(s.ConsoleURL), base: s.MemberURL, cast: castOf(members),
		run: "s" + strconv.FormatInt(clock.Machine().UnixNano(), 36), setup: v.setup}
	still := false
	at := opening
	place.setup.Clock = &control.ClockMove{Now: &at, Running: &still}
	limit := v.running.limit
	if limit == 0 {
		limit = scenarioLimit
	}
	return suite.Run(ctx, suite.Config{
		Features: scenarios, Root: root, UnusedAllowed: v.running.features != "", Rules: rules, Drivers: drivers, Stage: place, Select: v.choose,
		Shard: v.running.shard, Durations: v.running.durations, Repeat: v.running.repeat,
		Steps:   func(to suite.Definitions) { steps.Define(to) },
		Workers: workers, Seed: v.seed, Limit: limit, Log: log, Live: v.running.live, // a nil log is silent
		Reports: suite.Reports{Dir: v.out, Summary: v.running.summary, Annotate: v.running.annotate},
		Now:     clock.Machine, Mask: maskSecrets(members), Again: v.again,
	})
}
