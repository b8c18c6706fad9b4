package runner

import (
	"cmp"
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"example.com/netanswer/fixtures"
	"example.com/netanswer/steps/driver"
	"example.com/netanswer/steps/say"
)

// A run is one going through a plan.
type run struct {
	plan *Plan
	cfg  Config
	log  *journal

	beginnings map[string]beginnings // by driver
	pictures   atomic.Int64          // bytes of those that are kept
}

// everything tries one driver after the other. Each takes what the machine has,
// so that two at once would not be sooner.
func (r *run) everything(ctx context.Context) Result {
	result := Result{
		Seed:        r.plan.Seed,
		Began:       r.cfg.Now(),
		Sources:     r.plan.sources,
		Definitions: r.plan.reported(),
		Shard:       r.cfg.Shard.String(),
		Deal:        r.plan.deal,
		Scope:       r.plan.scope,
		Own:         ownRules(r.cfg.Rules),
		Language:    r.cfg.Language,
	}
	for _, d := range r.cfg.Drivers {
		result.Drivers = append(result.Drivers, d.Name())
	}
	r.log.start(r.plan, result.Drivers)
	for _, d := range r.cfg.Drivers {
		began := r.cfg.Now()
		outcomes := r.driver(ctx, d)
		if seen, ok := d.(driver.Sighted); ok {
			result.Engines = result.Engines.with(d.Name(), seen.Engine())
		}
		r.log.driver(d.Name(), outcomes, r.plan.inapplicable(d.Name()), r.cfg.Now().Sub(began))
		slices.SortFunc(outcomes, result.order)
		result.Outcomes = append(result.Outcomes, outcomes...)
	}
	for _, o := range result.Outcomes {
		result.Interrupted = result.Interrupted || o.Interrupted
	}
	result.Took = r.cfg.Now().Sub(result.Began)
	result.Rules = cover(within(r.cfg.Rules, result.Scope), r.plan.book, result)
	return result
}

// order puts outcomes by driver, file, line and repetition.
func (r Result) order(a, b Outcome) int {
	return cmp.Or(cmp.Compare(slices.Index(r.Drivers, a.Driver), slices.Index(r.Drivers, b.Driver)),
		cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Repetition, b.Repetition))
}

// driver tries all that applies to one driver, several at once. After an
// interruption nothing more is begun; what was not is told as skipped.
func (r *run) driver(ctx context.Context, d driver.Driver) []Outcome {
	scenarios := r.plan.For(d.Name())
	r.log.begin(d.Name(), len(scenarios))
	r.beginnings[d.Name()] = shared(scenarios)
	outcomes := make([]Outcome, len(scenarios))
	var (
		next atomic.Int64
		wait sync.WaitGroup
	)
	stop := stopper{most: r.cfg.MaxFailures, first: r.cfg.FirstFailures}
	for range min(r.cfg.workers(d.Name()), len(scenarios)) {
		wait.Go(func() {
			for {
				i := int(next.Add(1)) - 1
				if i >= len(scenarios) {
					return
				}
				outcomes[i] = r.outcome(ctx, scenarios[i], d, stop.over())
				stop.seen(outcomes[i])
				r.log.outcome(outcomes[i])
			}
		})
	}
	wait.Wait()
	if why := stop.over(); why != "" {
		r.log.printf("%s: 途中でやめました。%s\n", d.Name(), why)
	}
	return outcomes
}

// outcome tries one scenario and finishes what is told of it; where the driver
// was stopped, it is not begun.
func (r *run) outcome(ctx context.Context, s Scenario, d driver.Driver, stopped string) Outcome {
	o := Outcome{Scenario: s, Driver: d.Name(), Verdict: Skipped, Began: r.cfg.Now(), Interrupted: true,
		Err: "not begun: the run was interrupted"}
	if stopped != "" {
		o.Err, o.Reason, o.Interrupted = "始めていません。"+stopped, Unbegun, false
	}
	if ctx.Err() == nil && stopped == "" {
		o = r.play(ctx, s, d)
		o.Took = r.cfg.Now().Sub(o.Began)
		o = r.weigh(o)
	}
	o.Proves = rulesOf(s, r.cfg.Rules)
	if r.cfg.Again != nil && o.Verdict == Failed {
		o.Again = r.cfg.Again(o)
	}
	return r.told(r.masked(o))
}

// weigh holds an outcome against the failures that are known.
func (r *run) weigh(o Outcome) Outcome {
	if r.cfg.Expected == nil || o.Verdict == Skipped {
		return o
	}
	why, found, known := r.cfg.Expected(o.Scenario, o.Driver)
	if known && o.Verdict == Failed {
		o.Found = Perceived(r.cfg.Mask(o.Err))
	}
	switch {
	case known && o.Verdict == Failed && found != "" && found != o.Found:
		o.Err = fmt.Sprintf("想定した失敗（%s）と違う失敗です。想定: %s、いま: %s", why, found, o.Err)
	case known && o.Verdict == Failed:
		o.Verdict, o.Reason, o.Err = Skipped, Known, fmt.Sprintf("%s（%s）: %s", Known, why, o.Err)
	case known:
		o.Verdict, o.Err = Failed, fmt.Sprintf("失敗するはずが成功しました（%s）", why)
	}
	return o
}

// numbers change from run to run: passcodes, IDs.
var changing = regexp.MustCompile(`[0-9]{4,}`)

// Perceived is what was found of a failure, by which it is known again: its
// first line, in which what changes from run to run is left out.
func Perceived(text string) string {
	line, _, _ := strings.Cut(strings.TrimSpace(text), "\n")
	return changing.ReplaceAllString(line, "…")
}

// told is an outcome in the language of the run. Why something was skipped is known
// by how it begins, so only a failure is told otherwise.
func (r *run) told(o Outcome) Outcome {
	o.language = r.cfg.Language
	if o.Verdict != Failed {
		return o
	}
	o.Err = r.cfg.Language.Failure(o.Err)
	for i := range o.Results {
		o.Results[i].Err = r.cfg.Language.Failure(o.Results[i].Err)
	}
	return o
}

// masked hides secrets in all of an outcome that is text of somebody's making,
// and leaves out what would steer a terminal or break a report.
func (r *run) masked(o Outcome) Outcome {
	mask := func(text string) string { return say.Plain(r.cfg.Mask(text)) }
	o.Feature, o.Rule, o.Name, o.Err, o.Again = mask(o.Feature), mask(o.Rule), mask(o.Name), mask(o.Err), mask(o.Again)
	o.Steps = slices.Clone(o.Steps)
	for i := range o.Steps {
		o.Steps[i].Text = mask(o.Steps[i].Text)
	}
	o.Results = slices.Clone(o.Results)
	for i := range o.Results {
		o.Results[i].Text, o.Results[i].Err = mask(o.Results[i].Text), mask(o.Results[i].Err)
	}
	return o
}

// rulesOf picks the entries of the register that a scenario proves.
func rulesOf(s Scenario, register []fixtures.Rule) []fixtures.Rule {
	var list []fixtures.Rule
	for _, rule := range register {
		if slices.Contains(s.Rules, rule.ID) {
			list = append(list, rule)
		}
	}
	return list
}
