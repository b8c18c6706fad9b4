package qualify

import (
	"context"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"example.com/netanswer/fixtures"
	"example.com/netanswer/steps/driver"
	"example.com/netanswer/steps/runner"
)

// named is a driver that is only asked for its name.
type named string

func (n named) Name() string                                             { return string(n) }
func (named) Open(context.Context, driver.World) (driver.Session, error) { panic("nobody opens it") }
func (named) Close() error                                               { return nil }

func scenario(line int, tags []string, rules ...string) runner.Scenario {
	return runner.Scenario{File: "a.feature", Line: line, Tags: tags, Rules: rules}
}

var (
	web    = []runner.Scenario{scenario(1, nil, "p1", "p2"), scenario(2, nil, "p1")}
	app    = scenario(3, []string{"@アプリ"}, "p1")
	before = []runner.Scenario{web[0], web[1], app}
)

func TestWhatARuleMakesOfAChange(t *testing.T) {
	ts := &trials{driver: named("api")}
	red := func(ids ...string) map[string]bool {
		all := map[string]bool{}
		for _, id := range ids {
			all[id] = true
		}
		return all
	}
	for name, tt := range map[string]struct {
		own        []runner.Scenario
		rule       string
		everywhere bool
		red        map[string]bool
		want       Cell
	}{
		"one of its scenarios noticed":     {web, "p1", false, red("a.feature:2"), Cell{Verdict: Killed, Scenarios: 2, By: []string{"a.feature:2"}}},
		"one of another rule did":          {web, "p2", false, red("a.feature:2"), Cell{Verdict: Survived, Scenarios: 1}},
		"none did":                         {web, "p1", false, red("b.feature:1"), Cell{Verdict: Survived, Scenarios: 2}},
		"it has none for this driver":      {web, "p3", false, red("a.feature:1"), Cell{Verdict: Unasked}},
		"only the web, where both are two": {before, "p1", true, red("a.feature:1"), Cell{Verdict: Survived, Scenarios: 3, By: []string{"a.feature:1"}}},
		"only the web, where one does": {before, "p1", false, red("a.feature:1"),
			Cell{Verdict: Killed, Scenarios: 3, By: []string{"a.feature:1"}}},
		"the web and the app": {before, "p1", true, red("a.feature:1", "a.feature:3"),
			Cell{Verdict: Killed, Scenarios: 3, By: []string{"a.feature:1", "a.feature:3"}}},
		"the web, which is all there is": {web, "p1", true, red("a.feature:1"), Cell{Verdict: Killed, Scenarios: 2, By: []string{"a.feature:1"}}},
	} {
		tt.want.Rule, tt.want.Change, tt.want.Driver = tt.rule, "c", "api"
		got := ts.cell(Change{Name: "c", everywhere: tt.everywhere}, tt.rule, tt.own, tt.red)
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

func TestAScenarioIsNotTriedWhereItsRulesHaveNoticed(t *testing.T) {
	ts := &trials{driver: named("pc")}
	c := Change{Rules: []string{"p1", "p2"}}
	for name, tt := range map[string]struct {
		s    runner.Scenario
		red  string
		want bool
	}{
		"its only rule has":      {web[1], "a.feature:1", true},
		"both of its rules have": {web[0], "a.feature:1", true},
		"one of its rules has":   {web[0], "a.feature:2", false},
		"no rule has":            {web[1], "", false},
		"one of the sample":      {scenario(9, nil, "p9"), "a.feature:1", false},
	} {
		if got := ts.noticed(c, tt.s, web, map[string]bool{tt.red: true}); got != tt.want {
			t.Errorf("%s: %t", name, got)
		}
	}
}

func TestTheSampleIsOfOtherRulesAndTheSameEachTime(t *testing.T) {
	ts := &trials{sample: 2, book: append(before[:3:3], scenario(7, nil, "p7"), scenario(8, nil, "p8"), scenario(9, nil))}
	ids := func(all []runner.Scenario) (out []string) {
		for _, s := range all {
			out = append(out, s.ID())
		}
		return out
	}
	own, others := ts.choose(Change{Name: "c", Rules: []string{"p1"}})
	if diff := cmp.Diff([]string{"a.feature:1", "a.feature:2", "a.feature:3"}, ids(own)); diff != "" {
		t.Errorf("its own (-want +got):\n%s", diff)
	}
	again, same := ts.choose(Change{Name: "c", Rules: []string{"p1"}})
	if diff := cmp.Diff(ids(others), ids(same)); len(again) != 3 || len(others) != 2 || diff != "" {
		t.Errorf("%d others, the second time (-want +got):\n%s", len(others), diff)
	}
	if own, others := ts.choose(Change{Name: "c", Rules: []string{"p0"}}); len(own)+len(others) > 0 {
		t.Errorf("a rule without scenarios has %d and a sample of %d", len(own), len(others))
	}
}

func TestWhatIsCounted(t *testing.T) {
	cell := func(verdict string) Cell { return Cell{Rule: "p1", Driver: "api", Change: "c", Verdict: verdict} }
	for name, tt := range map[string]struct {
		trials []trial
		want   DriverReport
		ok     bool
		broad  int
		sides  int
	}{
		"all killed": {[]trial{{cells: []Cell{cell(Killed), cell(Killed)}}},
			DriverReport{Killed: 2}, true, 0, 0},
		"one survived": {[]trial{{cells: []Cell{cell(Killed), cell(Survived)}}},
			DriverReport{Killed: 1, Survived: 1}, false, 0, 0},
		"nobody asked": {[]trial{{cells: []Cell{cell(Unasked)}}}, DriverReport{Unasked: 1}, false, 0, 0},
		"asked, and one not": {[]trial{{cells: []Cell{cell(Killed), cell(Unasked)}}},
			DriverReport{Killed: 1, Unasked: 1}, true, 0, 0},
		"nothing tried": {nil, DriverReport{}, false, 0, 0},
		"some of the sample": {[]trial{{cells: []Cell{cell(Killed)}, sample: []string{"a", "b"}, side: []string{"a"}}},
			DriverReport{Killed: 1, Sampled: 2, Green: 1}, true, 0, 1},
		"all of the sample": {[]trial{{cells: []Cell{cell(Killed)}, sample: []string{"a"}, side: []string{"a"}}},
			DriverReport{Killed: 1, Sampled: 1}, false, 1, 0},
		"all of it, expected": {[]trial{{change: Change{wide: true}, cells: []Cell{cell(Killed)}, sample: []string{"a"}, side: []string{"a"}}},
			DriverReport{Killed: 1, Sampled: 1}, true, 0, 1},
	} {
		var r Report
		r.add("api", tt.trials, time.Second)
		tt.want.Name, tt.want.Took = "api", time.Second
		diff := cmp.Diff([]DriverReport{tt.want}, r.Drivers)
		if diff != "" || r.OK() != tt.ok || len(r.Broad) != tt.broad || len(r.Sides) != tt.sides {
			t.Errorf("%s: OK %t, broad %d, sides %d (-want +got):\n%s", name, r.OK(), len(r.Broad), len(r.Sides), diff)
		}
	}
}

func TestAValueThatNothingTriesIsAnError(t *testing.T) {
	policy := map[string]any{"session_lifetime": "1h"}
	for _, v := range values {
		policy[v.name] = 1
	}
	if _, err := Values(policy); err != nil {
		t.Error(err)
	}
	policy["new_value"] = 1
	if _, err := Values(policy); err == nil {
		t.Error("a value that nothing tries was taken")
	}
	delete(policy, "new_value")
	delete(policy, values[0].name)
	if _, err := Values(policy); err == nil {
		t.Error("a value that is gone was taken")
	}
}

func TestASentenceThatNoRuleWordsIsNotPerceivable(t *testing.T) {
	all, plain := Sentences([]fixtures.Text{{ID: "a", Text: "{name}様へ {n} 件", Rules: []string{"p1"}}, {ID: "b", Text: "x"}})
	if len(all) != 1 || plain != 1 || all[0].Name != "a" || all[0].setup.Texts["a"] != "別の文 {name} {n}" {
		t.Errorf("%d plain, %+v", plain, all)
	}
}
