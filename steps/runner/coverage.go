package runner

import "example.com/netanswer/fixtures"

// A Mark is what a run says of a rule with one driver.
type Mark string

// The marks. A rule is green only if all its scenarios for the driver passed;
// if some were not selected or could not be judged, it is open.
const (
	Green        Mark = "✓" // 緑
	Red          Mark = "✗" // 赤
	Inapplicable Mark = "–" // 対象外: it has scenarios, but none that this driver can ask
	Expected     Mark = "△" // 想定した失敗: nothing else is against it
	Open         Mark = "?" // 未実行: not everything it has was tried and judged
	Unwritten    Mark = "·" // 未記述: it has no scenario
)

// A Coverage is one rule of the register and how it fared.
type Coverage struct {
	fixtures.Rule
	Scenarios []string // the ids of those that prove it, by file and line
	Marks     []Mark   // one for each driver, in the result's order
}

// cover makes the table of the whole register.
func cover(register []fixtures.Rule, book []Scenario, result Result) []Coverage {
	byRule := map[string][]Scenario{}
	for _, s := range book {
		for _, id := range s.Rules {
			byRule[id] = append(byRule[id], s)
		}
	}
	verdicts := map[[2]string]Outcome{} // by driver and scenario
	for _, o := range result.Outcomes {
		// Of several repetitions the worst counts.
		key := [2]string{o.Driver, o.ID()}
		if before, ok := verdicts[key]; !ok || before.Verdict == Passed || o.Verdict == Failed {
			verdicts[key] = o
		}
	}
	table := make([]Coverage, 0, len(register))
	for _, rule := range register {
		row := Coverage{Rule: rule}
		for _, s := range byRule[rule.ID] {
			row.Scenarios = append(row.Scenarios, s.ID())
		}
		for _, driver := range result.Drivers {
			row.Marks = append(row.Marks, markOf(byRule[rule.ID], driver, func(s Scenario) Outcome {
				return verdicts[[2]string{driver, s.ID()}]
			}))
		}
		table = append(table, row)
	}
	return table
}

func markOf(scenarios []Scenario, driver string, of func(Scenario) Outcome) Mark {
	if len(scenarios) == 0 {
		return Unwritten
	}
	mark, asked := Green, 0
	for _, s := range scenarios {
		o := of(s)
		if !s.appliesTo(driver) || o.Reason == NotAsked {
			continue
		}
		asked++
		switch {
		case o.Verdict == Failed:
			return Red
		case o.Verdict == Passed:
		case o.Reason == Known && mark == Green:
			mark = Expected
		case o.Reason != Known:
			mark = Open
		}
	}
	if asked == 0 {
		return Inapplicable
	}
	return mark
}

// Unwritten lists the ids of the rules that have no scenario yet.
func (r Result) Unwritten() []string {
	var ids []string
	for _, c := range r.Rules {
		if len(c.Scenarios) == 0 {
			ids = append(ids, c.ID)
		}
	}
	return ids
}

// onlyKnown lists the ids of the rules of which nothing was found but failures
// that are known.
func (r Result) onlyKnown() (ids []string) {
	known, judged := map[string]bool{}, map[string]bool{}
	for _, o := range r.Outcomes {
		for _, rule := range o.Scenario.Rules {
			known[rule] = known[rule] || o.Reason == Known
			judged[rule] = judged[rule] || o.Verdict != Skipped
		}
	}
	for _, c := range r.Rules {
		if known[c.ID] && !judged[c.ID] {
			ids = append(ids, c.ID)
		}
	}
	return ids
}
