package documents_test

import (
	"bytes"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"example.com/netanswer/internal/cli"
)

// TestEveryCommandIsInTheREADME compares the commands that -h lists with the tables
// of both READMEs.
func TestEveryCommandIsInTheREADME(t *testing.T) {
	var help bytes.Buffer
	if err := cli.Run(t.Context(), cli.Process{Out: &help}, []string{"-h"}); err != nil {
		t.Fatal(err)
	}
	listed := regexp.MustCompile(`(?m)^  netanswer ([a-z]+)`).FindAllStringSubmatch(help.String(), -1)
	if len(listed) < 20 {
		t.Fatalf("%d commands are listed", len(listed))
	}
	for _, name := range []string{"README.md", "README.ja.md"} {
		text, err := os.ReadFile(filepath.Join("..", "..", name))
		if err != nil {
			t.Fatal(err)
		}
		var rows []string
		for row := range strings.Lines(string(text)) {
			if strings.HasPrefix(row, "| `netanswer ") {
				rows = append(rows, row)
			}
		}
		for _, command := range listed {
			if !regexp.MustCompile("`netanswer " + command[1] + `\b`).MatchString(strings.Join(rows, "")) {
				t.Errorf("%s: its table of commands lacks %s", name, command[1])
			}
		}
	}
}
