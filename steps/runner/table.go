package runner

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"example.com/netanswer/fixtures"
)

const legend = "✓ 緑  ✗ 赤  △ 想定した失敗  – 対象外  ? 未実行・判定不能  · 未記述"

// compact is the table of rules and drivers in one line for each page of the
// guide; the rules without a scenario follow it.
func (r Result) compact() string {
	var b strings.Builder
	fmt.Fprintf(&b, "規則 × %s   %s\n", strings.Join(r.Drivers, " "), legend)
	page, line := "", ""
	flush := func() {
		if line != "" {
			fmt.Fprintf(&b, "  %-4s%s\n", page, line)
		}
		line = ""
	}
	for _, c := range r.Rules {
		head, number, _ := strings.Cut(c.ID, "-")
		if head != page {
			flush()
			page = head
		}
		if len(c.Scenarios) == 0 {
			continue
		}
		line += fmt.Sprintf("  %s", number)
		for _, m := range c.Marks {
			line += string(m)
		}
	}
	flush()
	unwritten := r.Unwritten()
	fmt.Fprintf(&b, "シナリオのない規則 %d/%d件", len(unwritten), len(r.Rules))
	if len(unwritten) > 0 {
		b.WriteString(": " + strings.Join(fold(unwritten), " "))
	}
	b.WriteString("\n")
	return b.String()
}

// fold joins the ids of a page: p4-1 p4-2 p6-1 is p4-1,2 p6-1.
func fold(ids []string) []string {
	var list []string
	last := ""
	for _, id := range ids {
		page, number, _ := strings.Cut(id, "-")
		if page == last {
			list[len(list)-1] += "," + number
			continue
		}
		last = page
		list = append(list, id)
	}
	return list
}

// writeRules writes the table with every rule's words to rules.md.
func (r Result) writeRules(dir string) error {
	return writeReport(dir, "rules.md", []byte(r.Language.Translate(r.markdown())))
}

func (r Result) markdown() string {
	var b strings.Builder
	fmt.Fprintf(&b, "# 規則とシナリオ\n\n%s\n\n種別の「文書」は案内に書かれた規則、「仮定」は案内に定めがなくサンドボックスが決めた規則、「提供」は事業者の約束、「独自」はチームの規則。\n\n", legend)
	fmt.Fprintf(&b, "| 規則 | 種別 | 内容 | %s | シナリオ |\n", strings.Join(r.Drivers, " | "))
	fmt.Fprintf(&b, "|---|---|---|%s---|\n", strings.Repeat(":-:|", len(r.Drivers)))
	for _, c := range r.Rules {
		fmt.Fprintf(&b, "| %s | %s | %s |", c.ID, source(c.Rule), cell(c.Says))
		for _, m := range c.Marks {
			fmt.Fprintf(&b, " %s |", m)
		}
		fmt.Fprintf(&b, " %s |\n", strings.Join(c.Scenarios, "<br>"))
	}
	unwritten := r.Unwritten()
	fmt.Fprintf(&b, "\n## シナリオのない規則（%d件）\n\n", len(unwritten))
	for _, c := range r.Rules {
		if len(c.Scenarios) == 0 {
			fmt.Fprintf(&b, "- %s（%s）%s\n", c.ID, source(c.Rule), cell(c.Says))
		}
	}
	if len(unwritten) == 0 {
		b.WriteString("なし\n")
	}
	return b.String()
}

// source says where a rule comes from.
func source(rule fixtures.Rule) string {
	switch {
	case rule.Channel == fixtures.ChannelProvider:
		return "提供"
	case rule.Channel == fixtures.ChannelOwn:
		return "独自"
	case rule.Assumed:
		return "仮定"
	}
	return "文書"
}

// cell keeps a text within one cell of a table.
func cell(text string) string {
	return strings.NewReplacer("|", `\|`, "\n", " ", "<", "&lt;").Replace(text)
}

// writeReport writes one file of the reports.
func writeReport(dir, name string, content []byte) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return fmt.Errorf("write %s: %w", name, err)
	}
	if err := os.WriteFile(filepath.Join(dir, name), content, 0o644); err != nil {
		return fmt.Errorf("write %s: %w", name, err)
	}
	return nil
}
