package qualify

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"example.com/netanswer/fixtures"
	"example.com/netanswer/steps/say"
)

// A Report is the kill matrix: rule × change × driver.
type Report struct {
	Began   time.Time       `json:"began"`
	Took    time.Duration   `json:"took_ns"`
	Drivers []DriverReport  `json:"drivers"`
	Changes []Change        `json:"changes"`
	Cells   []Cell          `json:"cells"`
	Broad   []Side          `json:"broad"` // what turned most of the sample red, so that it shows nothing
	Sides   []Side          `json:"sides"` // what turned some of it red
	Rules   []fixtures.Rule `json:"-"`

	Language say.Language `json:"-"` // of Table and Markdown
}

// A Cell is what the scenarios of one rule made of a change, with one driver.
type Cell struct {
	Rule      string   `json:"rule"`
	Change    string   `json:"change"`
	Driver    string   `json:"driver"`
	Verdict   string   `json:"verdict"`
	Scenarios int      `json:"scenarios"` // how many the rule has for the driver
	By        []string `json:"by,omitempty"`
}

// A Side tells which scenarios of other rules a change turned red.
type Side struct {
	Change string   `json:"change"`
	Driver string   `json:"driver"`
	Sample int      `json:"sample"`
	Red    []string `json:"red"`
}

// A DriverReport is the sum of one driver.
type DriverReport struct {
	Name                      string        `json:"name"`
	Took                      time.Duration `json:"took_ns"`
	Killed, Survived, Unasked int           // cells
	Green, Sampled            int           // scenarios of other rules
}

func (r *Report) add(driver string, results []trial, took time.Duration) {
	sum := DriverReport{Name: driver, Took: took}
	for _, t := range results {
		if !slices.ContainsFunc(r.Changes, func(c Change) bool { return c.Name == t.change.Name && c.Kind == t.change.Kind }) &&
			t.change.Name != "" {
			r.Changes = append(r.Changes, t.change)
		}
		r.Cells = append(r.Cells, t.cells...)
		for _, c := range t.cells {
			switch c.Verdict {
			case Killed:
				sum.Killed++
			case Survived:
				sum.Survived++
			default:
				sum.Unasked++
			}
		}
		sum.Sampled += len(t.sample)
		sum.Green += len(t.sample) - len(t.side)
		side := Side{Change: t.change.Name, Driver: driver, Sample: len(t.sample), Red: t.side}
		switch {
		case len(t.side) == 0:
		case len(t.side) == len(t.sample) && !t.change.wide:
			r.Broad = append(r.Broad, side)
		default:
			r.Sides = append(r.Sides, side)
		}
	}
	r.Drivers = append(r.Drivers, sum)
}

// Survivors are the cells where nobody noticed.
func (r Report) Survivors() []Cell {
	return slices.DeleteFunc(slices.Clone(r.Cells), func(c Cell) bool { return c.Verdict != Survived })
}

// OK tells whether something was shown and nothing survived.
func (r Report) OK() bool {
	killed := 0
	for _, d := range r.Drivers {
		killed += d.Killed
	}
	return killed > 0 && len(r.Survivors()) == 0 && len(r.Broad) == 0
}

// Write writes qualify.json and qualify.md into a folder, making it.
func (r Report) Write(dir string) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return fmt.Errorf("write report: %w", err)
	}
	text, err := json.MarshalIndent(r, "", " ")
	if err != nil {
		return fmt.Errorf("write report: %w", err)
	}
	return errors.Join(os.WriteFile(filepath.Join(dir, "qualify.json"), append(text, '\n'), 0o644),
		os.WriteFile(filepath.Join(dir, "qualify.md"), []byte(r.Markdown()), 0o644))
}

var marks = map[string]string{Killed: "✓", Survived: "✗", Unasked: "–"}

// Markdown is the whole matrix: a table for each kind of change.
func (r Report) Markdown() string {
	var b strings.Builder
	l := r.Language
	b.WriteString(l.Of("# ミューテーションテスト\n\nサンドボックスをわざと1か所だけ壊し、その規則のシナリオが失敗するかを確かめた表です。"+
		"✓ 気づいた、✗ 気づかなかった（生き残り）、– そのドライバーには規則のシナリオがない。\n\n",
		"# Mutation testing\n\nThe sandbox was broken in one place at a time. The scenarios of the broken rule must fail. "+
			"✓ noticed, ✗ not noticed (a survivor), – the rule has no scenario for the driver.\n\n"))
	b.WriteString(r.sums())
	for _, kind := range []struct{ kind, title string }{
		{Behaviour, l.Of("ふるまいの欠陥", "Behaviour")}, {Value, l.Of("方針の値", "Values of the policy")}, {Sentence, l.Of("文言", "Sentences")},
	} {
		fmt.Fprintf(&b, l.Of("\n## %s\n\n| 規則 | 壊し方 | 何が違うか |", "\n## %s\n\n| Rule | Change | What is wrong |"), kind.title)
		for _, d := range r.Drivers {
			fmt.Fprintf(&b, " %s |", d.Name)
		}
		b.WriteString("\n|---|---|---|" + strings.Repeat("---|", len(r.Drivers)) + "\n")
		for _, c := range r.Changes {
			if c.Kind != kind.kind {
				continue
			}
			for _, rule := range c.Rules {
				fmt.Fprintf(&b, "| %s | `%s` | %s |", rule, c.Name, strings.ReplaceAll(l.Translate(c.Says), "|", "\\|"))
				for _, d := range r.Drivers {
					cell := r.cell(rule, c.Name, d.Name)
					fmt.Fprintf(&b, " %s |", strings.TrimSpace(marks[cell.Verdict]+" "+count(cell)))
				}
				b.WriteString("\n")
			}
		}
	}
	return b.String()
}

// count says how many of the rule's scenarios noticed.
func count(c Cell) string {
	if c.Verdict != Killed {
		return ""
	}
	return fmt.Sprintf("%d/%d", len(c.By), c.Scenarios)
}

func (r Report) cell(rule, change, driver string) Cell {
	for _, c := range r.Cells {
		if c.Rule == rule && c.Change == change && c.Driver == driver {
			return c
		}
	}
	return Cell{Verdict: Unasked}
}

func (r Report) sums() string {
	var b strings.Builder
	b.WriteString(r.Language.Of("| ドライバー | 気づいた | 生き残り | 対象外 | ほかの規則の標本で成功 | 時間 |\n",
		"| Driver | Noticed | Survivors | Not for this driver | Sample of other rules that passed | Time |\n") + "|---|---|---|---|---|---|\n")
	for _, d := range r.Drivers {
		fmt.Fprintf(
			&b,
			"| %s | %d | %d | %d | %d/%d | %s |\n",
			d.Name,
			d.Killed,
			d.Survived,
			d.Unasked,
			d.Green,
			d.Sampled,
			d.Took.Round(time.Second/10),
		)
	}
	return b.String()
}
