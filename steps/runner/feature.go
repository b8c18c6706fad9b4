package runner

import (
	"bytes"
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"strconv"
	"strings"

	gherkin "github.com/cucumber/gherkin/go/v42"
	messages "github.com/cucumber/messages/go/v34"

	"example.com/netanswer/fixtures"
)

// A feature is one parsed file.
type feature struct {
	file   string // as shown
	lines  []string
	source string
	whole  *messages.GherkinDocument
	doc    *messages.Feature // of the whole
	blocks []block
	// pickles are what Gherkin made of the blocks: one for a scenario, one for
	// each row of an outline.
	pickles []*messages.Pickle
	// own are the rules of a team's own register, whose tags no pattern tells.
	own []fixtures.Rule
}

// read parses every feature file below fsys. A file that cannot be parsed is a
// problem and left out.
func read(fsys fs.FS, root string) ([]*feature, Problems, error) {
	var (
		features []*feature
		problems Problems
		newID    = (&messages.Incrementing{}).NewId
	)
	err := fs.WalkDir(fsys, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || !strings.HasSuffix(name, ".feature") {
			return err
		}
		text, err := fs.ReadFile(fsys, name)
		if err != nil {
			return err
		}
		f, wrong := parse(path.Join(root, name), text, newID)
		problems = append(problems, wrong...)
		if f != nil {
			features = append(features, f)
		}
		return nil
	})
	if err != nil {
		return nil, nil, fmt.Errorf("read features: %w", err)
	}
	if len(features) == 0 && len(problems) == 0 {
		problems.add("", 0, "no feature file found")
	}
	return features, problems, nil
}

func parse(file string, text []byte, newID func() string) (*feature, Problems) {
	text, err := decode(text)
	if err != nil {
		return nil, Problems{{File: file, Text: err.Error()}}
	}
	text = written(text)
	if n := tooLong(text); n > 0 {
		return nil, Problems{{File: file, Line: n, Text: fmt.Sprintf("this line is longer than %d bytes", longestLine)}}
	}
	dialect := language(text)
	doc, err := gherkin.ParseGherkinDocumentForLanguage(bytes.NewReader(text), dialect, newID)
	if err != nil {
		return nil, parseProblems(file, err)
	}
	if doc.Feature == nil {
		return nil, Problems{{File: file, Text: "no 機能 in this file"}}
	}
	if doc.Uri = file; doc.Feature.Language == gherkin.DefaultDialect {
		doc.Feature.Language = dialect // Gherkin tells the one that the file itself tells
	}
	if n := stepsOf(doc.Feature); n > mostSteps {
		return nil, Problems{{File: file, Text: fmt.Sprintf("%d steps, with those of each row of 例; a file has %d at most", n, mostSteps)}}
	}
	f := &feature{
		file:    file,
		lines:   strings.Split(string(text), "\n"),
		source:  string(text),
		whole:   doc,
		doc:     doc.Feature,
		pickles: gherkin.Pickles(*doc, file, newID),
	}
	f.blocks = f.cut()
	return f, nil
}

var (
	parseError = regexp.MustCompile(`^\((\d+):\d+\): (.*)$`)
	unexpected = regexp.MustCompile(`^expected: (.*), got '(.*)'$`)
	ended      = regexp.MustCompile(`^unexpected end of file, expected: (.*)$`)
	noColon    = regexp.MustCompile(`^\s*(機能|ルール|背景|シナリオアウトライン|シナリオテンプレート|テンプレ|シナリオ|例|サンプル)(?:[\s　][^:：]*)?$`)
	noScenario = regexp.MustCompile(`^\s*例[：:]`)
)

// parseProblems takes Gherkin's list of errors apart, which is a text only. Where the
// beginning of something is not read, each line to the end is another error: the first
// is told alone.
func parseProblems(file string, err error) Problems {
	var problems Problems
	for _, line := range strings.Split(err.Error(), "\n") {
		m := parseError.FindStringSubmatch(line)
		if m == nil {
			continue
		}
		number, convErr := strconv.Atoi(m[1])
		if convErr != nil {
			continue // the expression above lets digits pass only
		}
		if end := ended.FindStringSubmatch(m[2]); end != nil {
			problems.add(file, number, "not Gherkin: unexpected end of file, expected: %s", tokens(end[1]))
			continue
		}
		said := unexpected.FindStringSubmatch(m[2])
		if said == nil {
			problems.add(file, number, "not Gherkin: %s", m[2])
			continue
		}
		hint := ""
		switch {
		case noScenario.MatchString(said[2]) && !strings.Contains(said[1], "#ExamplesLine"):
			hint = " (a scenario begins with シナリオ:, 例: heads the rows of an outline)"
		case noColon.MatchString(said[2]):
			hint = " (a colon belongs behind " + noColon.FindStringSubmatch(said[2])[1] + ")"
		case strings.Contains(said[1], "#FeatureLine"):
			hint = " (a Japanese file begins with \"# language: ja\" and 機能:)"
		}
		problems.add(file, number, "not Gherkin: expected: %s, got '%s'%s", tokens(said[1]), strings.TrimSpace(said[2]), hint)
		if hint != "" {
			break
		}
	}
	if len(problems) == 0 {
		problems.add(file, 0, "not Gherkin: %v", err)
	}
	return problems
}

// tokens writes what Gherkin expects as it stands in a file.
func tokens(expected string) string {
	var all []string
	for _, t := range strings.Split(expected, ", ") {
		if as, ok := tokenSigns[t]; ok {
			t = as
		}
		if t != "" {
			all = append(all, t)
		}
	}
	return strings.Join(all, " ")
}

// tokenSigns are how Gherkin's tokens begin. What may stand anywhere has none.
var tokenSigns = map[string]string{"#FeatureLine": "機能:", "#RuleLine": "ルール:", "#BackgroundLine": "背景:",
	"#ScenarioLine": "シナリオ:", "#ExamplesLine": "例:", "#StepLine": "前提・もし・ならば", "#TableRow": "|",
	"#DocStringSeparator": `"""`, "#TagLine": "@", "#Language": "# language:", "#Comment": "", "#Empty": "", "#EOF": "",
	"#Other": ""}
