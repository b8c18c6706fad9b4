// Package suite is the suite as it is shipped: the embedded scenarios with their
// rules, the drivers by name, and the places where they can be tried: a sandbox
// of this process, one that runs elsewhere, or somebody else's implementation.
package suite

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"strconv"
	"time"

	"example.com/netanswer/client"
	"example.com/netanswer/fixtures"
	"example.com/netanswer/mocks/clock"
	"example.com/netanswer/sandbox/providerclient"
	"example.com/netanswer/sandbox/server"
	"example.com/netanswer/steps"
	"example.com/netanswer/steps/driver"
	"example.com/netanswer/steps/driver/api"
	"example.com/netanswer/steps/driver/browser"
	"example.com/netanswer/steps/report"
	"example.com/netanswer/steps/runner"
	"example.com/netanswer/steps/say"
)

// Options say what is tried, how and where. The zero value tries everything, in
// a sandbox of its own.
type Options struct {
	Drivers   []string         // by name; nil for all that can be asked
	Select    runner.Selection // which scenarios
	Seed      int64            // the order of an earlier run; 0 for a new one
	Workers   int              // scenarios at once; 0 for as many as suit the driver
	Out       string           // folder of the reports
	Endpoints Endpoints        // a sandbox that runs already
	Target    string           // target.yaml of an implementation to be tried; "" for the sandbox
	Issuer    string           // core system that the backend asks over the wire, "" for its own
	Setup     client.Setup     // what every scenario's world is given: how the suite itself is tried
	Walk      bool             // every scenario is walked from its first step, none begins where another one was
	Waiting   time.Duration    // how long a scenario may wait in real time, besides its limit

	Features  string           // a folder of a team's own scenarios; "" for the embedded ones
	Rules     string           // file of a team's own rules; "" for none
	AllowTags []string         // tags of its own that its scenarios may have; none: any
	Shard     runner.Shard     // the part that is tried
	Durations runner.Durations // by which shards are balanced
	Repeat    int              // how often each is tried
	Limit     time.Duration    // of ten steps of a scenario; 0 for ScenarioLimit
	Walks     int              // how many walks are gone instead of the scenarios; see Walks
	Evidence  string           // EvidenceFull: pictures without a bound
	Trace     bool             // browsers record what they do
	Engine    string           // of the browser: chromium, firefox or webkit; "" for chromium
	Browser   string           // address of a browser that runs elsewhere; "" starts one
	Failures  int              // after how many a driver begins nothing more; 0: never, but see firstFailures; -1: never
	Accept    bool             // what is found of expected failures is kept in the target's file
	Profile   string           // guide: of a target only what the guide documents is asked; "" for what its file says
	Changes   [][2]string      // what was changed in every world: the flag and its value

	// Asked tells which scenarios are asked of a driver; nil: all that apply to it.
	Asked func(s runner.Scenario, driver string) bool

	Language say.Language // in which all is told; "" for Japanese
	History  string       // folder in which runs are kept; "" for none

	Live     bool   // the output is a terminal
	Summary  string // file of GitHub's summary
	Annotate bool   // GitHub's runner reads the output
}

// Verdict is an error where a run was not good.
func Verdict(r runner.Result) error {
	switch {
	case r.OK():
		return nil
	case r.Count(runner.Failed) == 0:
		return errors.New("no scenario has passed")
	}
	return fmt.Errorf("%d scenarios failed", r.Count(runner.Failed))
}

// Verify tries the scenarios against the target or the sandbox that is named,
// else against a sandbox of its own.
func Verify(ctx context.Context, o Options, out, errOut io.Writer) (runner.Result, error) {
	if o.Target != "" {
		return tryTarget(ctx, o, out)
	}
	if o.Endpoints.elsewhere() {
		if err := o.Endpoints.open(ctx); err != nil {
			return runner.Result{}, err
		}
		return at(ctx, o.Endpoints, o, out)
	}
	c := server.EphemeralConfig()
	c.Issuer, c.IssuerRetry = cmp.Or(o.Issuer, o.Endpoints.WireMock), providerclient.DefaultRetryPolicy()
	s, err := server.Start(c, slog.New(slog.NewTextHandler(errOut, &slog.HandlerOptions{Level: slog.LevelWarn})))
	if err != nil {
		return runner.Result{}, err
	}
	result, err := On(ctx, s, o, out)
	return result, errors.Join(err, s.Stop())
}

// EveryRule is what scenarios can prove: the rules of the guide, and what the
// providers promise.
func EveryRule() ([]fixtures.Rule, error) {
	rules, err := fixtures.Rules()
	if err != nil {
		return nil, err
	}
	promises, err := fixtures.Promises()
	return append(rules, promises...), err
}

// On tries the scenarios against a sandbox of this process.
func On(ctx context.Context, s *server.Sandbox, o Options, log io.Writer) (runner.Result, error) {
	return at(ctx, Endpoints{Member: s.MemberURL, Console: s.ConsoleURL, WireMock: o.Endpoints.WireMock}, o, log)
}

// at tries the scenarios against a sandbox, by its endpoints.
func at(ctx context.Context, e Endpoints, o Options, log io.Writer) (runner.Result, error) {
	place, err := NewEnvironment(ctx, e, "s"+strconv.FormatInt(clock.Machine().UnixNano(), 36), o.Setup)
	if err != nil {
		return runner.Result{}, err
	}
	if err := place.knownSetup(ctx); err != nil {
		return runner.Result{}, errors.Join(err, place.Forget(context.WithoutCancel(ctx)))
	}
	if !o.Walk && !o.Trace { // a trace is to show the whole way
		place.beginnings = newBeginnings(place.run)
	}
	result, err := o.run(ctx, runner.Config{Environment: place, Mask: MaskSecrets(place.members, nil)}, nil, log)
	return result, errors.Join(err, place.Forget(context.WithoutCancel(ctx)))
}

// run tries the scenarios; place says where, and what is of that place.
func (o Options) run(ctx context.Context, place runner.Config, foreign *browser.Foreign, log io.Writer) (result runner.Result, err error) {
	cfg, err := Config(o)
	if err != nil {
		return result, err
	}
	cfg.Environment, cfg.Mask, cfg.Expected = place.Environment, place.Mask, place.Expected
	drivers := o.Drivers
	if drivers == nil {
		drivers = driversOf(o.Engine)
	}
	cfg.Drivers, err = OpenDrivers(drivers, browser.Config{Browser: through(o.Engine), Trace: o.Trace, Server: o.Browser, Foreign: foreign})
	if err != nil {
		return result, err
	}
	defer func() { err = errors.Join(err, CloseDrivers(cfg.Drivers)) }()
	cfg.Workers = map[string]int{}
	for _, name := range drivers {
		cfg.Workers[name] = o.Workers
	}
	cfg.Log, cfg.Live = log, o.Live // a nil log is silent
	cfg.Language = o.Language
	cfg.Reports = runner.Reports{Dir: o.Out, Summary: o.Summary, Annotate: o.Annotate,
		Page: report.Page{Language: o.Language, History: o.History}.Write}
	if o.Evidence == EvidenceFull {
		cfg.Reports.Evidence = -1
	}
	return runner.Run(ctx, cfg)
}

// EvidenceFull keeps the picture of every failure.
const EvidenceFull = "full"

// firstFailures is how many scenarios a target of somebody's own may fail at
// first, all for one cause.
const firstFailures = 8

// Config is the part of a run's configuration that is the same wherever the
// scenarios are tried: which they are, their rules, the steps, limits and time.
func Config(o Options) (cfg runner.Config, err error) {
	if cfg.Rules, err = EveryRule(); err != nil {
		return cfg, err
	}
	if err := o.own(&cfg); err != nil {
		return cfg, err
	}
	if cfg.Limit = o.Limit; cfg.Limit == 0 {
		cfg.Limit = ScenarioLimit
	}
	cfg.Limit += o.Waiting
	cfg.Select, cfg.Asked, cfg.Again = o.Select, o.Asked, o.again
	cfg.Shard, cfg.Durations, cfg.Repeat = o.Shard, o.Durations, o.Repeat
	cfg.Steps = func(to runner.Definitions) { steps.Define(to) }
	cfg.Seed, cfg.Now = o.Seed, clock.Machine
	if cfg.MaxFailures = max(o.Failures, 0); o.Failures == 0 && o.Target != "" {
		cfg.FirstFailures = firstFailures
	}
	return cfg, nil
}

// Scenarios are all scenarios of the embedded features, or of a folder, as they are
// read and without being run.
func Scenarios(folder string) ([]runner.Scenario, error) {
	cfg, err := Config(Options{Features: folder})
	if err != nil {
		return nil, err
	}
	cfg.Drivers, cfg.Environment = []driver.Driver{api.New()}, Environment{}
	plan, err := runner.Prepare(cfg)
	return plan.Scenarios, err
}
