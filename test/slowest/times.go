package main

import (
	"bufio"
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"example.com/netanswer/steps/runner"
)

// times are where the time of one go test went.
type times struct {
	Command         string
	Wall, Processor float64 // seconds; the processor's are those of everything it started
	Tests           []test
}

// add adds a line to a file, which is made where there is none.
func (s times) add(file string) error {
	text, err := json.Marshal(s)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(file), 0o777); err != nil {
		return err
	}
	f, err := os.OpenFile(file, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o666)
	if err != nil {
		return err
	}
	_, err = f.Write(append(text, '\n'))
	return cmp.Or(err, f.Close())
}

// readTimes reads the runs in a file.
func readTimes(file string) (all []times, err error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	in := json.NewDecoder(bufio.NewReader(f))
	for in.More() {
		var one times
		if err := in.Decode(&one); err != nil {
			return nil, fmt.Errorf("%s: %w", file, err)
		}
		all = append(all, one)
	}
	return all, nil
}

// How much of each failed test is told again: who reads a log from its end, or is
// shown only that, sees what was wrong. The whole stands where it was printed first.
const (
	againLines   = 24
	againLetters = 240
)

// tellFailed writes the beginnings of what failed tests printed.
func tellFailed(out io.Writer, all []failure) error {
	if len(all) == 0 {
		return nil
	}
	var lines strings.Builder
	fmt.Fprintf(&lines, "failed tests: %d, again from above\n", len(all))
	for _, f := range all {
		fmt.Fprintln(&lines, strings.TrimPrefix(f.Package, module))
		said := strings.Split(strings.TrimSuffix(f.text, "\n"), "\n")
		for _, line := range said[:min(len(said), againLines)] {
			if letters := []rune(line); len(letters) > againLetters {
				line = string(letters[:againLetters]) + "…"
			}
			fmt.Fprintln(&lines, "    "+line)
		}
		if more := len(said) - againLines; more > 0 {
			fmt.Fprintf(&lines, "    … and %d lines\n", more)
		}
	}
	_, err := io.WriteString(out, lines.String())
	return err
}

// module is what the names of packages begin with.
const module = "example.com/netanswer/"

// many is how many of each kind are told.
const many = 10

// A spell is something that took a while.
type spell struct {
	what    string
	seconds float64
}

// tellAll writes where the time of the runs in a file went.
func tellAll(out io.Writer, file string, durations []string) error {
	runs, err := readTimes(file)
	if err != nil {
		return err
	}
	var lines strings.Builder
	var packages, tests []spell
	fmt.Fprintln(&lines, "where the time went")
	for _, r := range runs {
		fmt.Fprintf(&lines, "%8.1f s, %.1f s of processors: %s\n", r.Wall, r.Processor, shortened(r.Command))
		for _, t := range r.Tests {
			name := strings.TrimPrefix(t.Package, module)
			if t.Name == "" {
				packages = append(packages, spell{name, t.Seconds})
			} else {
				tests = append(tests, spell{name + " " + t.Name, t.Seconds})
			}
		}
	}
	tellSlowest(&lines, "packages", packages)
	tellSlowest(&lines, "tests", tests)
	scenarios, err := slowScenarios(durations)
	if err != nil {
		return err
	}
	tellSlowest(&lines, "scenarios", scenarios)
	_, err = io.WriteString(out, lines.String())
	return err
}

// shortened is a command that may name every package there is.
func shortened(command string) string {
	if letters := []rune(command); len(letters) > 150 {
		return string(letters[:150]) + "…"
	}
	return command
}

// slowScenarios are those of the reports that there are.
func slowScenarios(durations []string) (all []spell, err error) {
	for _, file := range durations {
		if _, err := os.Stat(file); os.IsNotExist(err) { // nothing was tried
			continue
		}
		known, err := runner.ReadDurations(file)
		if err != nil {
			return nil, err
		}
		for driver, of := range known {
			for name, seconds := range of {
				all = append(all, spell{driver + " " + name, seconds})
			}
		}
	}
	return all, nil
}

func tellSlowest(out *strings.Builder, of string, all []spell) {
	slices.SortFunc(all, func(a, b spell) int {
		return cmp.Or(cmp.Compare(b.seconds, a.seconds), cmp.Compare(a.what, b.what))
	})
	if len(all) > 0 {
		fmt.Fprintf(out, "slowest %s of %d\n", of, len(all))
	}
	for _, s := range all[:min(len(all), many)] {
		fmt.Fprintf(out, "%8.1f s  %s\n", s.seconds, s.what)
	}
}
