package runner_test

import (
	"bytes"
	"strings"
	"testing"

	"example.com/netanswer/fixtures"
	"example.com/netanswer/steps/driver"
	"example.com/netanswer/steps/runner"
)

// counted are the ids of the rules that a result is about.
func counted(r runner.Result) string {
	var ids []string
	for _, c := range r.Rules {
		ids = append(ids, c.ID)
	}
	return strings.Join(ids, " ")
}

func TestOnlyRulesInScopeAreCounted(t *testing.T) {
	for name, test := range map[string]struct {
		sel     runner.Selection
		counted []string
		want    string
	}{
		"everything":                               {want: "p4-1 p4-2 p12-1 p34-7 p34-8 a-08"},
		"what the scenarios prove":                 {sel: runner.Selection{Names: []string{"再発行"}}, want: "p34-8"},
		"a page asked for, with unwritten rules":   {sel: runner.Selection{Tags: "@p12-1 or @p34-8", Rules: []string{"p12", "p34-8"}}, want: "p12-1 p34-8"},
		"features that are not to prove all of it": {counted: []string{"p4-1"}, want: "p4-1 p12-1 p34-7 p34-8 a-08"},
	} {
		t.Run(name, func(t *testing.T) {
			cfg := whole()
			cfg.Select, cfg.Counted = test.sel, test.counted
			diff(t, test.want, counted(run(t, cfg)))
		})
	}
}

// shop is a feature that proves a rule of a team's own, tagged as the team tags.
const shop = `# language: ja
機能: 店

  @shop-1 @TEAM-7
  シナリオ: 一つ
    もし 進む
`

func ofShop() runner.Config {
	cfg := small(shop, func(to runner.Definitions) { to.Step(`^進む$`, func() {}) })
	cfg.Rules = append(cfg.Rules[:len(cfg.Rules):len(cfg.Rules)], fixtures.Rule{ID: "shop-1", Channel: fixtures.ChannelOwn, Says: "店の規則"},
		fixtures.Rule{ID: "shop-2", Channel: fixtures.ChannelOwn, Says: "まだの規則"})
	cfg.OwnTags, cfg.Counted = true, []string{"shop-1", "shop-2"}
	return cfg
}

func TestOwnRulesAreProvedAndSurviveAMerge(t *testing.T) {
	cfg := ofShop()
	cfg.Reports.Dir = t.TempDir()
	var log bytes.Buffer
	cfg.Log = &log
	diff(t, "shop-1 shop-2", counted(run(t, cfg)))
	if !strings.Contains(log.String(), "シナリオのない規則 1/2件: shop-2\n") {
		t.Error(log.String())
	}
	cfg.Drivers = []driver.Driver{named("pc")}
	other := cfg
	other.Reports.Dir = t.TempDir()
	run(t, other)
	merged, err := runner.Merge{From: []string{cfg.Reports.Dir, other.Reports.Dir}, Rules: register, Now: noon}.Run()
	if err != nil {
		t.Fatal(err)
	}
	diff(t, "shop-1 shop-2", counted(merged))
	diff(t, []runner.Mark{runner.Green, runner.Green}, merged.Rules[0].Marks)
	diff(t, "店の規則", merged.Outcomes[0].Proves[0].Says)
}

func TestOnlyAllowedTagsArePermitted(t *testing.T) {
	for allowed, wrong := range map[string]bool{"": false, "@TEAM-*": false, "TEAM-7": false, "@smoke": true} {
		cfg := ofShop()
		if allowed != "" {
			cfg.AllowTags = []string{allowed}
		}
		if _, err := runner.Run(t.Context(), cfg); (err != nil) != wrong {
			t.Errorf("%q: %v", allowed, err)
		}
	}
}
