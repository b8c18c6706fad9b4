// Mutants tries every small change of the source: make mutants.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strings"

	"example.com/netanswer/internal/mutate"
	"example.com/netanswer/mocks/clock"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx); err != nil {
		fmt.Fprintln(os.Stderr, "mutants:", err)
		os.Exit(1)
	}
}

// rules are the packages of the rules, cores those of the providers.
var (
	rules = []string{"./sandbox/registration", "./sandbox/account", "./sandbox/world"}
	cores = []string{"./mocks/fault", "./mocks/issuer", "./mocks/ivr", "./mocks/mailbox", "./mocks/passcode", "./mocks/sms"}
)

func run(ctx context.Context) error {
	c := mutate.Config{Root: ".", Log: os.Stderr, Now: clock.Machine}
	var changed, packages, out string
	flag.StringVar(&changed, "changed", "", "only what differs from this commit")
	flag.StringVar(&packages, "packages", strings.Join(append(rules, cores...), ","), "packages that are mutated, with commas between them")
	flag.IntVar(&c.Walks, "walks", 80, "how many walks try what scenarios do not notice")
	flag.IntVar(&c.Scenarios, "scenarios", 0, "how many of the scenarios that reach a mutant try it; 0 for all")
	flag.IntVar(&c.Workers, "workers", 2, "mutants at once")
	flag.BoolVar(&c.Unit, "unit", true, "the package's own tests try what is left")
	flag.StringVar(&out, "out", "reports/mutants.md", "file of the report")
	flag.Parse()
	c.Packages = strings.Split(packages, ",")
	if changed != "" {
		lines, err := changedLines(ctx, changed)
		if err != nil {
			return err
		}
		c.Only = func(m mutate.Mutant) bool { return lines[fmt.Sprintf("%s:%d", m.File, m.Line)] }
	}
	verdicts, failed := mutate.Run(ctx, c)
	if len(verdicts) == 0 {
		return failed
	}
	whole := changed == "" && packages == flag.Lookup("packages").DefValue
	excused := mutate.Excuse("internal/mutate/equivalent.txt", verdicts, whole)
	if err := os.MkdirAll(filepath.Dir(out), 0o755); err != nil {
		return err
	}
	file, err := os.Create(out)
	if err != nil {
		return err
	}
	return errors.Join(failed, excused, mutate.Write(file, verdicts), mutate.Write(os.Stdout, verdicts), file.Close())
}

// changedLines are the lines that differ from a commit, as file:line.
func changedLines(ctx context.Context, commit string) (map[string]bool, error) {
	out, err := exec.CommandContext(ctx, "git", "diff", "--unified=0", commit, "--", "*.go").Output()
	if err != nil {
		return nil, fmt.Errorf("git diff %s: %w", commit, err)
	}
	lines, file := map[string]bool{}, ""
	for _, line := range strings.Split(string(out), "\n") {
		if name, ok := strings.CutPrefix(line, "+++ b/"); ok {
			file = name
		}
		var at, n int
		if hunk, ok := strings.CutPrefix(line, "@@ "); ok {
			_, place, _ := strings.Cut(hunk, "+")
			place, _, _ = strings.Cut(place, " ")
			if _, err := fmt.Sscanf(place, "%d,%d", &at, &n); err != nil {
				n = 1
				if _, err := fmt.Sscanf(place, "%d", &at); err != nil {
					return nil, fmt.Errorf("git diff: %q", line)
				}
			}
			for i := range n {
				lines[fmt.Sprintf("%s:%d", file, at+i)] = true
			}
		}
	}
	return lines, nil
}
