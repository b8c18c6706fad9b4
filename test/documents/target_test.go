package documents_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"example.com/netanswer/features"
	"example.com/netanswer/internal/suite"
	"example.com/netanswer/mocks/clock"
	"example.com/netanswer/steps/external"
	"example.com/netanswer/steps/runner"
	"example.com/netanswer/steps/target"
	"example.com/netanswer/test/sandboxtest"
)

// targetOf reads a file of that text.
func targetOf(t *testing.T, text string) target.Target {
	t.Helper()
	read, err := target.Read("target.yaml", []byte(text), os.LookupEnv)
	if err != nil {
		t.Fatal(err)
	}
	environment, err := external.New(read, clock.Machine)
	if err == nil {
		err = environment.Misspelt(features.Files)
	}
	if err != nil {
		t.Fatal(err)
	}
	return read
}

func TestTheDocumentsTargetsAreReadAlike(t *testing.T) {
	t.Setenv("QA_TOKEN", "token-of-qa")
	t.Setenv("QA_PASSWORD", "password-of-qa")
	var both []target.Target
	for _, name := range []string{"docs/target.md", "docs/ja/target.md"} {
		_, rest, _ := strings.Cut(sandboxtest.Read(t, name), "```yaml\nweb:")
		block, _, _ := strings.Cut(rest, "```")
		both = append(both, targetOf(t, "web:"+block))
	}
	if diff := cmp.Diff(both[0], both[1], cmp.AllowUnexported(target.Target{})); diff != "" {
		t.Errorf("docs and docs/ja differ (-en +ja):\n%s", diff)
	}
}

// TestTheDocumentsSelectionSelects keeps the example for QA true: a line
// that hits nothing is an error.
func TestTheDocumentsSelectionSelects(t *testing.T) {
	for _, name := range []string{"docs/qa.md", "docs/ja/qa.md"} {
		text := sandboxtest.Read(t, name)
		found := regexp.MustCompile(`verify -driver api -tags '([^']+)' -at (\S+)`).FindStringSubmatch(text)
		if found == nil {
			t.Fatalf("%s has no example of a selection", name)
		}
		selection := runner.Selection{Tags: found[1], At: []string{found[2]}}
		result, err := suite.On(t.Context(), sandboxtest.Start(t), suite.Options{Drivers: []string{"api"}, Select: selection}, nil)
		if err != nil || !result.OK() {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// place is where a document sends its reader in the features.
var place = regexp.MustCompile(`(features/\w+/\w+\.feature):(\d+)`)

// TestTheDocumentsPlacesAreScenarios holds the lines that documents name: features
// grow, and a line that has moved is one that no scenario begins at.
func TestTheDocumentsPlacesAreScenarios(t *testing.T) {
	documents := []string{"README.md", "README.ja.md", "CONTRIBUTING.md"}
	for _, pattern := range []string{"../../docs/*.md", "../../docs/ja/*.md"} {
		found, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range found {
			documents = append(documents, strings.TrimPrefix(filepath.ToSlash(name), "../../"))
		}
	}
	seen := 0
	for _, name := range documents {
		for _, at := range place.FindAllStringSubmatch(sandboxtest.Read(t, name), -1) {
			lines := strings.Split(sandboxtest.Read(t, at[1]), "\n")
			line, err := strconv.Atoi(at[2])
			if err != nil || line < 1 || line > len(lines) || !scenarioLine.MatchString(lines[line-1]) {
				t.Errorf("%s names %s, where no scenario stands", name, at[0])
			}
			seen++
		}
	}
	if seen == 0 {
		t.Error("no document names a place")
	}
}

// scenarioLine is what documents name: a rule with all its scenarios, a scenario,
// or a row of its examples.
var scenarioLine = regexp.MustCompile(`^\s+(ルール:|シナリオ(アウトライン)?:|\|)`)
