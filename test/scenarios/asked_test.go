package scenarios_test

import (
	"testing"

	"example.com/netanswer/internal/suite"
	"example.com/netanswer/steps/runner"
	"example.com/netanswer/test/sample"
)

// likes are drivers that differ from another one by their screen only.
var likes = map[string]string{"sp": "pc", "android": "iphone"}

// A browser is asked everything that is about a screen, everything that api cannot
// tell, and of the rest one in so many: what api has judged is judged through the
// same description of a screen, and that the pages show what it describes is a test
// of its own. A driver with another one like it is asked what is about a screen, and
// one in so many of the rest.
const (
	sampledOfJudged = 16
	sampledOfLike   = 32
)

// asked tells what every run asks of the drivers. Each rule is asked of pc and of
// iphone by one scenario at least. Under the race detector, which makes a browser's
// run three times longer, one in sampledOfLike does: in this way the sandbox is
// watched while a browser loads several things at once.
func asked(t *testing.T) func(runner.Scenario, string) bool {
	t.Helper()
	s := sample.Of(t)
	atLeast := oneOfEachRule(t, s)
	return func(sc runner.Scenario, driver string) bool {
		switch oneIn := s.Takes(driver+" "+sc.File+" "+sc.Name, sampledOfLike); {
		case driver == "api" || oneIn:
			return true
		case raced:
			return false
		case likes[driver] != "":
			return sc.OfScreen()
		default:
			return sc.OfScreen() || !sc.AppliesTo("api") || atLeast[driver+" "+sc.ID()] ||
				s.Takes(driver+" "+sc.File+" "+sc.Name, sampledOfJudged)
		}
	}
}

// oneOfEachRule draws a scenario of each rule for each browser that has no other
// one like it, as driver and ID.
func oneOfEachRule(t *testing.T, s sample.Sample) map[string]bool {
	t.Helper()
	drawn := map[string]bool{}
	for _, driver := range suite.DriverNames {
		if driver == "api" || likes[driver] != "" {
			continue
		}
		for _, of := range byRule(t, driver) {
			for _, id := range sample.Draw(s, of, 1) {
				drawn[driver+" "+id] = true
			}
		}
	}
	return drawn
}

// byRule are the IDs of the scenarios that a driver can be asked, by their rules.
func byRule(t *testing.T, driver string) map[string][]string {
	t.Helper()
	all, err := suite.Scenarios("")
	if err != nil {
		t.Fatal(err)
	}
	of := map[string][]string{}
	for _, sc := range all {
		for _, rule := range sc.Rules {
			if sc.AppliesTo(driver) {
				of[rule] = append(of[rule], sc.ID())
			}
		}
	}
	return of
}

// TestEveryScenarioIsAskedOfADriverOfItsKind: what a browser is not asked has been
// judged by api, or by a driver like it; and each browser is asked each rule.
func TestEveryScenarioIsAskedOfADriverOfItsKind(t *testing.T) {
	t.Setenv("NETANSWER_TEST_SAMPLE", "2026-11-28")
	all, err := suite.Scenarios("")
	if err != nil {
		t.Fatal(err)
	}
	take, count := asked(t), map[string]int{}
	rules := map[string]map[string]bool{"pc": {}, "iphone": {}}
	for _, sc := range all {
		for _, driver := range suite.DriverNames {
			if !sc.AppliesTo(driver) {
				continue
			}
			if take(sc, driver) {
				count[driver]++
				for _, rule := range sc.Rules {
					if rules[driver] != nil {
						rules[driver][rule] = true
					}
				}
				continue
			}
			like := likes[driver]
			if judged := sc.AppliesTo("api") || like != "" && take(sc, like); driver == "api" || !judged {
				t.Errorf("%s is not asked of %s, nor of another that judges it", sc.ID(), driver)
			}
		}
	}
	for driver, asked := range rules {
		for rule := range byRule(t, driver) {
			if !raced && !asked[rule] {
				t.Errorf("rule %s is not asked of %s", rule, driver)
			}
		}
	}
	t.Logf("asked: %v", count)
	for driver, most := range map[string]int{"sp": 120, "android": 100, "pc": 300, "iphone": 300} {
		if n := count[driver]; n < 20 || n > most {
			t.Errorf("%s is asked %d scenarios, want 20 to %d", driver, n, most)
		}
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
