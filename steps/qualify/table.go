package qualify

import (
	"fmt"
	"io"
	"strings"
	"time"
)

// Table writes the matrix for a terminal: a line for each rule with how many of
// its changes were noticed by each driver, then what nobody noticed.
func (r Report) Table(w io.Writer) error {
	var b strings.Builder
	fmt.Fprintf(&b, "\n%-8s", r.Language.Of("規則", "rule"))
	for _, d := range r.Drivers {
		fmt.Fprintf(&b, " %8s", d.Name)
	}
	b.WriteString(r.Language.Of("  規則の文\n", "  what it says\n"))
	for _, rule := range r.Rules {
		line, any := "", false
		for _, d := range r.Drivers {
			killed, asked := 0, 0
			for _, c := range r.Cells {
				if c.Rule == rule.ID && c.Driver == d.Name && c.Verdict != Unasked {
					asked++
					if c.Verdict == Killed {
						killed++
					}
				}
			}
			any = any || asked > 0
			switch {
			case asked == 0:
				line += fmt.Sprintf(" %8s", "–")
			case killed == asked:
				line += fmt.Sprintf(" %8s", fmt.Sprintf("✓ %d/%d", killed, asked))
			default:
				line += fmt.Sprintf(" %8s", fmt.Sprintf("✗ %d/%d", killed, asked))
			}
		}
		if any {
			fmt.Fprintf(&b, "%-10s%s  %s\n", rule.ID, line, rule.Says)
		}
	}
	b.WriteString(r.findings())
	_, err := io.WriteString(w, b.String())
	return err
}

// findings are what there is to do, and the sums.
func (r Report) findings() string {
	var b strings.Builder
	l := r.Language
	says := map[string]string{}
	for _, c := range r.Changes {
		says[c.Name] = c.Says
	}
	for _, c := range r.Survivors() {
		fmt.Fprintf(&b, l.Of("\n生き残り: %s を壊しても、%s のシナリオ%d件がすべて成功します（%s）\n    %s\n",
			"\nsurvivor: %s is broken, and for %s all of its %d scenarios pass (%s)\n    %s\n"),
			c.Rule, c.Driver, c.Scenarios, c.Change, l.Translate(says[c.Change]))
	}
	for _, s := range r.Broad {
		fmt.Fprintf(&b, l.Of("\n広すぎる: %s（%s）では、ほかの規則から選んだシナリオ%d件もすべて失敗します\n",
			"\ntoo wide: with %s (%s) all %d scenarios of other rules fail as well\n"), s.Change, s.Driver, s.Sample)
	}
	b.WriteString("\n")
	for _, d := range r.Drivers {
		fmt.Fprintf(&b, l.Of("%s: 気づいた %d、生き残り %d、対象外 %d、ほかの規則の標本 %d/%d 成功（%s）\n",
			"%s: noticed %d, survivors %d, not for this driver %d, sample of other rules: %d of %d passed (%s)\n"),
			d.Name, d.Killed, d.Survived, d.Unasked, d.Green, d.Sampled, d.Took.Round(time.Millisecond))
	}
	return b.String()
}
