package runner

import (
	"fmt"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// A Selection says which scenarios are tried: those that meet every field that
// is not empty. The zero Selection is all of them. Whatever hits nothing is an
// error, since it was meant to hit something.
type Selection struct {
	// Tags is a tag expression: "@p34-7 and not (@画面 or @パソコン)".
	Tags string
	// Names are regular expressions or parts of a name, of which one must match.
	Names []string
	// At are places of which one must hold the scenario: a file, a folder of
	// files, or file:line (file:line:line…) where the line is any of a scenario's own,
	// a row of an outline, or the line of a 例, ルール or 機能 for all in it.
	At []string
	// Rules are ids, of which one must be proved: p34-7, a-08, or p34 for all
	// of a page of the guide, s, m or t for all promises of a provider.
	Rules []string
	// Failed are failures of an earlier run, which alone are tried again.
	Failed []Failure
}

// String is the selection as somebody types it.
func (s Selection) String() string {
	var typed []string
	if s.Tags != "" {
		typed = append(typed, "-tags '"+s.Tags+"'")
	}
	for _, flag := range []struct {
		name   string
		values []string
	}{{"-name", s.Names}, {"-at", s.At}, {"-rule", s.Rules}} {
		for _, value := range flag.values {
			typed = append(typed, flag.name+" "+value)
		}
	}
	if len(s.Failed) > 0 {
		typed = append(typed, "-last-failed")
	}
	return strings.Join(typed, " ")
}

func (sel Selection) all() bool {
	return sel.Tags == "" && len(sel.Names)+len(sel.At)+len(sel.Rules)+len(sel.Failed) == 0
}

// A condition is one thing that was asked for.
type condition struct {
	asked string
	meets func(Scenario) bool
}

// choose tells for each scenario whether it is selected.
func (sel Selection) choose(from []Scenario, known map[string]bool, mask func(string) string) ([]bool, error) {
	chosen := slices.Repeat([]bool{true}, len(from))
	groups, err := sel.conditions(known, mask)
	if err != nil {
		return nil, err
	}
	for _, group := range groups {
		met := make([]bool, len(from))
		for _, c := range group {
			hit := false
			for i, s := range from {
				if c.meets(s) {
					met[i], hit = true, true
				}
			}
			if !hit {
				return nil, fmt.Errorf("nothing selected: %s hits no scenario", c.asked)
			}
		}
		for i := range chosen {
			chosen[i] = chosen[i] && met[i]
		}
	}
	if !slices.Contains(chosen, true) {
		return nil, fmt.Errorf("nothing selected: no scenario meets all of %s", sel)
	}
	return chosen, nil
}

// conditions are alternatives within a group; every group must be met.
func (sel Selection) conditions(known map[string]bool, mask func(string) string) ([][]condition, error) {
	var tags, names, places, rules, failed []condition
	if sel.Tags != "" {
		meets, err := tagFilter(sel.Tags, known)
		if err != nil {
			return nil, err
		}
		tags = append(tags, condition{fmt.Sprintf("tag expression %q", sel.Tags), meets})
	}
	for _, name := range sel.Names {
		names = append(names, nameCondition(name))
	}
	for _, at := range sel.At {
		c, err := placeConditions(at)
		if err != nil {
			return nil, err
		}
		places = append(places, c...)
	}
	for _, id := range sel.Rules {
		c, err := ruleCondition(id, known)
		if err != nil {
			return nil, err
		}
		rules = append(rules, c)
	}
	if len(sel.Failed) > 0 {
		failed = append(failed, failedCondition(sel.Failed, mask))
	}
	return slices.DeleteFunc([][]condition{tags, names, places, rules, failed},
		func(group []condition) bool { return len(group) == 0 }), nil
}

func nameCondition(name string) condition {
	expr, err := regexp.Compile(name)
	return condition{fmt.Sprintf("name %q", name), func(s Scenario) bool {
		// A name pasted as it is need not be a regular expression.
		return strings.Contains(s.Name, name) || err == nil && expr.MatchString(s.Name)
	}}
}

func placeConditions(at string) ([]condition, error) {
	parts := strings.Split(at, ":")
	file := path.Clean(strings.ReplaceAll(parts[0], `\`, "/"))
	if len(parts) == 1 {
		return []condition{{fmt.Sprintf("%q", at), func(s Scenario) bool {
			return file == "." || s.File == file || strings.HasPrefix(s.File, file+"/")
		}}}, nil
	}
	var list []condition
	for _, part := range parts[1:] {
		line, err := strconv.Atoi(part)
		if err != nil || line < 1 {
			return nil, fmt.Errorf("%q: %q is no line number", at, part)
		}
		list = append(list, condition{fmt.Sprintf("%s:%d", file, line), func(s Scenario) bool {
			return s.File == file && slices.ContainsFunc(s.place, func(p span) bool { return p.has(line) })
		}})
	}
	return list, nil
}

var page = regexp.MustCompile(`^(p\d+|[smt])$`)

func ruleCondition(id string, known map[string]bool) (condition, error) {
	id = strings.TrimPrefix(id, "@")
	if page.MatchString(id) {
		return condition{"page " + id, func(s Scenario) bool {
			return slices.ContainsFunc(s.Rules, func(rule string) bool { return strings.HasPrefix(rule, id+"-") })
		}}, nil
	}
	if !known[id] {
		return condition{}, fmt.Errorf("rule %q is not in the register", id)
	}
	return condition{"rule " + id, func(s Scenario) bool { return slices.Contains(s.Rules, id) }}, nil
}
