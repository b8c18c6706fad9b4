package main

import (
	"cmp"
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

	"example.com/netanswer/client"
	"example.com/netanswer/fixtures"
	"example.com/netanswer/mocks/clock"
	"example.com/netanswer/mocks/ivr/sip"
	"example.com/netanswer/sandbox/gateway"
	"example.com/netanswer/sandbox/providerclient"
	"example.com/netanswer/sandbox/world"
	"example.com/netanswer/steps"
	"example.com/netanswer/steps/actor"
	"example.com/netanswer/steps/driver"
	"example.com/netanswer/steps/driver/api"
	"example.com/netanswer/steps/driver/browser"
	"example.com/netanswer/steps/external"
	"example.com/netanswer/steps/provision"
	"example.com/netanswer/steps/runner"
)

//go:embed features
var features embed.FS

// A verification is what verify is asked for.
type verification struct {
	drivers   []string
	choose    runner.Selection
	seed      int64
	workers   int
	out       string
	endpoints endpoints     // a sandbox that runs elsewhere: see endpoints.go
	target    string        // target.yaml of an implementation to be tried; "" for the sandbox
	running   running       // how they are run and reported: see verify_flags.go
	issuer    string        // core system that the backend asks over the wire, "" for its own
	setup     client.Setup  // what every scenario's world is given: how the suite itself is tried
	waiting   time.Duration // how long a scenario may wait in real time, besides its limit
}

// list is a flag that may be given several times, or with commas.
type list []string

func (l *list) String() string     { return strings.Join(*l, ",") }
func (l *list) Set(v string) error { *l = append(*l, strings.Split(v, ",")...); return nil }

func readVerification(args []string, errOut io.Writer) (verification, error) {
	v := verification{setup: client.Setup{}}
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
	set.StringVar(&v.issuer, "issuer", "", "address of a core system that the backend asks about cards, as of serve; go with -tags 'not @発行元'")
	set.Var(&policy, "policy", "name=value: change a value of the policy in every world, to see what turns red")
	set.Var((*whole)(&texts), "text", "id=sentence: change a sentence in every world, to see what turns red")
	set.StringVar(&v.target, "target", "", "target.yaml of an implementation of your own, tried instead of the sandbox")
	v.running.flags(set)
	v.endpoints.flags(set, environ())
	if err := set.Parse(args); err != nil {
		return v, err
	}
	if set.NArg() > 0 {
		return v, fmt.Errorf("verify: unknown argument %q", set.Arg(0))
	}
	if v.drivers = drivers; len(drivers) == 0 && v.target == "" {
		v.drivers = driverNames
	}
	v.choose.Names, v.choose.At, v.choose.Rules = names, places, rules
	for _, pair := range policy {
		v.running.changes = append(v.running.changes, [2]string{"policy", pair})
	}
	for _, pair := range texts {
		v.running.changes = append(v.running.changes, [2]string{"text", pair})
	}
	if v.issuer != "" {
		v.running.changes = append(v.running.changes, [2]string{"issuer", v.issuer})
	}
	var err error
	v.setup.Policy, err = policyPatch(policy)
	if err == nil {
		v.setup.Texts, err = textPatch(texts)
	}
	if err == nil {
		err = v.lookBack()
	}
	if err == nil {
		err = v.endpoints.check(v.issuer)
	}
	v.running.changes = append(v.running.changes, v.endpoints.told()...)
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

// openDriver makes the driver of that name, of a browser as c says besides. A
// browser is looked for, never installed: setup does that.
func openDriver(name string, c browser.Config) (driver.Driver, error) {
	switch name {
	case "api":
		return api.New(), nil
	case "pc", "sp", "iphone", "android":
		found, err := provision.Find(os.Getenv(provision.CacheVariable))
		if err != nil {
			return nil, fmt.Errorf("driver %s: %w", name, err)
		}
		c.Name, c.Browser, c.Timeout = name, found, personPatience
		return browser.New(c)
	}
	return nil, fmt.Errorf("unknown driver %q, want one of %s", name, strings.Join(driverNames, ", "))
}

// verifyCommand is `netanswer verify`.
func verifyCommand(ctx context.Context, args []string, out, errOut io.Writer) error {
	if len(args) > 0 && args[0] == "doctor" {
		return doctorCommand(ctx, args[1:], out, errOut)
	}
	v, err := readVerification(args, errOut)
	if err != nil {
		return err
	}
	v.running.about(out)
	if v.target != "" {
		return verifyTarget(ctx, v, out)
	}
	result, err := verifySomewhere(ctx, v, out, errOut)
	if err != nil {
		return err
	}
	return verdict(result)
}

// verdict is an error where a run was not good.
func verdict(r runner.Result) error {
	switch {
	case r.OK():
		return nil
	case r.Count(runner.Failed) == 0:
		return errors.New("no scenario has passed")
	}
	return fmt.Errorf("%d scenarios failed", r.Count(runner.Failed))
}

// verifySomewhere tries the scenarios against the sandbox that is named, else
// one of its own.
func verifySomewhere(ctx context.Context, v verification, out, errOut io.Writer) (runner.Result, error) {
	if v.endpoints.elsewhere() {
		if err := v.endpoints.open(ctx); err != nil {
			return runner.Result{}, err
		}
		return verifyAt(ctx, v.endpoints, v, out)
	}
	c := tried()
	c.Issuer, c.IssuerRetry = cmp.Or(v.issuer, v.endpoints.wiremock), providerclient.DefaultRetryPolicy()
	s, err := start(c, slog.New(slog.NewTextHandler(errOut, nil)))
	if err != nil {
		return runner.Result{}, err
	}
	result, err := verify(ctx, s, v, out)
	return result, errors.Join(err, s.stop())
}

// tried is the configuration of a sandbox that scenarios are tried against: on
// ports of its own, and without keeping those waiting who wait for a time-out.
func tried() config {
	c := config{Member: "127.0.0.1:0", Console: "127.0.0.1:0", REST: "127.0.0.1:0", SMTP: "127.0.0.1:0", IMAP: "127.0.0.1:0", SMPP: "127.0.0.1:0",
		SIP: "127.0.0.1:0", Calls: sip.DefaultLimits(),
		Bounds: world.DefaultBounds(), Limits: gateway.DefaultLimits()}
	c.Limits.Hold = 50 * time.Millisecond
	c.Calls.Linger = 100 * time.Millisecond
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

// verify tries the scenarios against a sandbox of this process.
func verify(ctx context.Context, s *sandbox, v verification, log io.Writer) (runner.Result, error) {
	return verifyAt(ctx, endpoints{member: s.MemberURL, console: s.ConsoleURL, wiremock: v.endpoints.wiremock}, v, log)
}

// verifyAt tries the scenarios against a sandbox.
func verifyAt(ctx context.Context, at endpoints, v verification, log io.Writer) (result runner.Result, err error) {
	members, _, err := fixtures.Members()
	if err != nil {
		return result, err
	}
	begins, still := actor.Opening, false
	v.setup.Clock = &client.ClockMove{Now: &begins, Running: &still}
	place := environment{controls: at.controls(), base: at.member, cast: external.CastOf(members), partner: at.partner(),
		run: "s" + strconv.FormatInt(clock.Machine().UnixNano(), 36), setup: v.setup}
	if at.wiremock != "" {
		if place.desk, err = newIssuerFixture(ctx, at.wiremock, members); err != nil {
			return result, err
		}
	}
	return v.run(ctx, runner.Config{Environment: place, Mask: maskSecrets(members, nil)}, nil, log)
}

// run tries the scenarios; cfg says where, and what is of that place.
func (v verification) run(ctx context.Context, cfg runner.Config, foreign *browser.Foreign, log io.Writer) (result runner.Result, err error) {
	if cfg.Rules, err = everyRule(); err != nil {
		return result, err
	}
	if cfg.Features, cfg.Root, err = v.running.scenarios(); err != nil {
		return result, err
	}
	defer func() {
		for _, d := range cfg.Drivers {
			err = errors.Join(err, d.Close())
		}
	}()
	cfg.Workers = map[string]int{}
	for _, name := range v.drivers {
		d, err := openDriver(name, browser.Config{Trace: v.running.trace, Foreign: foreign})
		if err != nil {
			return result, err
		}
		cfg.Drivers = append(cfg.Drivers, d)
		cfg.Workers[name] = v.workers
	}
	if cfg.Limit = v.running.limit; cfg.Limit == 0 {
		cfg.Limit = scenarioLimit
	}
	cfg.Limit += v.waiting
	cfg.UnusedAllowed, cfg.Select, cfg.Again = v.running.features != "", v.choose, v.again
	cfg.Shard, cfg.Durations, cfg.Repeat = v.running.shard, v.running.durations, v.running.repeat
	cfg.Steps = func(to runner.Definitions) { steps.Define(to) }
	cfg.Seed, cfg.Now, cfg.Log, cfg.Live = v.seed, clock.Machine, log, v.running.live // a nil log is silent
	cfg.Reports = runner.Reports{Dir: v.out, Summary: v.running.summary, Annotate: v.running.annotate}
	return runner.Run(ctx, cfg)
}
