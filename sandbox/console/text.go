package console

import (
	"context"
	"net/url"
	"strings"

	"example.com/netanswer/fixtures"
	"example.com/netanswer/sandbox/overview"
	"example.com/netanswer/sandbox/world"
)

// textsView is the tab of the texts.
type textsView struct {
	Words string // what was searched for
	Rows  []textRow
	Total int
}

type textRow struct {
	overview.Sentence
	Original string // the table's own, where this world words it differently
	Lines    int    // of the field to change it in
}

func (b *builder) texts() *textsView {
	v := &textsView{Words: b.at.chosen.Get(keyWords)}
	for _, t := range overview.Texts(b.m) {
		v.Total++
		row := textRow{Sentence: t, Lines: 1 + strings.Count(t.Text, "\n") + len(t.Text)/120}
		if t.Changed {
			row.Original = b.handler.originals[t.ID]
		}
		if row.speaksOf(v.Words) {
			v.Rows = append(v.Rows, row)
		}
	}
	return v
}

// speaksOf tells whether every word stands in the sentence, its id or its rules.
func (t textRow) speaksOf(words string) bool {
	all := strings.ToLower(t.ID + "\n" + t.Text + "\n" + strings.Join(t.Rules, " "))
	for _, w := range strings.Fields(strings.ToLower(words)) {
		if !strings.Contains(all, w) {
			return false
		}
	}
	return true
}

// originalTexts is the text table of a fresh world, by id.
func originalTexts() map[string]string {
	table, err := fixtures.Texts()
	if err != nil {
		panic(err) // embedded, and read when the service was made
	}
	texts := make(map[string]string, len(table))
	for _, t := range table {
		texts[t.ID] = t.Text
	}
	return texts
}

func (f handler) textForm(ctx context.Context, name string, form url.Values) error {
	id, text := form.Get("id"), strings.ReplaceAll(form.Get("text"), "\r\n", "\n")
	if form.Get("restore") != "" || text == f.originals[id] {
		text = ""
	} else if text == "" {
		return formError{text: "文が空です。元の文にするには「元に戻す」を押してください。"}
	}
	_, err := f.control.Arrange(ctx, name, world.Setup{Texts: map[string]string{id: text}})
	return err
}
