package runner

import (
	"bytes"
	"path"
	"regexp"
	"slices"
	"strings"

	gherkin "github.com/cucumber/gherkin/go/v42"
	"golang.org/x/text/unicode/norm"
)

// written is a feature file as its writer means it: without a byte order mark,
// with line ends of Unix, indented by plain spaces, with a plain space after a
// step's keyword and plain spaces in a table and between tags, with a plain colon
// after what heads something, with values in brackets of full width. The @ of a tag
// and what tells the language may be of full width. What stands in a text between
// quotes of three stays as it is.
func written(text []byte) []byte {
	text = bytes.TrimPrefix(text, []byte("\ufeff"))
	text = bytes.ReplaceAll(text, []byte("\r\n"), []byte("\n"))
	text = bytes.ReplaceAll(text, []byte("\r"), []byte("\n"))
	if !bytes.ContainsAny(text, "　\u00a0＠＃：｢｣") {
		return text
	}
	var out strings.Builder
	quotes := ""
	for line := range strings.Lines(string(text)) {
		bare := strings.Trim(line, blanks+"\n")
		switch {
		case quotes != "":
			if bare == quotes {
				quotes, line = "", indented(line)
			}
		case strings.HasPrefix(bare, `"""`) || strings.HasPrefix(bare, "```"):
			quotes, line = bare[:3], indented(line)
		default:
			line = plainLine(indented(line))
		}
		out.WriteString(line)
	}
	return []byte(out.String())
}

// blanks are what people indent with.
const blanks = " \t　\u00a0"

// indented writes the blanks before a line as plain spaces, one of full width as
// two.
func indented(line string) string {
	rest := strings.TrimLeft(line, blanks)
	indent := line[:len(line)-len(rest)]
	return strings.NewReplacer("　", "  ", "\u00a0", " ").Replace(indent) + rest
}

// plainLine writes the blanks that mean something in a line as plain ones.
func plainLine(line string) string {
	indent := line[:len(line)-len(strings.TrimLeft(line, " \t"))]
	rest := line[len(indent):]
	switch {
	case strings.HasPrefix(rest, "@") || strings.HasPrefix(rest, "＠"):
		return indent + strings.NewReplacer("　", " ", "\u00a0", " ", "＠", "@").Replace(rest)
	case strings.HasPrefix(rest, "|") && strings.Contains(rest, `\|`):
		return line // an edge that is none stands in a cell
	case strings.HasPrefix(rest, "|"):
		return indent + strings.TrimSpace(cellEdge.ReplaceAllString(strings.TrimRight(rest, "\n"), " | ")) + "\n"
	}
	if m := toldLanguage.FindStringSubmatch(rest); m != nil {
		return indent + "# language: " + m[1] + "\n"
	}
	for _, keyword := range headKeywords {
		if after, ok := strings.CutPrefix(rest, keyword); ok {
			if says, ok := strings.CutPrefix(strings.TrimLeft(after, blanks), "："); ok {
				return indent + keyword + ":" + says
			}
		}
	}
	for _, keyword := range stepKeywords {
		if after, ok := strings.CutPrefix(rest, keyword); ok {
			rest = brackets.Replace(rest)
			if said := strings.TrimLeft(after, blanks); said != after {
				return indent + keyword + " " + brackets.Replace(said)
			}
			break
		}
	}
	return indent + rest
}

// japaneseDialect is the Gherkin of a file that begins with 機能.
const japaneseDialect = "ja"

// language is the dialect of a file that does not tell it: Japanese where the first
// thing in it begins as a Japanese feature does. Of one that tells it, it is not asked.
func language(text []byte) string {
	for line := range strings.Lines(string(text)) {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") || strings.HasPrefix(line, "@") {
			continue
		}
		for _, keyword := range gherkin.DialectsBuiltin().GetDialect(japaneseDialect).FeatureKeywords() {
			if strings.HasPrefix(line, keyword+":") {
				return japaneseDialect
			}
		}
		break
	}
	return gherkin.DefaultDialect
}

var (
	cellEdge = regexp.MustCompile(`[　\x{00a0} \t]*[|][　\x{00a0} \t]*`)

	toldLanguage = regexp.MustCompile(`^[#＃][　\s]*language[　\s]*[:：][　\s]*([A-Za-z-]+)[　\s]*$`)

	// brackets are how values are written, in half width too.
	brackets = strings.NewReplacer("｢", "「", "｣", "」")

	// stepKeywords begin the steps of a Japanese file, and headKeywords what has steps
	// or rows, the longest first.
	stepKeywords = longestFirst((*gherkin.Dialect).StepKeywords)
	headKeywords = longestFirst((*gherkin.Dialect).FeatureKeywords, (*gherkin.Dialect).RuleKeywords,
		(*gherkin.Dialect).BackgroundKeywords, (*gherkin.Dialect).ScenarioKeywords,
		(*gherkin.Dialect).ScenarioOutlineKeywords, (*gherkin.Dialect).ExamplesKeywords)
)

func longestFirst(kinds ...func(*gherkin.Dialect) []string) (all []string) {
	d := gherkin.DialectsBuiltin().GetDialect(japaneseDialect)
	for _, of := range kinds {
		for _, k := range of(d) {
			if k = strings.TrimSpace(k); k != "*" {
				all = append(all, k)
			}
		}
	}
	slices.SortFunc(all, func(a, b string) int { return len(b) - len(a) })
	return all
}

// ownTags are the tags of a team's own features that mean nothing here: those of
// a tracker, of a stage, of a team. One that nearly is one of ours is a mistake,
// and not among them.
func ownTags(features []*feature, known map[string]bool, allowed []string) []string {
	var own []string
	for _, f := range features {
		for _, s := range f.scenarios() {
			for _, tag := range s.Tags {
				if !knownTag(tag) && !known[strings.TrimPrefix(tag, "@")] && teams(tag, allowed) && !slices.Contains(own, tag) {
					own = append(own, tag)
				}
			}
		}
	}
	return own
}

// teams tells whether a tag may be a team's own: as it was allowed, or where
// nothing was, as it is no rule's and not nearly one of ours.
func teams(tag string, allowed []string) bool {
	if len(allowed) == 0 {
		return !ruleTag.MatchString(tag) && nearly(tag) == ""
	}
	return slices.ContainsFunc(allowed, func(pattern string) bool {
		ok, err := path.Match(strings.TrimPrefix(pattern, "@"), strings.TrimPrefix(tag, "@"))
		return err == nil && ok
	})
}

// nearly is the tag of ours that a tag was meant to be, "" where it was none: in
// other letters or widths, with one too many, too few or wrong, or a rule's
// without its hyphen.
func nearly(tag string) string {
	plain := strings.ToLower(norm.NFKC.String(tag))
	for _, known := range knownTags {
		k := strings.ToLower(norm.NFKC.String(known))
		if plain == k || distance([]rune(plain), []rune(k)) == 1 && len([]rune(k)) > 3 {
			return known
		}
	}
	if m := looseRule.FindStringSubmatch(plain); m != nil {
		return "@" + m[1] + "-" + m[2]
	}
	return ""
}

var looseRule = regexp.MustCompile(`^@(p\d+|[asmt])[-_. ]?(\d{1,2})$`)

// distance is how many letters differ between two words: put in, left out or
// another.
func distance(a, b []rune) int {
	before := make([]int, len(b)+1)
	for j := range before {
		before[j] = j
	}
	for i, x := range a {
		now := make([]int, len(b)+1)
		now[0] = i + 1
		for j, y := range b {
			same := before[j]
			if x != y {
				same++
			}
			now[j+1] = min(same, before[j+1]+1, now[j]+1)
		}
		before = now
	}
	return before[len(b)]
}
