// Package documents_test keeps the documents true: what they tell to type is
// run, what they say of settings is generated, and what they link to is there.
package documents_test

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"example.com/netanswer/fixtures"
	"example.com/netanswer/test/sandboxtest"
)

// documents are the paths of all documents, from the root of the repository.
func documents(t *testing.T) []string {
	t.Helper()
	found := []string{"CONTRIBUTING.md", "README.ja.md", "README.md", "SECURITY.ja.md", "SECURITY.md"}
	root := sandboxtest.Path(t)
	err := filepath.WalkDir(filepath.Join(root, "docs"), func(path string, d fs.DirEntry, err error) error {
		if err == nil && filepath.Ext(path) == ".md" {
			path, err = filepath.Rel(root, path)
			found = append(found, filepath.ToSlash(path))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// TestTheREADMEsAreShort keeps them doors: they are read in one go.
func TestTheREADMEsAreShort(t *testing.T) {
	const most = 10 << 10
	for _, name := range []string{"README.md", "README.ja.md"} {
		if n := len(sandboxtest.Read(t, name)); n > most {
			t.Errorf("%s has %d bytes, at most %d are read in one go", name, n, most)
		}
	}
}

func TestEachDocumentIsThereInBothLanguages(t *testing.T) {
	var languages [2][]string
	for i, folder := range []string{"docs", "docs/ja"} {
		found, err := filepath.Glob(sandboxtest.Path(t, folder, "*.md"))
		if err != nil {
			t.Fatal(err)
		}
		for _, path := range found {
			languages[i] = append(languages[i], filepath.Base(path))
		}
	}
	if diff := cmp.Diff(languages[0], languages[1]); diff != "" {
		t.Errorf("docs and docs/ja have other documents (-en +ja):\n%s", diff)
	}
}

// TestEachDocumentBeginsWithACommand wants a block of commands before the first
// section.
func TestEachDocumentBeginsWithACommand(t *testing.T) {
	for _, name := range documents(t) {
		if strings.HasPrefix(name, "docs/adr/") && name != "docs/adr/README.md" {
			continue // a decision has no command
		}
		begins, _, _ := strings.Cut(sandboxtest.Read(t, name), "\n## ")
		if !strings.Contains(begins, "\n```sh\n") {
			t.Errorf("%s does not begin with a command", name)
		}
	}
}

var (
	link       = regexp.MustCompile(`\]\(([^)\s]+)\)`)
	heading    = regexp.MustCompile(`(?m)^#+ (.+)$`)
	fence      = regexp.MustCompile("(?s)```.*?```")
	notInATerm = regexp.MustCompile(`[^\p{L}\p{N}\p{M} _-]`)
)

// anchors are the names by which the headings of a document are linked to.
func anchors(text string) []string {
	var all []string
	for _, h := range heading.FindAllStringSubmatch(fence.ReplaceAllString(text, ""), -1) {
		all = append(all, strings.ReplaceAll(notInATerm.ReplaceAllString(strings.ToLower(h[1]), ""), " ", "-"))
	}
	return all
}

func TestLinksLeadSomewhere(t *testing.T) {
	for _, name := range append(documents(t), "CHANGELOG.md") {
		for _, found := range link.FindAllStringSubmatch(fence.ReplaceAllString(sandboxtest.Read(t, name), ""), -1) {
			if strings.Contains(found[1], "://") {
				continue // another site's
			}
			path, anchor, _ := strings.Cut(found[1], "#")
			to := name
			if path != "" {
				to = filepath.Join(filepath.Dir(name), path)
			}
			if _, err := os.Stat(sandboxtest.Path(t, to)); err != nil {
				t.Errorf("%s links to %s: %v", name, found[1], err)
			} else if anchor != "" && !slices.Contains(anchors(sandboxtest.Read(t, to)), anchor) {
				t.Errorf("%s links to %s, which has no such heading", name, found[1])
			}
		}
	}
}

// TestTheReadmesCountTheRules as the register does.
func TestTheReadmesCountTheRules(t *testing.T) {
	rules, err := fixtures.Rules()
	if err != nil {
		t.Fatal(err)
	}
	assumed := 0
	for _, rule := range rules {
		if rule.Assumed {
			assumed++
		}
	}
	for name, form := range map[string]string{"README.md": "%d documented rules, and %d assumed rules", "README.ja.md": "案内に書かれた%d件の規則と、案内にないため仮に決めた%d件の規則"} {
		if want := fmt.Sprintf(form, len(rules)-assumed, assumed); !strings.Contains(sandboxtest.Read(t, name), want) {
			t.Errorf("%s does not say %q", name, want)
		}
	}
}

// symbolOf is a link to a source, and the word of it that the link stands for.
var symbolOf = regexp.MustCompile("\\]\\((\\.\\./[^)#]+\\.(?:go|yaml))\\)(?::| の) `([^`]+)`")

// TestTheArchitectureNamesWhatIsThere reads the files that the tables of "Where things
// are" link to: each holds the word that the table names.
func TestTheArchitectureNamesWhatIsThere(t *testing.T) {
	for _, name := range []string{"docs/architecture.md", "docs/ja/architecture.md"} {
		found := symbolOf.FindAllStringSubmatch(sandboxtest.Read(t, name), -1)
		if len(found) < 9 {
			t.Errorf("%s names %d words of files only", name, len(found))
		}
		for _, row := range found {
			to := filepath.Join(filepath.Dir(name), row[1])
			if !regexp.MustCompile(`\b` + regexp.QuoteMeta(row[2]) + `\b`).MatchString(sandboxtest.Read(t, to)) {
				t.Errorf("%s: %s has no %s", name, to, row[2])
			}
		}
	}
}
