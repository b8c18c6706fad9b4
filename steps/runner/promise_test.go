package runner_test

import (
	"slices"
	"strings"
	"testing"

	"example.com/netanswer/fixtures"
	"example.com/netanswer/steps/driver"
	"example.com/netanswer/steps/runner"
)

func TestAProvidersPromiseIsChosenByItsLetterAndForTheAPIOnly(t *testing.T) {
	cfg := small(strings.Replace(one("もし する"), "@p34-7", "@s-01 @提供者", 1), simple)
	cfg.Rules = append(slices.Clone(register), fixtures.Rule{ID: "s-01", Channel: fixtures.ChannelProvider, Says: "届く"})
	cfg.Drivers = []driver.Driver{named("api"), named("pc")}
	cfg.Select = runner.Selection{Rules: []string{"s"}}
	result := run(t, cfg)
	if len(result.Outcomes) != 1 || result.Outcomes[0].Driver != "api" {
		t.Errorf("got %+v", result.Outcomes)
	}
	promised := result.Rules[len(result.Rules)-1]
	diff(t, []runner.Mark{runner.Green, runner.Inapplicable}, promised.Marks)
}
