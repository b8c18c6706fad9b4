package suite

import (
	"strings"

	"golang.org/x/text/unicode/norm"

	"example.com/netanswer/steps/driver"
	"example.com/netanswer/steps/driver/api"
	"example.com/netanswer/steps/runner"
)

// Steps are the steps that scenarios can use, with an example out of the embedded
// ones: those whose words or example hold each of the words asked for.
func Steps(words ...string) ([]runner.StepHelp, error) {
	cfg, err := Config(Options{})
	if err != nil {
		return nil, err
	}
	cfg.Drivers, cfg.Environment = []driver.Driver{api.New()}, Environment{}
	plan, err := runner.Prepare(cfg)
	if err != nil {
		return nil, err
	}
	var found []runner.StepHelp
	for _, s := range plan.Steps() {
		if holds(s.Keyword+" "+s.Says+" "+s.Example+" "+s.Defined, words) {
			found = append(found, s)
		}
	}
	return found, nil
}

// holds tells whether a text holds every word, in whatever width and case.
func holds(text string, words []string) bool {
	fold := func(s string) string { return strings.ToLower(norm.NFKC.String(s)) }
	for _, w := range words {
		if !strings.Contains(fold(text), fold(w)) {
			return false
		}
	}
	return true
}
