package qualify

import (
	"context"
	"errors"
	"fmt"
	"io"
	"runtime"
	"slices"
	"sync"

	"example.com/netanswer/client"
	"example.com/netanswer/fixtures"
	"example.com/netanswer/steps/driver"
	"example.com/netanswer/steps/runner"
	"example.com/netanswer/steps/say"
)

// Config is what is tried, and how. All of it must be given except Log, which
// may be nil, and Sample and Together, which have defaults.
type Config struct {
	Suite   runner.Config // without Drivers, Environment, Select and OutDir
	Drivers []driver.Driver
	// Environment is where scenarios take place whose worlds are set up like that.
	// The number names the trial, so that no two have a world in common.
	Environment func(trial int, setup client.Setup) runner.Environment
	Changes     []Change
	// Sample is how many scenarios of other rules are tried with each change; 0
	// is six through the API and two through a browser.
	Sample int
	// Together is how many changes are tried at once through the API; through
	// a browser it is one at a time.
	Together int
	Log      io.Writer
	Language say.Language // in which the log and the report are told
}

// Run tries every change with every driver. An error means that nothing could be
// told: the scenarios are not green to begin with, or the run was interrupted.
// Survivors are no error: ask Report.OK.
func Run(ctx context.Context, cfg Config) (Report, error) {
	if cfg.Log == nil {
		cfg.Log = io.Discard
	}
	if cfg.Together == 0 {
		cfg.Together = 2 * runtime.GOMAXPROCS(0)
	}
	report := Report{Began: cfg.Suite.Now(), Language: cfg.Language}
	for _, d := range cfg.Drivers {
		began := cfg.Suite.Now()
		t := &trials{cfg: cfg, driver: d, sample: cfg.Sample}
		if t.sample == 0 {
			t.sample = 2 // slow, and enough to tell a change that breaks everything
			if t.together() > 1 {
				t.sample = 6
			}
		}
		if err := t.prepare(ctx); err != nil {
			return report, fmt.Errorf("driver %s: %w", d.Name(), err)
		}
		results, err := t.all(ctx)
		report.add(d.Name(), results, cfg.Suite.Now().Sub(began))
		if err != nil {
			return report, fmt.Errorf("driver %s: %w", d.Name(), err)
		}
	}
	report.Took = cfg.Suite.Now().Sub(report.Began)
	report.Rules = slices.DeleteFunc(
		slices.Clone(cfg.Suite.Rules),
		func(r fixtures.Rule) bool { return r.Channel == fixtures.ChannelProvider },
	)
	return report, nil
}

// trials are all changes with one driver.
type trials struct {
	cfg    Config
	driver driver.Driver
	sample int
	book   []runner.Scenario // what the driver can be asked, in the order of the files
	seen   sync.Mutex
	count  int
}

// prepare reads the suite and sees that it is green without any change, as far
// as it is going to be used.
func (t *trials) prepare(ctx context.Context) error {
	c := t.suite(0, client.Setup{}, nil)
	plan, err := runner.Prepare(c)
	if err != nil {
		return err
	}
	// What a provider promises a backend is no rule of the guide: no change is about it.
	t.book = slices.DeleteFunc(plan.For(t.driver.Name()), runner.Scenario.OfProvider)
	slices.SortFunc(t.book, func(a, b runner.Scenario) int { return compare(a, b) })
	used := map[string]bool{}
	for _, change := range t.cfg.Changes {
		own, others := t.choose(change)
		for _, s := range slices.Concat(own, others) {
			used[s.ID()] = true
		}
	}
	if len(used) == 0 {
		return nil
	}
	result, err := runner.Run(ctx, t.suite(0, client.Setup{}, t.ids(used)))
	if err != nil {
		return err
	}
	if !result.OK() {
		for _, o := range result.Outcomes {
			if o.Verdict != runner.Passed {
				fmt.Fprintf(t.cfg.Log, "✗ %s %s %s: %s\n", o.Driver, o.ID(), o.Name, t.cfg.Language.Failure(o.Err))
			}
		}
		return errors.New("the scenarios are not green before anything is broken")
	}
	return nil
}

func (t *trials) ids(used map[string]bool) []string {
	var ids []string
	for _, s := range t.book {
		if used[s.ID()] {
			ids = append(ids, s.ID())
		}
	}
	return ids
}

// suite is the suite's configuration for one trial.
func (t *trials) suite(trial int, setup client.Setup, at []string) runner.Config {
	c := t.cfg.Suite
	c.Drivers, c.Environment = []driver.Driver{t.driver}, quick{t.cfg.Environment(trial, setup)}
	c.Select, c.Reports, c.Log = runner.Selection{At: at}, runner.Reports{}, nil
	if len(at) > 0 {
		c.Features = someFiles(c.Features, c.Root, at)
	}
	if trial > 0 && t.together() > 1 {
		c.Workers = map[string]int{t.driver.Name(): 2}
	}
	return c
}

// together is how many changes are tried at once: the API waits for nobody, a
// browser takes all that the machine has.
func (t *trials) together() int {
	if t.driver.Name() == "api" {
		return t.cfg.Together
	}
	return 1
}

// all tries every change.
func (t *trials) all(ctx context.Context) ([]trial, error) {
	results := make([]trial, len(t.cfg.Changes))
	errs := make([]error, len(t.cfg.Changes))
	places := make(chan struct{}, t.together())
	var wait sync.WaitGroup
	for i, change := range t.cfg.Changes {
		places <- struct{}{}
		wait.Go(func() {
			defer func() { <-places }()
			results[i], errs[i] = t.one(ctx, i+1, change)
			t.tell(results[i], errs[i])
		})
	}
	wait.Wait()
	return results, errors.Join(errs...)
}

// tell says how it goes, in a line where something was found.
func (t *trials) tell(r trial, err error) {
	t.seen.Lock()
	defer t.seen.Unlock()
	t.count++
	if err != nil {
		return
	}
	for _, c := range r.cells {
		if c.Verdict == Survived {
			l := t.cfg.Language
			fmt.Fprintf(t.cfg.Log, l.Of("生き残り %s %s %s（%s）\n", "survivor %s %s %s (%s)\n"),
				t.driver.Name(), c.Rule, r.change.Name, l.Translate(r.change.Says))
		}
	}
	if t.count%25 == 0 || t.driver.Name() != "api" {
		fmt.Fprintf(t.cfg.Log, "%s %d/%d %s\n", t.driver.Name(), t.count, len(t.cfg.Changes), r.change.Name)
	}
}

// quick is an environment that keeps nothing: a scenario that fails is what is wanted.
type quick struct{ runner.Environment }

func (quick) Evidence(context.Context) []driver.Evidence { return nil }

func (q quick) End(ctx context.Context, _ bool) error { return q.Environment.End(ctx, false) }
