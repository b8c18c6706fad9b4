package runner

import (
	"fmt"
	"html"
	"slices"
	"strings"
)

// shownFailures is how many failures a summary explains: GitHub takes a
// mebibyte of it. maxAnnotations is how many errors GitHub shows of a step.
const (
	shownFailures  = 40
	maxAnnotations = 10
)

// summary is the result in GitHub's Markdown: a table of the drivers, then
// every failure folded up, then the rules that are not green.
func (r Result) summary() string {
	var b strings.Builder
	state := "✓ 成功"
	switch {
	case r.Interrupted:
		state = "中断"
	case !r.OK():
		state = "✗ 失敗"
	}
	fmt.Fprintf(&b, "## netanswer: %s\n\n| ドライバー | 成功 | 失敗 | 判定不能・未実行 | 想定した失敗 | 対象外 |\n|---|--:|--:|--:|--:|--:|\n", state)
	for _, driver := range r.Drivers {
		of := r.of(driver)
		fmt.Fprintf(
			&b,
			"| %s | %d | %d | %d | %d | %d |\n",
			strings.TrimSpace(driver+" "+r.Engines[driver]),
			of.Count(Passed),
			of.Count(Failed),
			of.Unjudged(),
			of.Because(Known),
			of.Because(NotAsked),
		)
	}
	fmt.Fprintf(&b, "\nseed %d", r.Seed)
	if r.Shard != "" {
		fmt.Fprintf(&b, "、%s", r.Shard)
	}
	b.WriteString("\n")
	shown := 0
	for _, o := range r.Outcomes {
		if o.Verdict != Failed {
			continue
		}
		if shown++; shown > shownFailures {
			continue
		}
		fmt.Fprintf(
			&b,
			"\n<details><summary>✗ %s %s %s</summary>\n\n<pre>%s</pre>\n</details>\n",
			o.Driver,
			o.ID(),
			html.EscapeString(o.Name),
			html.EscapeString(o.explained()),
		)
	}
	if shown > shownFailures {
		fmt.Fprintf(&b, "\nほか %d件の失敗\n", shown-shownFailures)
	}
	return b.String()
}

// of is the part of a result that one driver found.
func (r Result) of(driver string) Result {
	r.Outcomes = slices.DeleteFunc(slices.Clone(r.Outcomes), func(o Outcome) bool { return o.Driver != driver })
	return r
}

// annotations are GitHub's workflow commands for the failures: one for each
// scenario, at the step that failed, with the drivers it failed on.
func (r Result) annotations() []string {
	var (
		list    []string
		drivers = map[string][]string{}
	)
	for _, o := range r.Outcomes {
		if o.Verdict == Failed && !slices.Contains(drivers[o.ID()], o.Driver) {
			drivers[o.ID()] = append(drivers[o.ID()], o.Driver)
		}
	}
	for _, o := range r.Outcomes {
		failed := drivers[o.ID()]
		if o.Verdict != Failed || failed == nil {
			continue
		}
		delete(drivers, o.ID())
		line := o.Line
		if step, ok := o.FailedStep(); ok {
			line = step.Line
		}
		title := fmt.Sprintf("%s [%s]", o.Name, strings.Join(failed, " "))
		list = append(
			list,
			fmt.Sprintf("::error file=%s,line=%d,title=%s::%s", property(o.File), line, property(title), command(o.explained())),
		)
		if len(list) == maxAnnotations {
			break
		}
	}
	return list
}

// command and property escape texts as GitHub's runner reads them.
func command(text string) string {
	return strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A").Replace(text)
}

func property(text string) string {
	return strings.NewReplacer(":", "%3A", ",", "%2C").Replace(command(text))
}
