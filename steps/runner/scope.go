package runner

import (
	"slices"
	"strings"

	"example.com/netanswer/fixtures"
)

// scope is the ids of the rules that a run is about, in the register's order: those
// that were asked for, those that a selected scenario proves, and those of
// Config.Counted. It is nil for the whole register, where everything was selected.
func (cfg Config) scope(book []Scenario, chosen []bool) []string {
	if cfg.Select.all() && cfg.Counted == nil {
		return nil
	}
	touched := map[string]bool{}
	for i, s := range book {
		for _, id := range s.Rules {
			touched[id] = touched[id] || chosen[i]
		}
	}
	ids := []string{}
	for _, rule := range cfg.Rules {
		if touched[rule.ID] || slices.Contains(cfg.Counted, rule.ID) || slices.ContainsFunc(cfg.Select.Rules, func(asked string) bool {
			return names(strings.TrimPrefix(asked, "@"), rule.ID)
		}) {
			ids = append(ids, rule.ID)
		}
	}
	return ids
}

// names tells whether an id, or a page, names a rule.
func names(asked, id string) bool {
	return asked == id || page.MatchString(asked) && strings.HasPrefix(id, asked+"-")
}

// within are the rules of a register that are in scope.
func within(register []fixtures.Rule, scope []string) []fixtures.Rule {
	if scope == nil {
		return register
	}
	return slices.DeleteFunc(slices.Clone(register), func(r fixtures.Rule) bool { return !slices.Contains(scope, r.ID) })
}

// prove adds to the rules of a scenario those of a team's own register, whose ids
// only that register knows.
func (s *Scenario) prove(own []fixtures.Rule) {
	for _, rule := range own {
		if slices.Contains(s.Tags, "@"+rule.ID) && !slices.Contains(s.Rules, rule.ID) {
			s.Rules = append(slices.Clone(s.Rules), rule.ID)
		}
	}
}

// ownRules are those of a register that a team has put into it.
func ownRules(register []fixtures.Rule) []fixtures.Rule {
	return slices.DeleteFunc(slices.Clone(register), func(r fixtures.Rule) bool { return r.Channel != fixtures.ChannelOwn })
}

// wider is the scope of two runs together.
func wider(a, b []string) []string {
	if a == nil || b == nil {
		return nil
	}
	all := slices.Clone(a)
	for _, id := range b {
		if !slices.Contains(all, id) {
			all = append(all, id)
		}
	}
	return all
}
