package runner

import (
	"strings"

	messages "github.com/cucumber/messages/go/v34"
)

// A span is some lines of a file, counted from 1, both ends included.
type span struct{ first, last int }

func (s span) has(line int) bool { return s.first <= line && line <= s.last }

// A block is one シナリオ or outline and where it and what belongs to it stand.
type block struct {
	scenario    *messages.Scenario
	rule        *messages.Rule // nil outside of a ルール
	ruleLines   span           // its tags and its keyword
	backgrounds []span
	background  []*messages.Step // their steps
	body        span             // tags, keyword, steps; of an outline up to its 例
	tables      []span           // each 例 of an outline, from its tags to its last row
}

// A mark is the line where something begins. What it is ends where the next
// one begins.
type mark struct {
	first      int
	rule       *messages.Rule // set at its beginning
	background *messages.Background
	scenario   *messages.Scenario
}

// cut finds the blocks of a feature. All that follows a ルール belongs to it.
func (f *feature) cut() []block {
	var marks []mark
	for _, child := range f.doc.Children {
		if b := child.Background; b != nil {
			marks = append(marks, mark{first: int(b.Location.Line), background: b})
		}
		if s := child.Scenario; s != nil {
			marks = append(marks, mark{first: begin(s.Tags, s.Location), scenario: s})
		}
		if r := child.Rule; r != nil {
			marks = append(marks, mark{first: begin(r.Tags, r.Location), rule: r})
			for _, inner := range r.Children {
				if b := inner.Background; b != nil {
					marks = append(marks, mark{first: int(b.Location.Line), background: b})
				}
				if s := inner.Scenario; s != nil {
					marks = append(marks, mark{first: begin(s.Tags, s.Location), scenario: s})
				}
			}
		}
	}
	var (
		blocks []block
		common block // what the blocks to come have in common
		outer  block // the same without a rule
	)
	for i, m := range marks {
		next := len(f.lines) + 1
		if i+1 < len(marks) {
			next = marks[i+1].first
		}
		whole := f.trim(span{m.first, next - 1})
		switch {
		case m.rule != nil:
			if common.rule == nil {
				outer = common
			}
			common = outer.clone()
			common.rule, common.ruleLines = m.rule, span{m.first, int(m.rule.Location.Line)}
		case m.background != nil:
			common = common.clone()
			common.backgrounds = append(common.backgrounds, whole)
			common.background = append(common.background, m.background.Steps...)
		default:
			blocks = append(blocks, f.block(common, m.scenario, whole))
		}
	}
	return blocks
}

func (b block) clone() block {
	b.backgrounds = append([]span(nil), b.backgrounds...)
	b.background = append([]*messages.Step(nil), b.background...)
	return b
}

func (f *feature) block(common block, s *messages.Scenario, whole span) block {
	b := common
	b.scenario, b.body = s, whole
	for i, table := range s.Examples {
		first := begin(table.Tags, table.Location)
		if i == 0 {
			b.body = f.trim(span{whole.first, first - 1})
		}
		last := whole.last
		if i+1 < len(s.Examples) {
			last = begin(s.Examples[i+1].Tags, s.Examples[i+1].Location) - 1
		}
		b.tables = append(b.tables, f.trim(span{first, last}))
	}
	return b
}

// begin is the line of the first tag, or of the keyword where there is none.
func begin(tags []*messages.Tag, keyword *messages.Location) int {
	if len(tags) > 0 {
		return int(tags[0].Location.Line)
	}
	return int(keyword.Line)
}

// trim takes empty lines and comments off the end: they belong to nobody.
func (f *feature) trim(s span) span {
	for s.last > s.first {
		text := strings.TrimSpace(f.lines[s.last-1])
		if text != "" && !strings.HasPrefix(text, "#") {
			break
		}
		s.last--
	}
	return s
}

// excerpt is the text of the file with everything but the given lines and the
// head of the file blanked, so that what is left keeps its line numbers.
func (f *feature) excerpt(keep []span) []byte {
	keep = append(keep, span{1, int(f.doc.Location.Line)})
	end := 0
	for _, s := range keep {
		end = max(end, s.last)
	}
	kept := make([]string, end)
	for _, s := range keep {
		copy(kept[s.first-1:s.last], f.lines[s.first-1:s.last])
	}
	return []byte(strings.Join(kept, "\n") + "\n")
}
