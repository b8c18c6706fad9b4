package cli_test

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"io"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"example.com/netanswer/internal/cli"
)

// run carries out a command and returns what it writes to its standard output.
func run(ctx context.Context, args ...string) (string, error) {
	var out bytes.Buffer
	err := cli.Run(ctx, cli.Process{Out: &out, Err: io.Discard}, args)
	return out.String(), err
}

func TestAnUnknownCommandIsAnError(t *testing.T) {
	if _, err := run(t.Context(), "frobnicate"); err == nil || !strings.Contains(err.Error(), "frobnicate") {
		t.Error(err)
	}
	for _, asked := range []string{"help", "-h", "--help"} {
		if help, err := run(t.Context(), asked); err != nil || !strings.Contains(help, "netanswer verify steps") {
			t.Errorf("%s: %v\n%s", asked, err, help)
		}
	}
}

// helped are the commands with the subcommands that have flags of their own.
func helped() [][]string {
	all := [][]string{{"verify", "doctor"}, {"verify", "steps"}, {"verify", "new"}, {"verify", "defects"}, {"spec", "approve"}, {"spec", "check"},
		{"spec", "table"}, {"setup", "browser"}, {"issuer", "export"}, {"features", "export"}, {"target", "init"}}
	for _, name := range cli.Names() {
		all = append(all, []string{name})
	}
	return all
}

// TestEveryCommandHasHelpInTheLanguageThatIsAskedFor reads what -h says of each
// command line by line.
func TestEveryCommandHasHelpInTheLanguageThatIsAskedFor(t *testing.T) {
	japanese := regexp.MustCompile(`[ぁ-んァ-ヶ一-龠]`)
	english := regexp.MustCompile(`[a-z]{2,} [a-z]{2,} [a-z]{2,}`)
	for _, command := range helped() {
		for _, asked := range [][]string{{"-h"}, {"--help"}, {"-h", "-lang", "en"}} {
			var out, wrong strings.Builder
			err := cli.Run(t.Context(), cli.Process{Out: &out, Err: &wrong}, append(slices.Clone(command), asked...))
			told := out.String() + wrong.String()
			if err != nil && !errors.Is(err, flag.ErrHelp) || told == "" || command[0] != "help" && !strings.Contains(told, command[0]) {
				t.Errorf("%s %s: %v %q", command, asked, err, told)
			}
			for line := range strings.Lines(told) {
				plain := strings.NewReplacer("花子さん", "", "@発行元", "").Replace(line)
				foreign := english.MatchString(plain) && !japanese.MatchString(plain)
				if len(asked) == 3 {
					foreign = japanese.MatchString(plain)
				}
				if foreign {
					t.Errorf("%s %s says %q", command, asked, line)
				}
			}
		}
	}
}

func TestVersionIsToldAndTheNewestOfTheChangelog(t *testing.T) {
	changes, err := os.ReadFile("../../CHANGELOG.md")
	if err != nil {
		t.Fatal(err)
	}
	newest := regexp.MustCompile(`(?m)^## ([0-9.]+) `).FindSubmatch(changes)
	if newest == nil {
		t.Fatal("the changelog has no version")
	}
	want := "netanswer devel, after " + string(newest[1]) + " (go1."
	if said, err := run(t.Context(), "version", "-lang", "en"); err != nil || !strings.HasPrefix(said, want) {
		t.Errorf("%q %v, want %s", said, err, want)
	}
	if _, err := run(t.Context(), "version", "please"); err == nil || !strings.Contains(err.Error(), "please") {
		t.Error(err)
	}
}

func TestTheSchemaOfTargetsTakesNothingMore(t *testing.T) {
	if out, err := run(t.Context(), "target", "schema", "extra"); err == nil || out != "" {
		t.Errorf("%v, %d bytes written", err, len(out))
	}
	if out, err := run(t.Context(), "target", "schema"); err != nil || out == "" {
		t.Errorf("%v, %d bytes written", err, len(out))
	}
}
