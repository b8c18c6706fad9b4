package runner

import (
	"fmt"
	"slices"
	"strings"
)

// resolve finds the definition of every step of a scenario and notes it there.
// A scenario that is not selected may still be half written: what it lacks is
// no problem, though what it uses counts as used.
func (c *catalogue) resolve(s *Scenario, selected bool, used []bool) Problems {
	var problems Problems
	for n, step := range s.Steps {
		found := c.find(step)
		for _, i := range found {
			used[i] = true
		}
		if len(found) == 1 {
			s.Steps[n].definition = found[0] + 1
		}
		if !selected {
			continue
		}
		switch len(found) {
		case 0:
			if near := c.nearest(step); near != "" {
				problems.add(
					s.File,
					step.Line,
					"undefined step %q: nearest is %q (verify steps lists all)",
					step.String(),
					strings.TrimSpace(step.Keyword)+" "+near,
				)
				continue
			}
			problems.add(s.File, step.Line, "undefined step %q: none is near (verify steps WORD lists those that have a word)", step.String())
		case 1:
			if wrong := c.list[found[0]].mismatch(step); wrong != "" {
				problems.add(s.File, step.Line, "step %q: %s", step.String(), wrong)
			}
			if !slices.Contains(s.uses, found[0]) {
				s.uses = append(s.uses, found[0])
			}
		default:
			var matches []string
			for _, i := range found {
				matches = append(matches, c.list[i].at()+" "+c.list[i].expr.String())
			}
			problems.add(s.File, step.Line, "ambiguous step %q: matched by %s", step.String(), strings.Join(matches, " and by "))
		}
	}
	slices.Sort(s.uses)
	return problems
}

// mismatch says why a definition cannot take what a step gives; godog would
// drop what is too much.
func (d definition) mismatch(step Step) string {
	given := d.expr.NumSubexp()
	if step.extra {
		given++
	}
	if given == d.values {
		return ""
	}
	return fmt.Sprintf("it gives %d values, but the function at %s takes %d", given, d.at(), d.values)
}

// unused lists the definitions that no scenario of the whole suite needs.
func (c *catalogue) unused(used []bool) Problems {
	var problems Problems
	for i, d := range c.list {
		if !used[i] {
			problems.add(d.file, d.line, "unused step definition %s", d.expr)
		}
	}
	return problems
}
