package runner

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"

	"example.com/netanswer/steps/say"
)

// A Plan is a suite found in order: what will be tried, and how. It may be run
// several times.
type Plan struct {
	// Seed fixes the order; with the same features it gives it again, of a part
	// of them as well.
	Seed int64
	// Scenarios are those that were selected, in the order they are tried.
	Scenarios []Scenario

	cfg     Config
	book    []Scenario // all there are, selected or not, by file and line
	sources []Source   // where they stand
	defs    []definition
	jobs    map[string][]Scenario // by driver
	scope   []string              // the ids of the rules it is about, nil for all
	deal    string                // names the way the suite was cut into shards
}

// Prepare reads the features, checks the whole suite and selects. It runs
// nothing. The error is a Problems if the suite is not in order; all that is
// wrong with it is told at once.
func Prepare(cfg Config) (*Plan, error) {
	cfg, err := cfg.complete()
	if err != nil {
		return nil, err
	}
	known := make(map[string]bool, len(cfg.Rules))
	for _, r := range cfg.Rules {
		known[r.ID] = true
	}
	features, problems, err := read(cfg.Features, cfg.Root)
	if err != nil {
		return nil, err
	}
	if cfg.OwnTags {
		for _, tag := range ownTags(features, known, cfg.AllowTags) {
			known[tag] = true
		}
	}
	own := ownRules(cfg.Rules)
	var (
		book    []Scenario
		sources []Source
	)
	for _, f := range features {
		f.own = own
		problems = append(problems, f.check(known)...)
		book = append(book, f.scenarios()...)
		sources = append(sources, Source{File: f.file, Text: say.Plain(cfg.Mask(f.source))})
	}
	chosen, err := cfg.Select.choose(book, known, cfg.Mask)
	if err != nil {
		// A file that cannot be read may hold what is asked for: that first.
		return nil, cmp.Or(problems.err(cfg.Mask), err)
	}
	defs, wrong := cfg.define(book, chosen)
	if err := append(problems, wrong...).err(cfg.Mask); err != nil {
		return nil, err
	}
	plan := &Plan{Seed: cfg.Seed, cfg: cfg, book: book, sources: sources, defs: defs, scope: cfg.scope(book, chosen)}
	// All are put in order, then those not selected left out: that way a part
	// of the suite keeps the order it has in the whole.
	order := rand.New(rand.NewPCG(uint64(cfg.Seed), 0)).Perm(len(book))
	for _, i := range order {
		if chosen[i] {
			plan.Scenarios = append(plan.Scenarios, book[i])
		}
	}
	if err := plan.cut(); err != nil {
		return nil, err
	}
	return plan, nil
}

// define makes the step definitions and gives each scenario its own.
func (cfg Config) define(book []Scenario, chosen []bool) ([]definition, Problems) {
	c := &catalogue{found: map[findKey][]int{}}
	cfg.Steps(c)
	problems := c.problems
	used := make([]bool, len(c.list))
	for i := range book {
		problems = append(problems, c.resolve(&book[i], chosen[i], used)...)
	}
	if cfg.Select.all() && !cfg.UnusedAllowed {
		problems = append(problems, c.unused(used)...)
	}
	return c.list, problems
}

// For is what a driver will try, in order; the others are 対象外 for it, are in
// another shard, or did not fail in the run before.
func (p *Plan) For(driver string) []Scenario { return p.jobs[driver] }

// inapplicable is how many of the selected scenarios are 対象外 for a driver.
func (p *Plan) inapplicable(driver string) int {
	n := 0
	for _, s := range p.Scenarios {
		if !s.appliesTo(driver) {
			n++
		}
	}
	return n
}

// Run tries all that was selected with one driver after the other, and writes
// the reports. See the function Run for the error.
func (p *Plan) Run(ctx context.Context) (Result, error) {
	r := &run{
		plan:       p,
		cfg:        p.cfg,
		beginnings: map[string]beginnings{},
		log: &journal{
			to:       p.cfg.Log,
			out:      p.cfg.Reports.Dir,
			annotate: p.cfg.Reports.Annotate,
			live:     p.cfg.Live,
			now:      p.cfg.Now,
			language: p.cfg.Language,
		},
	}
	if err := r.clean(); err != nil {
		return Result{}, err
	}
	result := r.everything(ctx)
	unwritten := p.cfg.Reports.write(result, p.cfg.Rules, p.book)
	r.log.summary(result, unwritten == nil)
	errs := []error{r.log.err, unwritten}
	if result.Interrupted {
		errs = append(errs, fmt.Errorf("interrupted: %w", context.Cause(ctx)))
	}
	return result, errors.Join(errs...)
}
