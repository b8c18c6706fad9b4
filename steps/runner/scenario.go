package runner

import (
	"fmt"
	"slices"
	"strings"

	messages "github.com/cucumber/messages/go/v34"
)

// A Scenario is one thing to be tried: a シナリオ, or one row of an outline.
type Scenario struct {
	File    string   // as shown in reports
	Line    int      // of the keyword, or of the row
	Feature string   // the name of its 機能
	Rule    string   // the sentence of its ルール, "" outside of one
	Name    string   // with the row's values put in
	Tags    []string // its own and inherited, each once, with their @
	Rules   []string // the ids of the rules it proves, out of Tags
	Steps   []Step   // those of the 背景 first

	// Repetition counts from 1 where the scenario is tried several times.
	Repetition int

	place    []span // lines of the file that stand for it
	excerpt  []byte // the file with everything else blanked
	language string // of the excerpt, which need not tell it
	uses     []int  // its step definitions, each once
}

// A Step is one line of a scenario.
type Step struct {
	Keyword string // 前提, もし, ならば, …
	Text    string // with the row's values put in
	Line    int
	Rows    [][]string // of the table that follows it, nil for none
	Doc     string     // the text that follows it, "" for none

	match messages.PickleStepType
	extra bool // a table or a text follows it

	definition int // from 1, in the order of the plan's; 0 where it has none
}

// String is the step as it is written, its keyword set apart by a space, which
// Japanese does not ask for.
func (s Step) String() string { return strings.TrimSpace(s.Keyword) + " " + s.Text }

// ID names the scenario in the whole suite: file:line.
func (s Scenario) ID() string { return fmt.Sprintf("%s:%d", s.File, s.Line) }

// Written is the scenario as it is written, from its 背景 to its last step or row,
// with the lines of its 機能 and ルール.
func (s Scenario) Written() string { return string(s.excerpt) }

// scenarios lists what there is to be tried in a feature.
func (f *feature) scenarios() []Scenario {
	blocks := make(map[string]block, len(f.blocks))
	for _, b := range f.blocks {
		blocks[b.scenario.Id] = b
	}
	list := make([]Scenario, 0, len(f.pickles))
	for _, p := range f.pickles {
		list = append(list, f.scenario(p, blocks[p.AstNodeIds[0]]))
	}
	return list
}

func (f *feature) scenario(p *messages.Pickle, b block) Scenario {
	s := Scenario{
		File:    f.file,
		Line:    int(b.scenario.Location.Line),
		Feature: f.doc.Name,
		Name:    p.Name,
		place:   []span{{int(f.doc.Location.Line), int(f.doc.Location.Line)}, b.body},
	}
	keep := append([]span{b.body}, b.backgrounds...)
	if b.rule != nil {
		s.Rule = b.rule.Name
		s.place = append(s.place, b.ruleLines)
		keep = append(keep, b.ruleLines)
	}
	if len(p.AstNodeIds) > 1 {
		head, row := b.row(p.AstNodeIds[1])
		s.Line = row
		s.place = append(s.place, head, span{row, row})
		keep = append(keep, head, span{row, row})
	}
	for _, tag := range p.Tags {
		if !slices.Contains(s.Tags, tag.Name) {
			s.Tags = append(s.Tags, tag.Name)
		}
	}
	s.Rules = ruleIDs(s.Tags)
	s.prove(f.own)
	s.Steps = b.steps(p)
	s.excerpt, s.language = f.excerpt(keep), f.doc.Language
	return s
}

// row finds a row of the outline's tables: the lines from the tags of its 例
// to the names of the columns, and its own.
func (b block) row(id string) (head span, line int) {
	for i, table := range b.scenario.Examples {
		for _, row := range table.TableBody {
			if row.Id == id {
				return span{b.tables[i].first, int(table.TableHeader.Location.Line)}, int(row.Location.Line)
			}
		}
	}
	// Gherkin made the pickle of one of these rows.
	panic("suite: a pickle of no row: " + id)
}

// steps joins what Gherkin made of the steps with how they were written.
func (b block) steps(p *messages.Pickle) []Step {
	written := make(map[string]*messages.Step, len(b.background)+len(b.scenario.Steps))
	for _, steps := range [][]*messages.Step{b.background, b.scenario.Steps} {
		for _, w := range steps {
			written[w.Id] = w
		}
	}
	steps := make([]Step, 0, len(p.Steps))
	for _, ps := range p.Steps {
		w := written[ps.AstNodeIds[0]]
		step := Step{
			Keyword: w.Keyword,
			Text:    ps.Text,
			Line:    int(w.Location.Line),
			match:   ps.Type,
			extra:   ps.Argument != nil,
		}
		step.Rows, step.Doc = follows(ps.Argument)
		steps = append(steps, step)
	}
	return steps
}

// follows is the table or the text of a step.
func follows(a *messages.PickleStepArgument) (rows [][]string, doc string) {
	switch {
	case a == nil:
	case a.DocString != nil:
		doc = a.DocString.Content
	case a.DataTable != nil:
		for _, r := range a.DataTable.Rows {
			var row []string
			for _, c := range r.Cells {
				row = append(row, c.Value)
			}
			rows = append(rows, row)
		}
	}
	return rows, doc
}
