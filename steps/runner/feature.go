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
	text = written(text)
	doc, err := gherkin.ParseGherkinDocument(bytes.NewReader(text), newID)
	if err != nil {
		return nil, parseProblems(file, err)
	}
	if doc.Feature == nil {
		return nil, Problems{{File: file, Text: "no 機能 in this file"}}
	}
	doc.Uri = file
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

var parseError = regexp.MustCompile(`^\((\d+):\d+\): (.*)$`)

// parseProblems takes Gherkin's list of errors apart, which is a text only.
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
		hint := ""
		if number == 1 && !strings.Contains(m[2], "# language") {
			hint = " (a Japanese file begins with \"# language: ja\")"
		}
		problems.add(file, number, "not Gherkin: %s%s", m[2], hint)
	}
	if len(problems) == 0 {
		problems.add(file, 0, "not Gherkin: %v", err)
	}
	return problems
}
