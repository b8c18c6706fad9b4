package documents_test

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"example.com/netanswer/internal/settings"
	"example.com/netanswer/sandbox/server"
	"example.com/netanswer/test/sandboxtest"
)

var update = flag.Bool("update", false, "write the tables of settings anew")

// The table of settings stands between these lines of a page.
const (
	tableBegins = "<!-- settings: made by go test ./test/documents -update -->\n"
	tableEnds   = "<!-- end of settings -->\n"
)

// A language is how a page tells of a setting.
type language struct {
	page  string
	head  string
	group func(string) (string, bool)
	usage func(settings.Setting) (string, bool)
}

// english is the language of the table itself.
var english = language{
	page:  "docs/settings.md",
	head:  "| Flag | Variable | Default | Meaning |",
	group: func(title string) (string, bool) { return strings.ToUpper(title[:1]) + title[1:], title != "" },
	usage: func(s settings.Setting) (string, bool) { return s.Usage, s.Usage != "" },
}

// japanese has titles of its own.
var japanese = language{
	page:  "docs/ja/settings.md",
	head:  "| フラグ | 環境変数 | 初めの値 | 意味 |",
	group: func(title string) (string, bool) { words, ok := groupsInJapanese[title]; return words, ok },
	usage: func(s settings.Setting) (string, bool) { return s.Japanese, s.Japanese != "" },
}

// table is the table of settings, a section for each group.
func (l language) table(t *testing.T) string {
	t.Helper()
	var text strings.Builder
	group := ""
	for _, s := range server.Settings() {
		if s.Group != group {
			group = s.Group
			title, ok := l.group(group)
			if !ok {
				t.Errorf("%s has no words for the group %q", l.page, group)
			}
			fmt.Fprintf(&text, "\n## %s\n\n%s\n|---|---|---|---|\n", title, l.head)
		}
		usage, ok := l.usage(s)
		if !ok {
			t.Errorf("%s has no words for -%s: %s", l.page, s.Flag, s.Usage)
		}
		initial := "–"
		if s.Default != "" {
			initial = "`" + s.Default + "`"
		}
		fmt.Fprintf(&text, "| `-%s` | `%s` | %s | %s |\n", s.Flag, s.Variable, initial, strings.ReplaceAll(usage, "|", `\|`))
	}
	return text.String() + "\n"
}

func TestTheTablesOfSettingsAreThoseOfTheProgram(t *testing.T) {
	for _, l := range []language{english, japanese} {
		t.Run(l.page, func(t *testing.T) {
			text := sandboxtest.Read(t, l.page)
			before, rest, begins := strings.Cut(text, tableBegins)
			_, after, ends := strings.Cut(rest, tableEnds)
			if !begins || !ends {
				t.Fatalf("%s has no table between %q and %q", l.page, tableBegins, tableEnds)
			}
			want := before + tableBegins + l.table(t) + tableEnds + after
			if *update && want != text {
				if err := os.WriteFile(sandboxtest.Path(t, l.page), []byte(want), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			if diff := cmp.Diff(want, text); diff != "" {
				t.Errorf("the table is not that of the program; go test ./test/documents -update writes it (-want +got):\n%s", diff)
			}
		})
	}
}

func TestTheJapaneseTitlesAreOfGroups(t *testing.T) {
	groups := map[string]bool{}
	for _, s := range server.Settings() {
		groups[s.Group] = true
	}
	for title := range groupsInJapanese {
		if !groups[title] {
			t.Errorf("there is no group %q", title)
		}
	}
}

// TestTheVariablesOfTheTestsAreTold keeps the pages whole about variables that
// are no setting of serve.
func TestTheVariablesOfTheTestsAreTold(t *testing.T) {
	for _, page := range []string{english.page, japanese.page} {
		text := sandboxtest.Read(t, page)
		for _, name := range []string{settings.Cache, settings.TestDrivers, settings.TestReports, settings.TestBreaks} {
			if !strings.Contains(text, "`"+name+"`") {
				t.Errorf("%s does not tell of %s", page, name)
			}
		}
	}
}
