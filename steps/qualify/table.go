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
	fmt.Fprintf(&b, "\n%-8s", "規則")
	for _, d := range r.Drivers {
		fmt.Fprintf(&b, " %8s", d.Name)
	}
	b.WriteString("  規則の文\n")
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
	says := map[string]string{}
	for _, c := range r.Changes {
		says[c.Name] = c.Says
	}
	for _, c := range r.Survivors() {
		fmt.Fprintf(&b, "\n生き残り: %s を壊しても %s の%dシナリオが緑のまま（%s）\n    %s\n", c.Rule, c.Driver, c.Scenarios, c.Change, says[c.Change])
	}
	for _, s := range r.Broad {
		fmt.Fprintf(&b, "\n広すぎる: %s（%s）は、ほかの規則の標本%dシナリオもすべて赤にする\n", s.Change, s.Driver, s.Sample)
	}
	b.WriteString("\n")
	for _, d := range r.Drivers {
		fmt.Fprintf(&b, "%s: 気づいた %d、生き残り %d、対象外 %d、ほかの規則の標本 %d/%d 緑（%s）\n",
			d.Name, d.Killed, d.Survived, d.Unasked, d.Green, d.Sampled, d.Took.Round(time.Millisecond))
	}
	return b.String()
}
