package qualify

import (
	"cmp"
	"context"
	"hash/fnv"
	"slices"

	"example.com/netanswer/steps/runner"
)

// A trial is one change tried with one driver.
type trial struct {
	change Change
	cells  []Cell
	sample []string // the scenarios of other rules that were tried
	side   []string // those of them that turned red
}

// The verdicts of a cell.
const (
	Killed   = "killed"   // a scenario of the rule turned red
	Survived = "survived" // none did
	Unasked  = "unasked"  // 対象外: the rule has no scenario for the driver
)

// choose picks the scenarios of a change's rules, and a sample of the others
// that is the same each time.
func (t *trials) choose(c Change) (own, others []runner.Scenario) {
	for _, s := range t.book {
		if slices.ContainsFunc(s.Rules, func(id string) bool { return slices.Contains(c.Rules, id) }) {
			own = append(own, s)
		} else {
			others = append(others, s)
		}
	}
	if len(own) == 0 {
		return nil, nil
	}
	key := func(s runner.Scenario) uint64 {
		h := fnv.New64a()
		_, _ = h.Write([]byte(c.Name + " " + s.ID())) // a hash takes everything
		return h.Sum64()
	}
	slices.SortFunc(others, func(a, b runner.Scenario) int { return cmp.Compare(key(a), key(b)) })
	return own, others[:min(len(others), t.sample)]
}

// one tries a change. Through the API all scenarios of its rules are tried;
// through a browser some after the others, until each rule has noticed.
func (t *trials) one(ctx context.Context, number int, c Change) (trial, error) {
	own, others := t.choose(c)
	// A browser driver finds its way by sentences: other wording of one may well
	// stop it anywhere.
	c.wide = c.wide || c.Kind == Sentence && t.together() == 1
	r := trial{change: c}
	red := map[string]bool{}
	for _, some := range t.portions(own, others) {
		left := slices.DeleteFunc(slices.Clone(some), func(s runner.Scenario) bool { return t.noticed(c, s, own, red) })
		if err := t.try(ctx, number, c, left, red); err != nil {
			return r, err
		}
	}
	for _, rule := range c.Rules {
		r.cells = append(r.cells, t.cell(c, rule, own, red))
	}
	if t.together() == 1 {
		if err := t.try(ctx, number, c, others, red); err != nil {
			return r, err
		}
	}
	for _, s := range others {
		r.sample = append(r.sample, s.ID())
		if red[s.ID()] {
			r.side = append(r.side, s.ID())
		}
	}
	return r, nil
}

// portions are the scenarios as they are tried: all at once with the sample of
// others, or two by two without it.
func (t *trials) portions(own, others []runner.Scenario) [][]runner.Scenario {
	if t.together() > 1 || len(own) == 0 {
		return [][]runner.Scenario{slices.Concat(own, others)}
	}
	return slices.Collect(slices.Chunk(own, 2))
}

// noticed tells whether every rule that s is tried for has noticed already.
func (t *trials) noticed(c Change, s runner.Scenario, own []runner.Scenario, red map[string]bool) bool {
	if !slices.ContainsFunc(s.Rules, func(id string) bool { return slices.Contains(c.Rules, id) }) {
		return false // of the sample
	}
	for _, rule := range c.Rules {
		if slices.Contains(s.Rules, rule) && t.cell(c, rule, own, red).Verdict != Killed {
			return false
		}
	}
	return true
}

// try tries scenarios with a change and notes which turned red.
func (t *trials) try(ctx context.Context, number int, c Change, scenarios []runner.Scenario, red map[string]bool) error {
	if len(scenarios) == 0 {
		return nil
	}
	var ids []string
	for _, s := range scenarios {
		ids = append(ids, s.ID())
	}
	result, err := runner.Run(ctx, t.suite(number, c.setup, ids))
	if err != nil {
		return err
	}
	for _, o := range result.Outcomes {
		if o.Verdict == runner.Failed {
			red[o.ID()] = true
		}
	}
	return nil
}

// cell is what the scenarios of one rule made of a change.
func (t *trials) cell(c Change, rule string, own []runner.Scenario, red map[string]bool) Cell {
	cell := Cell{Rule: rule, Change: c.Name, Driver: t.driver.Name(), Verdict: Unasked}
	channels := map[bool]bool{}
	for _, s := range own {
		if !slices.Contains(s.Rules, rule) {
			continue
		}
		cell.Scenarios++
		channels[s.InApp()] = channels[s.InApp()] || red[s.ID()]
		if red[s.ID()] {
			cell.By = append(cell.By, s.ID())
		}
	}
	switch {
	case cell.Scenarios == 0:
	case len(cell.By) > 0 && everywhereNoticed(c, channels):
		cell.Verdict = Killed
	default:
		cell.Verdict = Survived
	}
	return cell
}

// everywhereNoticed tells whether each channel that has scenarios has noticed,
// where that is asked.
func everywhereNoticed(c Change, channels map[bool]bool) bool {
	if !c.everywhere {
		return true
	}
	for _, noticed := range channels {
		if !noticed {
			return false
		}
	}
	return true
}

func compare(a, b runner.Scenario) int {
	return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line))
}
