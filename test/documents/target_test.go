package documents_test

import (
	"os"
	"regexp"
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
