package scenarios_test

import (
	"testing"

	"example.com/netanswer/internal/suite"
	"example.com/netanswer/steps/runner"
	"example.com/netanswer/test/sample"
)

// likes are drivers that differ from another one by their screen only. They are
// asked what is about a screen, and one in sampled of the rest.
var likes = map[string]string{"sp": "pc", "android": "iphone"}

// sampled is the part of the scenarios that a driver is asked of which others are
// asked all: one in so many.
const sampled = 8

// asked tells what every run asks of the drivers. Under the race detector, which
// makes a browser's run three times longer, pc is sampled too: in this way the
// sandbox is watched while a browser loads several things at once.
func asked(t *testing.T) func(runner.Scenario, string) bool {
	t.Helper()
	s := sample.Of(t)
	return func(sc runner.Scenario, driver string) bool {
		whole := driver == "api" || likes[driver] == "" && !raced
		return whole || sc.OfScreen() || s.Takes(driver+" "+sc.File+" "+sc.Name, sampled)
	}
}

// TestEveryScenarioIsAskedOfADriverOfItsKind: what is sampled has a driver like
// it that is asked everything.
func TestEveryScenarioIsAskedOfADriverOfItsKind(t *testing.T) {
	t.Setenv("NETANSWER_TEST_SAMPLE", "2026-11-28")
	all, err := suite.Scenarios()
	if err != nil {
		t.Fatal(err)
	}
	take, count := asked(t), map[string]int{}
	for _, sc := range all {
		for _, driver := range suite.DriverNames {
			if sc.AppliesTo(driver) && take(sc, driver) {
				count[driver]++
			}
			if like := likes[driver]; like != "" && sc.AppliesTo(driver) && !sc.AppliesTo(like) && !take(sc, driver) {
				t.Errorf("%s is asked of neither %s nor %s", sc.ID(), driver, like)
			}
		}
	}
	if count["sp"] < 40 || count["sp"] > 160 || count["android"] < 30 || count["android"] > 120 {
		t.Errorf("asked: %v", count)
	}
	t.Setenv("NETANSWER_TEST_SAMPLE", "all")
	take = asked(t)
	for _, sc := range all {
		for _, driver := range suite.DriverNames {
			if !take(sc, driver) {
				t.Fatalf("of everything %s leaves out %s", driver, sc.ID())
			}
		}
	}
}
