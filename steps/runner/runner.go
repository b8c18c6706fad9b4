// Package runner selects, runs and reports the Japanese scenarios of features/
// through one or more drivers. Gherkin is parsed by cucumber/gherkin and every
// scenario is executed by godog, each in a run of its own, so that the order
// is random over the whole, a time limit and an interruption reach every
// scenario, and none can see another's state.
//
// It is strict: whatever would make a suite green without having proved
// something is an error, found before the first scenario is run. See Problem.
//
// It knows nothing of registration. Step definitions, drivers and the place
// where scenarios happen are handed in. It does not model retries, hooks of
// step packages, or step definitions made of other steps (godog.Steps).
package runner

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"runtime"
	"time"

	"example.com/netanswer/fixtures"
	"example.com/netanswer/steps/driver"
	"example.com/netanswer/steps/say"
)

// Config is what a run needs. Features, Drivers, Steps, Environment and Now must be
// given; the rest may be zero.
type Config struct {
	Features fs.FS  // every *.feature anywhere below is read
	Root     string // the folder shown before their names, e.g. features; "" for none

	Rules       []fixtures.Rule   // the register; a rule tag must name one of them
	Drivers     []driver.Driver   // tried one after the other; closing them is the caller's
	Steps       func(Definitions) // makes all step definitions; called once, so they must hold no state of a scenario
	Environment Environment       // where scenarios take place
	Select      Selection         // which of them; the zero value is all

	// Asked tells which of these are asked of a driver, by its name; nil: all that
	// apply to it. What is not asked leaves its rules open.
	Asked func(s Scenario, driver string) bool

	Shard     Shard     // the part of them that is tried; the zero value is all
	Durations Durations // by which shards are balanced
	Repeat    int       // how often each is tried; 0: once

	Workers map[string]int // scenarios at once, by driver; 0: GOMAXPROCS*2 for api, 2 for others
	Seed    int64          // fixes the order; 0: one is taken from Now
	Limit   time.Duration  // of ten steps of a scenario; 0: none
	Grace   time.Duration  // for the evidence, and for the end, of a scenario out of time; 0: 10 s

	// MaxFailures is after how many failures of a driver nothing more is begun; 0:
	// all is tried. FirstFailures is how many of the first have to fail for one
	// cause, and none to pass, for it to be so; 0: however many.
	MaxFailures, FirstFailures int

	// UnusedAllowed lets step definitions go unused although everything was
	// selected, as when somebody else's features are tried with our steps.
	UnusedAllowed bool

	// Counted are ids of rules that count although no selected scenario proves them,
	// as those of a team's own register. Where it is not nil, the rest of the
	// register counts only as far as the scenarios touch it: they are not meant to
	// prove the whole of it.
	Counted []string

	// OwnTags lets features have tags that mean nothing here, as a team's own have
	// them for its tracker.
	OwnTags bool
	// AllowTags are those tags, with * for anything: @TEAM-*, whatever else they
	// look like; none: any that is not nearly one of ours.
	AllowTags []string

	Language say.Language // in which all is told; "" for Japanese

	Reports Reports   // where reports and evidence go
	Log     io.Writer // progress in plain lines; nil is silent
	Live    bool      // Log is a terminal: progress is one line that counts

	// Expected tells of a scenario and driver that it is known to fail, why, and
	// what is found then, "" for whatever it is; nil: none is. Where it fails so, it
	// is skipped as Known; where it fails otherwise or passes, that is a failure,
	// for nobody must go on believing that it fails as it did.
	Expected func(Scenario, string) (why, found string, known bool)

	Now   func() time.Time
	Mask  func(string) string  // hides secrets in everything logged and written; nil: nothing is secret
	Again func(Outcome) string // the command that runs just this again; nil: none is shown
}

// A Environment is where scenarios take place: it makes each of them a world and
// holds the sessions that its steps open there. It is used by several
// scenarios at once.
type Environment interface {
	// Begin makes a fresh world and returns a context that has what the
	// steps need. An error fails the scenario, one that wraps godog.ErrSkip,
	// driver.ErrInapplicable or driver.ErrUndecidable skips it; in all cases End is
	// not called.
	Begin(ctx context.Context, s Scenario, d driver.Driver) (context.Context, error)
	// Evidence is what shows how things stand at the step that failed: the
	// pictures of every open session, the world's timeline. It never fails;
	// what could not be had is left out, or told in a text of its own.
	Evidence(ctx context.Context) []driver.Evidence
	// End closes the sessions and gives the world back. Its error fails a
	// scenario that has passed so far.
	End(ctx context.Context, failed bool) error
}

// A Beginner is an Environment that can begin a scenario behind its first steps,
// where another one that begins alike has been. Which steps are the same is the
// runner's to say, whether they can be kept is the Environment's.
type Beginner interface {
	Environment
	// Keep is told that the first steps of a scenario have been taken, which others
	// begin with as well: same names them, by their words.
	Keep(ctx context.Context, s Scenario, same string)
	// Resume is as Begin, and returns which of these beginnings, the longest one
	// first, it has begun behind; -1 for none.
	Resume(ctx context.Context, s Scenario, d driver.Driver, same []string) (context.Context, int, error)
}

// A Stepper is an Environment that is told of each step before it is taken:
// whether it expects something, as after ならば, or does something.
type Stepper interface {
	Step(ctx context.Context, expects bool) context.Context
}

// A Weigher is an Environment that is asked about the error of a step that failed. What
// it returns counts: an error that wraps driver.ErrUndecidable where what failed may not
// have been the service.
type Weigher interface {
	Weigh(ctx context.Context, err error) error
}

// Run prepares and runs the scenarios. The error is a Problems where the suite
// itself is not in order (then nothing was run), the context's cause where it
// was interrupted, or says which report could not be written; in the last two
// cases the result holds what there is. Scenarios that fail are no error: ask
// Result.OK. A shard may be empty: it passes.
func Run(ctx context.Context, cfg Config) (Result, error) {
	plan, err := Prepare(cfg)
	if err != nil {
		return Result{}, err
	}
	return plan.Run(ctx)
}

// complete checks what was handed in and fills in what may be left out.
func (cfg Config) complete() (Config, error) {
	switch {
	case cfg.Features == nil:
		return cfg, errors.New("suite: no features given")
	case len(cfg.Drivers) == 0:
		return cfg, errors.New("suite: no driver given")
	case cfg.Steps == nil:
		return cfg, errors.New("suite: no step definitions given")
	case cfg.Environment == nil:
		return cfg, errors.New("suite: no environment given")
	case cfg.Now == nil:
		return cfg, errors.New("suite: no clock given")
	case !cfg.Shard.valid() || cfg.Repeat < 0:
		return cfg, fmt.Errorf("suite: no shard %d of %d, or a negative number of repetitions", cfg.Shard.Index, cfg.Shard.Of)
	case cfg.Limit < 0 || cfg.Grace < 0:
		return cfg, errors.New("suite: a time limit must not be negative")
	}
	seen := map[string]bool{}
	for _, d := range cfg.Drivers {
		name := d.Name()
		if !plainName.MatchString(name) || seen[name] {
			return cfg, fmt.Errorf("suite: driver name %q is not plain or given twice", name)
		}
		seen[name] = true
	}
	for name, n := range cfg.Workers {
		if n < 0 {
			return cfg, fmt.Errorf("suite: %d workers for driver %s", n, name)
		}
	}
	if cfg.Grace == 0 {
		cfg.Grace = 10 * time.Second
	}
	if cfg.Seed == 0 {
		cfg.Seed = cfg.Now().UnixNano()
	}
	if cfg.Log == nil {
		cfg.Log = io.Discard
	}
	if cfg.Mask == nil {
		cfg.Mask = func(s string) string { return s }
	}
	return cfg, nil
}

// workers is how many scenarios a driver carries out at once.
func (cfg Config) workers(driver string) int {
	switch n := cfg.Workers[driver]; {
	case n > 0:
		return n
	case driver == driverAPI:
		return 2 * runtime.GOMAXPROCS(0)
	default:
		return 2
	}
}
