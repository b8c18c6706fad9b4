package runner

import (
	"fmt"
	"io"
	"maps"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"example.com/netanswer/steps/say"
)

// A journal tells on the log how things go, in plain lines.
type journal struct {
	lock     sync.Mutex
	to       io.Writer
	err      error // the first that came from writing; nothing is written after it
	out      string
	annotate bool
	live     bool // to is a terminal
	now      func() time.Time
	language say.Language

	count tally
	drawn bool // the line that counts stands on the terminal
}

func (j *journal) printf(format string, args ...any) {
	j.lock.Lock()
	defer j.lock.Unlock()
	j.line(format, args...)
}

// line writes while the lock is held, in the place of the line that counts.
func (j *journal) line(format string, args ...any) {
	if j.err != nil {
		return
	}
	text := fmt.Sprintf(format, args...)
	if j.language == say.English { // it is in Japanese as it is
		text = j.language.Translate(text)
	}
	if j.drawn {
		text = eraseLine + text
		j.drawn = false
	}
	if _, err := io.WriteString(j.to, text); err != nil {
		j.err = fmt.Errorf("write log: %w", err)
	}
	j.count.told = j.now()
}

func (j *journal) start(p *Plan, drivers []string) {
	var parts []string
	for _, d := range drivers {
		parts = append(parts, fmt.Sprintf("%s %d件（%d並列）", d, len(p.For(d)), p.cfg.workers(d)))
	}
	j.printf("シナリオ %d/%d件 seed %d: %s\n", len(p.Scenarios), len(p.book), p.Seed, strings.Join(parts, "、"))
	if p.cfg.Shard.Of > 0 {
		j.printf("分割 %s（%s）: ほかの分割と括弧の中が同じであること\n", p.cfg.Shard, p.deal)
	}
}

// outcome tells at once what went wrong, in a line; what passed is not told.
func (j *journal) outcome(o Outcome) {
	switch {
	case o.Verdict == Failed:
		j.printf("✗ %s %s %s: %s\n", o.Driver, o.ID(), o.Name, firstLine(o.Err))
	case o.Reason == Known:
		j.printf("△ %s %s %s: %s\n", o.Driver, o.ID(), o.Name, firstLine(o.Err))
	case o.Verdict == Skipped && o.Reason != NotAsked && o.Reason != Unbegun && !o.Interrupted: // what was not asked is told together
		j.printf("? %s %s %s: %s\n", o.Driver, o.ID(), o.Name, firstLine(o.Err))
	}
	j.counted(o)
}

func (j *journal) driver(name string, outcomes []Outcome, inapplicable int, took time.Duration) {
	r := Result{Outcomes: outcomes}
	j.printf("%s: %s、対象外 %d（%s）\n", name, r.counts(), inapplicable+r.Because(NotAsked), took.Round(time.Millisecond))
	if behind, steps := resumed(outcomes); behind > 0 {
		j.printf("– %s %d件は、同じ手順を済ませたシナリオの続きから始めました（%dステップ）\n", name, behind, steps)
	}
	reasons := map[string]int{}
	for _, o := range outcomes {
		if o.Reason == NotAsked {
			reasons[firstLine(o.Err)]++
		}
	}
	for _, why := range slices.Sorted(maps.Keys(reasons)) {
		j.printf("– %s %d件 %s\n", name, reasons[why], why)
	}
}

// counts is how many outcomes there are of each kind but what is 対象外.
func (r Result) counts() string {
	text := fmt.Sprintf("成功 %d、失敗 %d、判定不能・未実行 %d", r.Count(Passed), r.Count(Failed), r.Unjudged())
	if n := r.Because(Known); n > 0 {
		text += fmt.Sprintf("、%s %d", Known, n)
	}
	return text
}

// summary explains every failure and shows the table of the rules. It leads to the
// reports once they are written.
func (j *journal) summary(r Result, written bool) {
	number := 0
	for _, o := range r.Outcomes {
		if o.Verdict == Failed {
			number++
			j.printf("\n%s", j.explain(number, o))
		}
	}
	if j.annotate {
		for _, line := range r.annotations() {
			j.printf("%s\n", line)
		}
	}
	j.printf("\n%s", r.compact())
	state := "成功"
	switch {
	case len(r.Outcomes) == 0 && r.Shard != "":
		j.printf("分割 %s に割り当てられたシナリオはありません。ほかの分割が実行します（seed %d）\n", r.Shard, r.Seed)
		return
	case r.Interrupted:
		state = "中断"
	case !r.OK():
		state = "失敗"
	}
	j.printf("%s: %s（%s、seed %d）\n", state, r.counts(), r.Took.Round(time.Millisecond), r.Seed)
	if only := r.onlyKnown(); len(only) > 0 {
		j.printf("%sのほかに何も確かめていない規則 %d件: %s\n", Known, len(only), strings.Join(only, "、"))
	}
	if r.Interrupted && j.out != "" && written {
		j.printf("中断されました。ここまでの報告は %s にあります\n", filepath.ToSlash(j.out))
	}
}

// explain is all that is known of a failure.
func (j *journal) explain(number int, o Outcome) string {
	var b strings.Builder
	fmt.Fprintf(&b, "失敗 %d  %s  %s\n", number, o.Driver, o.ID())
	fmt.Fprintf(&b, "  機能: %s\n", o.Feature)
	if o.Rule != "" {
		fmt.Fprintf(&b, "  ルール: %s\n", o.Rule)
	}
	fmt.Fprintf(&b, "  シナリオ: %s\n", o.Name)
	b.WriteString(indent("  ", o.because()))
	for _, e := range o.Evidence {
		fmt.Fprintf(&b, "  証拠: %s\n", shown(j.out, e))
	}
	if o.Again != "" {
		fmt.Fprintf(&b, "  %s%s\n", againMark, o.Again)
	}
	return b.String()
}

// because is what a failure is about: the rules, the step and the error.
func (o Outcome) because() string {
	var b strings.Builder
	for _, rule := range o.Proves {
		fmt.Fprintf(&b, "規則 %s（%s）: %s\n", rule.ID, source(rule), rule.Says)
	}
	if step, ok := o.FailedStep(); ok {
		fmt.Fprintf(&b, "%s:%d  %s\n", o.File, step.Line, step)
	}
	b.WriteString(indent("  ", o.Err))
	return b.String()
}

// shown is where evidence is, from where the command was started.
func shown(out, evidence string) string {
	return path.Join(filepath.ToSlash(out), evidence)
}

func indent(by, text string) string {
	lines := strings.Split(strings.TrimRight(text, "\n"), "\n")
	return by + strings.Join(lines, "\n"+by) + "\n"
}

func firstLine(text string) string {
	line, _, _ := strings.Cut(text, "\n")
	return line
}
