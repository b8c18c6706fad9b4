package mutate

import (
	"bufio"
	"cmp"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
)

// Excuse marks the mutants that a reviewed file says are equivalent: lines of a key, a
// tab, and why. An entry that fits no mutant, or one that was noticed, is an error.
func Excuse(file string, verdicts []Verdict, whole bool) error {
	f, err := os.Open(file)
	if err != nil {
		return err
	}
	defer f.Close() // only read
	left := map[string]string{}
	for in := bufio.NewScanner(f); in.Scan(); {
		line := in.Text()
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		key, why, ok := strings.Cut(line, "\t")
		if !ok || why == "" {
			return fmt.Errorf("%s: %q says not why", file, line)
		}
		left[key] = why
	}
	used := map[string]bool{}
	for i, v := range verdicts {
		if why, ok := left[v.Key()]; ok {
			used[v.Key()] = true
			if v.By == "" || v.By == "unit tests" {
				verdicts[i].Excused = why
			}
		}
	}
	for key := range left {
		if whole && !used[key] {
			return fmt.Errorf("%s: no mutant is %q any more", file, key)
		}
	}
	return nil
}

// A Score counts the mutants of a package or of an operator.
type Score struct {
	Name                                              string
	Scenarios, Walks, Time, Unit, Survived, Unreached int
	Excused                                           int
}

func (s *Score) count(v Verdict) {
	switch {
	case v.Excused != "":
		s.Excused++
	case v.By == "unit tests":
		s.Unit++
	case v.By == "time":
		s.Time++
	case strings.HasPrefix(v.By, "walk"):
		s.Walks++
	case v.By != "":
		s.Scenarios++
	case v.Reached:
		s.Survived++
	default:
		s.Unreached++
	}
}

// Noticed is the part of those that are not equivalent that scenarios and walks
// noticed, in percent.
func (s Score) Noticed() float64 {
	noticed := s.Scenarios + s.Walks + s.Time
	all := noticed + s.Unit + s.Survived + s.Unreached
	if all == 0 {
		return 100
	}
	return 100 * float64(noticed) / float64(all)
}

// Scores are those of the verdicts by what name says, and of all.
func Scores(verdicts []Verdict, name func(Verdict) []string) (scores []Score) {
	by := map[string]*Score{}
	for _, v := range verdicts {
		for _, n := range name(v) {
			if by[n] == nil {
				by[n] = &Score{Name: n}
			}
			by[n].count(v)
		}
	}
	for _, s := range by {
		scores = append(scores, *s)
	}
	slices.SortFunc(scores, func(a, b Score) int { return cmp.Compare(a.Name, b.Name) })
	return scores
}

// part is the package of a mutant, told apart where its file is about what somebody
// who tests sets and not about a rule.
func (v Verdict) part() string {
	switch v.File {
	case "sandbox/registration/duration.go", "sandbox/registration/policy.go":
		return v.Package + ", how a policy is written"
	}
	return v.Package
}

// Write tells the scores, and every survivor with its place and change.
func Write(out io.Writer, verdicts []Verdict) error {
	var text strings.Builder
	table := func(title string, scores []Score) {
		fmt.Fprintf(
			&text,
			"\n| %s | noticed | scenarios | walks | time | unit tests only | nobody | not reached | equivalent |\n|---|---|---|---|---|---|---|---|---|\n",
			title,
		)
		for _, s := range scores {
			fmt.Fprintf(
				&text,
				"| %s | %.1f %% | %d | %d | %d | %d | %d | %d | %d |\n",
				s.Name,
				s.Noticed(),
				s.Scenarios,
				s.Walks,
				s.Time,
				s.Unit,
				s.Survived,
				s.Unreached,
				s.Excused,
			)
		}
	}
	table("package", Scores(verdicts, func(v Verdict) []string { return []string{v.part()} }))
	table("all", Scores(verdicts, func(Verdict) []string { return []string{"all"} }))
	table("operator", Scores(verdicts, func(v Verdict) []string { return []string{v.Operator} }))
	table("rule that noticed", Scores(verdicts, func(v Verdict) []string { return v.Rules }))
	for _, list := range []struct {
		title string
		of    func(Verdict) bool
	}{
		{"Noticed by nobody", func(v Verdict) bool { return v.By == "" && v.Excused == "" && v.Reached }},
		{"Reached by no scenario or walk", func(v Verdict) bool { return v.By == "" && v.Excused == "" && !v.Reached }},
		{"Noticed by unit tests only", func(v Verdict) bool { return v.By == "unit tests" && v.Excused == "" }},
	} {
		fmt.Fprintf(&text, "\n%s\n\n", list.title)
		for _, v := range verdicts {
			if list.of(v) {
				fmt.Fprintf(&text, "%s:%d %s %s\n  - %s\n  + %s\n", v.File, v.Line, v.Func, v.Operator, fold(v.Before), fold(v.After))
			}
		}
	}
	_, err := io.WriteString(out, text.String())
	return err
}
