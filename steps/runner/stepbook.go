package runner

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
)

// A StepHelp is a step that scenarios can use, as people look it up.
type StepHelp struct {
	Keyword string `json:"keyword"` // the one it mostly follows; "" where no scenario has it
	Says    string `json:"says"`    // the step with … for what is given to it
	Example string `json:"example"` // as a scenario has it, with its keyword; "" where none has
	At      string `json:"at"`      // file:line of the example
	Rows    bool   `json:"rows"`    // a table follows
	Text    bool   `json:"text"`    // a text follows
	Uses    int    `json:"uses"`    // how many scenarios have it
	Pattern string `json:"pattern"` // the regular expression
	Defined string `json:"defined"` // where the definition stands
}

// Steps lists the definitions of a plan, in their order, each with an example out
// of the scenarios: the shortest there is.
func (p *Plan) Steps() []StepHelp {
	all := make([]StepHelp, len(p.defs))
	keywords := make([]map[string]int, len(p.defs))
	for i, d := range p.defs {
		all[i] = StepHelp{Says: d.says(), Pattern: d.expr.String(), Defined: d.at()}
		keywords[i] = map[string]int{}
	}
	for _, s := range p.book {
		for _, step := range s.Steps {
			if step.definition == 0 {
				continue
			}
			h := &all[step.definition-1]
			h.Uses++
			h.Rows, h.Text = h.Rows || step.Rows != nil, h.Text || step.extra && step.Rows == nil
			keyword := strings.TrimSpace(step.Keyword)
			keywords[step.definition-1][keyword]++
			if h.Example == "" || len(step.Text) < len(h.Example)-len(keyword)-1 {
				h.Example, h.At = step.String(), Scenario{File: s.File, Line: step.Line}.ID()
			}
		}
	}
	for i := range all {
		for _, keyword := range []string{"前提", "もし", "ならば", "かつ"} {
			if n := keywords[i][keyword]; n > 0 && (all[i].Keyword == "" || n > keywords[i][all[i].Keyword]) {
				all[i].Keyword = keyword
			}
		}
	}
	return all
}

var (
	aPerson  = regexp.MustCompile(`\(\\S\+さん\)`)
	aValue   = regexp.MustCompile(`\([^()?][^()]*\)`)
	aChoice  = regexp.MustCompile(`\(\?:([^()]*)\)`)
	person   = regexp.MustCompile(`[\p{Han}\p{Hiragana}\p{Katakana}]{1,4}さん`)
	number   = regexp.MustCompile(`[0-9]+`)
	unescape = regexp.MustCompile(`\\(.)`)
)

// says is a definition as people read it: 〜さん for a person, … for a value.
func (d definition) says() string {
	text := strings.TrimSuffix(strings.TrimPrefix(d.expr.String(), "^"), "$")
	text = strings.NewReplacer("「?", "", "」?", "", "回?", "回", "、?", "、").Replace(text) // a number needs no brackets
	text = aPerson.ReplaceAllString(text, "〜さん")
	text = aValue.ReplaceAllString(text, "…")
	text = aChoice.ReplaceAllString(text, "［$1］")
	return unescape.ReplaceAllString(strings.ReplaceAll(text, "|", "／"), "$1")
}

// spelt are the words of a definition, once for each choice that it leaves.
func spelt(says string) []string {
	before, rest, choice := strings.Cut(says, "［")
	among, after, closed := strings.Cut(rest, "］")
	if !choice || !closed {
		return []string{says}
	}
	var all []string
	for _, word := range strings.Split(among, "／") {
		all = append(all, spelt(before+word+after)...)
	}
	return all
}

// blank is a step's text with what is given to it left out, for comparison.
func blank(text string) string {
	text = person.ReplaceAllString(quoted.ReplaceAllString(text, "「…」"), "〜さん")
	return number.ReplaceAllString(text, "…")
}

// otherQuotes are how somebody may write a value who does not know 「」.
var otherQuotes = regexp.MustCompile(`"([^"]*)"|“([^”]*)”|『([^』]*)』|'([^']*)'|＂([^＂]*)＂`)

// nearest is the definition that a step most likely meant, as it would be written
// for this step; "" where none is near.
func (c *catalogue) nearest(s Step) string {
	meant := otherQuotes.ReplaceAllString(s.Text, "「$1$2$3$4$5」")
	text := []rune(blank(meant))
	type found struct {
		says string
		away int
	}
	var best []found
	for _, d := range c.list {
		for _, says := range spelt(d.says()) {
			best = append(best, found{says, distance(text, []rune(says))})
		}
	}
	if len(best) == 0 {
		return ""
	}
	near := slices.MinFunc(best, func(a, b found) int { return cmp.Compare(a.away, b.away) })
	if near.away*5 > len(text)*2 {
		return ""
	}
	return filled(near.says, meant)
}

// filled puts a step's own persons and values into the words of another, as far
// as there are some for each.
func filled(says, text string) string {
	people, values := person.FindAllString(text, -1), quoted.FindAllString(text, -1)
	says = replaceEach(says, "〜さん", people)
	return replaceEach(says, "「…」", values)
}

func replaceEach(text, what string, by []string) string {
	for _, b := range by {
		text = strings.Replace(text, what, b, 1)
	}
	return text
}
