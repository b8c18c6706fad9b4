package suite

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
)

// A Plan is a suite found in order: what will be tried, and how. It may be run
// several times.
type Plan struct {
	// Seed fixes the order; with the same features it gives it again, of a part
	// of them as well.
	Seed int64
	// Scenarios are those that were selected, in the order they are tried.
	Scenarios []Scenario

	cfg  Config
	book []Scenario // all there are, selected or not, by file and line
	defs []definition
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
	var book []Scenario
	for _, f := range features {
		problems = append(problems, f.check(known)...)
		book = append(book, f.scenarios()...)
	}
	chosen, err := cfg.Select.choose(book, known)
	if err != nil {
		// A file that cannot be read may hold what is asked for: that first.
		return nil, cmp.Or(problems.err(cfg.Mask), err)
	}
	defs, wrong := cfg.define(book, chosen)
	if err := append(problems, wrong...).err(cfg.Mask); err != nil {
		return nil, err
	}
	plan := &Plan{Seed: cfg.Seed, cfg: cfg, book: book, defs: defs}
	// All are put in order, then those not selected left out: that way a part
	// of the suite keeps the order it has in the whole.
	order := rand.New(rand.NewPCG(uint64(cfg.Seed), 0)).Perm(len(book))
	for _, i := range order {
		if chosen[i] {
			plan.Scenarios = append(plan.Scenarios, book[i])
		}
	}
	if err := plan.somethingToDo(); err != nil {
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

// somethingToDo is an error if no driver can be asked any of it.
func (p *Plan) somethingToDo() error {
	var names []string
	for _, d := range p.cfg.Drivers {
		if len(p.For(d.Name())) > 0 {
			return nil
		}
		names = append(names, d.Name())
	}
	return fmt.Errorf("nothing selected: none of the %d chosen scenarios is for driver %s", len(p.Scenarios), strings.Join(names, ", "))
}

// For is what a driver will try, in order; the others are 対象外 for it.
func (p *Plan) For(driver string) []Scenario {
	var list []Scenario
	for _, s := range p.Scenarios {
		if s.appliesTo(driver) {
			list = append(list, s)
		}
	}
	return list
}

// Run tries all that was selected with one driver after the other, and writes
// the reports. See the function Run for the error.
func (p *Plan) Run(ctx context.Context) (Result, error) {
	r := &run{plan: p, cfg: p.cfg, log: &journal{to: p.cfg.Log, again: p.cfg.Again, out: p.cfg.OutDir}}
	if err := r.clean(); err != nil {
		return Result{}, err
	}
	result := r.everything(ctx)
	r.log.summary(result)
	errs := []error{r.log.err}
	if p.cfg.OutDir != "" {
		errs = append(errs, result.writeJUnit(p.cfg.OutDir), result.writeRules(p.cfg.OutDir))
	}
	if result.Interrupted {
		errs = append(errs, fmt.Errorf("interrupted: %w", context.Cause(ctx)))
	}
	return result, errors.Join(errs...)
}
