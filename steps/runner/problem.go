package runner

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// A Problem is something about the suite itself that would let it be green
// without proof, or that cannot be carried out: a file that cannot be read,
// keywords or scenarios swallowed by a description, a scenario or an outline
// with nothing in it, an undefined or ambiguous step, a step definition nobody
// uses, a missing or unknown rule tag, any other unknown tag.
type Problem struct {
	File string // as shown, "" where it is in no file
	Line int    // 0 where it is the whole file
	Text string // what is wrong
}

// String is the problem in one line that editors can jump from.
func (p Problem) String() string {
	switch {
	case p.File == "":
		return p.Text
	case p.Line == 0:
		return p.File + ": " + p.Text
	}
	return fmt.Sprintf("%s:%d: %s", p.File, p.Line, p.Text)
}

// Problems is all that is wrong with a suite, by file and line.
type Problems []Problem

// Error has one line a problem, after one that counts them.
func (ps Problems) Error() string {
	lines := make([]string, 0, len(ps)+1)
	lines = append(lines, fmt.Sprintf("the suite is not in order, nothing was run (problems: %d)", len(ps)))
	for _, p := range ps {
		lines = append(lines, "  "+p.String())
	}
	return strings.Join(lines, "\n")
}

func (ps *Problems) add(file string, line int, format string, args ...any) {
	*ps = append(*ps, Problem{File: file, Line: line, Text: fmt.Sprintf(format, args...)})
}

// err is nil where there is no problem; else all of them, each once, in order.
func (ps Problems) err(mask func(string) string) error {
	if len(ps) == 0 {
		return nil
	}
	sorted := slices.Clone(ps)
	for i := range sorted {
		sorted[i].Text = mask(sorted[i].Text)
	}
	slices.SortStableFunc(sorted, func(a, b Problem) int {
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line))
	})
	return slices.Compact(sorted)
}
