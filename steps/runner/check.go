package runner

import (
	"regexp"
	"slices"
	"strings"

	gherkin "github.com/cucumber/gherkin/go/v42"
	messages "github.com/cucumber/messages/go/v34"
)

// check finds what Gherkin accepts in a file and then silently does not run,
// and what is wrong with its tags.
func (f *feature) check(known map[string]bool) Problems {
	c := checker{f: f, known: known, dialect: gherkin.DialectsBuiltin().GetDialect(f.doc.Language)}
	c.swallowed = c.keywords()
	c.description(f.doc.Description, f.doc.Location)
	c.tags(f.doc.Tags)
	for _, tag := range f.doc.Tags {
		if ruleTag.MatchString(tag.Name) {
			c.add(tag.Location, "rule tag %s stands on the 機能: put it on a ルール or シナリオ", tag.Name)
		}
	}
	if len(f.blocks) == 0 {
		c.add(f.doc.Location, "no scenario in this 機能")
	}
	for _, child := range f.doc.Children {
		if r := child.Rule; r != nil {
			c.rule(r)
		}
		if b := child.Background; b != nil {
			c.description(b.Description, b.Location)
		}
	}
	for _, b := range f.blocks {
		c.block(b)
	}
	for _, s := range f.scenarios() {
		c.scenario(s)
	}
	return c.problems
}

type checker struct {
	f         *feature
	known     map[string]bool
	dialect   *gherkin.Dialect
	swallowed *regexp.Regexp
	problems  Problems
}

func (c *checker) add(at *messages.Location, format string, args ...any) {
	c.problems.add(c.f.file, int(at.Line), format, args...)
}

// keywords matches a line that somebody took for a keyword's although Gherkin
// takes it for prose: 例: where no table follows, a colon of full width, an
// English keyword in a Japanese file.
func (c *checker) keywords() *regexp.Regexp {
	var words []string
	for _, d := range []*gherkin.Dialect{c.dialect, gherkin.DialectsBuiltin().GetDialect("en")} {
		for _, list := range [][]string{
			d.FeatureKeywords(), d.RuleKeywords(), d.BackgroundKeywords(),
			d.ScenarioKeywords(), d.ScenarioOutlineKeywords(), d.ExamplesKeywords(),
		} {
			for _, word := range list {
				words = append(words, regexp.QuoteMeta(word))
			}
		}
	}
	return regexp.MustCompile(`^(` + strings.Join(words, "|") + `)\s*[:：]`)
}

// description finds keywords in the prose below a keyword.
func (c *checker) description(text string, at *messages.Location) {
	line := int(at.Line)
	for _, part := range strings.Split(text, "\n") {
		part = strings.TrimSpace(part)
		if !c.swallowed.MatchString(part) {
			continue
		}
		for line < len(c.f.lines) && strings.TrimSpace(c.f.lines[line]) != part {
			line++
		}
		line++
		c.problems.add(
			c.f.file,
			line,
			"%q is swallowed as prose, with all that follows: write シナリオ: with a plain colon; 例 only heads the rows of an outline",
			part,
		)
	}
}

func (c *checker) tags(tags []*messages.Tag) {
	for _, tag := range tags {
		if wrong := tagProblem(tag.Name, c.known); wrong != "" {
			c.add(tag.Location, "%s", wrong)
		}
	}
}

func (c *checker) rule(r *messages.Rule) {
	c.description(r.Description, r.Location)
	c.tags(r.Tags)
	scenarios := 0
	for _, child := range r.Children {
		if child.Scenario != nil {
			scenarios++
		}
		if b := child.Background; b != nil {
			c.description(b.Description, b.Location)
		}
	}
	if scenarios == 0 {
		c.add(r.Location, "no scenario in the ルール %q", r.Name)
	}
}

func (c *checker) block(b block) {
	s := b.scenario
	c.description(s.Description, s.Location)
	c.tags(s.Tags)
	if len(s.Steps) == 0 {
		c.add(s.Location, "no step in %q", s.Name)
	}
	if len(s.Examples) == 0 && slices.Contains(c.dialect.ScenarioOutlineKeywords(), s.Keyword) {
		c.add(s.Location, "the outline %q has no 例", s.Name)
	}
	for _, table := range s.Examples {
		c.description(table.Description, table.Location)
		c.tags(table.Tags)
		if table.TableHeader == nil || len(table.TableBody) == 0 {
			c.add(
				table.Location,
				"%s %q has no rows, so that it and the scenario above are swallowed: write シナリオ: for a scenario",
				table.Keyword,
				table.Name,
			)
			continue
		}
		c.columns(s, table)
	}
}

var placeholder = regexp.MustCompile(`<([^<>\s]+)>`)

// columns finds <values> that no column gives.
func (c *checker) columns(s *messages.Scenario, table *messages.Examples) {
	given := map[string]bool{}
	for _, cell := range table.TableHeader.Cells {
		given[cell.Value] = true
	}
	missing := func(text string, at *messages.Location) {
		for _, m := range placeholder.FindAllStringSubmatch(text, -1) {
			if !given[m[1]] {
				c.add(at, "%s is no column of the 例 at line %d", m[0], table.Location.Line)
			}
		}
	}
	missing(s.Name, s.Location)
	for _, step := range s.Steps {
		missing(step.Text, step.Location)
	}
}

func (c *checker) scenario(s Scenario) {
	at := &messages.Location{Line: int64(s.Line)}
	if len(s.Rules) == 0 {
		c.add(at, "no rule tag on %q, nor on its ルール: which rule does it prove?", s.Name)
	}
	if slices.Contains(s.Tags, tagDesktop) && slices.Contains(s.Tags, tagPhone) {
		c.add(at, "%q is for %s only and for %s only, so it is never run", s.Name, tagDesktop, tagPhone)
	}
	if slices.Contains(s.Tags, tagIPhone) && slices.Contains(s.Tags, tagAndroid) {
		c.add(at, "%q is for %s only and for %s only, so it is never run", s.Name, tagIPhone, tagAndroid)
	}
	if !s.InApp() && s.Device() != "" || s.InApp() && (slices.Contains(s.Tags, tagDesktop) || slices.Contains(s.Tags, tagPhone)) {
		c.add(
			at,
			"%q is about the app and about the web: %s %s go with %s, %s %s do not",
			s.Name,
			tagIPhone,
			tagAndroid,
			tagApp,
			tagDesktop,
			tagPhone,
		)
	}
}
