package walk

import (
	"fmt"
	"strings"

	"example.com/netanswer/steps/model"
)

// Tell writes the failing walk as a scenario: what was done, and what was not then
// perceived. It stands in a feature file as it is.
func (c *Config) Tell(f Failure) string {
	m := c.Model
	m.App, m.Device = f.Walk.Kind.App, f.Walk.Kind.Device
	world := model.New(m)
	var given, when, then []model.Line
	for i, a := range f.Walk.Acts {
		lines, err := world.Do(a)
		if err != nil {
			break
		}
		last := i == len(f.Walk.Acts)-1
		for _, line := range lines {
			switch {
			case !line.Check && last:
				when = append(when, line)
			case !line.Check:
				given = append(given, line)
			case last && same(line, f.Line):
				then = append(then, line)
			case last && strings.Contains(line.Text, "に届いたメールは「") && strings.HasPrefix(f.Line.Text, "そのメール"):
				then = []model.Line{line} // the mail that is spoken of
			}
		}
	}
	if len(then) == 0 { // what was done could not be done
		then = append(then, model.Line{Check: true, Text: "何も知らされない"})
	}
	var out strings.Builder
	rule := f.Line.Rule
	if rule == "" {
		rule = "a-22"
	}
	fmt.Fprintf(&out, "  %s\n", strings.Join(append([]string{"@" + rule}, f.Walk.Kind.tags()...), " "))
	title := ""
	if len(when) > 0 {
		title = strings.TrimSuffix(when[len(when)-1].Text, "である") + "と、"
	}
	fmt.Fprintf(&out, "  シナリオ: %s%s\n", title, then[len(then)-1].Text)
	section(&out, "前提", given)
	section(&out, "もし", when)
	section(&out, "ならば", then)
	return out.String()
}

func same(a, b model.Line) bool {
	return a.Text == b.Text && a.Doc == b.Doc && fmt.Sprint(a.Rows) == fmt.Sprint(b.Rows)
}

func section(out *strings.Builder, keyword string, lines []model.Line) {
	for i, line := range lines {
		if i > 0 {
			keyword = "かつ"
		}
		fmt.Fprintf(out, "    %s %s\n", keyword, line.Text)
		for _, row := range line.Rows {
			fmt.Fprint(out, "      |")
			for _, cell := range row {
				fmt.Fprintf(out, " %s |", strings.NewReplacer(`\`, `\\`, `|`, `\|`, "\n", `\n`).Replace(cell))
			}
			fmt.Fprintln(out)
		}
		if line.Doc != "" {
			fmt.Fprintf(out, "      \"\"\"\n      %s\n      \"\"\"\n", strings.ReplaceAll(line.Doc, "\n", "\n      "))
		}
	}
}
