package console

import (
	"context"
	"net/url"
	"slices"
	"strings"

	"example.com/netanswer/fixtures"
	"example.com/netanswer/sandbox/overview"
	"example.com/netanswer/sandbox/world"
)

// textsView is the tab of the texts.
type textsView struct {
	Undo    *undoView
	Words   string    // what was searched for
	Differs []textRow // what is worded differently from a fresh world
	Groups  []textGroup
	Found   int // of all, how many have the words
	Total   int
}

// A textGroup is the sentences of one chapter, which is closed at first: all of
// them are a page of 32,000 pixels on a phone.
type textGroup struct {
	ID, Title string
	Open      bool
	Rows      []textRow
}

type textRow struct {
	overview.Sentence
	Original string // the table's own, where this world words it differently
	Places   string // what values it can hold, "" for none
	Lines    int    // of the field to change it in
	Error    string // why what was entered cannot be, "" where it can
}

func (b *builder) texts() *textsView {
	v := &textsView{Undo: b.undo(), Words: b.at.chosen.Get(keyWords), Groups: textChapters()}
	for _, t := range overview.Texts(b.m) {
		v.Total++
		row := b.textRow(t)
		if row.Changed {
			v.Differs = append(v.Differs, row)
		}
		if row.Error != "" || row.speaksOf(v.Words) {
			g := &v.Groups[chapterOf(row.ID)]
			g.Rows = append(g.Rows, row)
			g.Open = g.Open || v.Words != "" || row.Error != ""
			v.Found++
		}
	}
	v.Groups = slices.DeleteFunc(v.Groups, func(g textGroup) bool { return len(g.Rows) == 0 })
	return v
}

// textRow is a sentence as it is changed: with its {places}, which overview fills.
func (b *builder) textRow(t overview.Sentence) textRow {
	t.Text = b.m.Wording(t.ID)
	row := textRow{Sentence: t, Places: strings.Join(world.Places(b.handler.originals[t.ID]), " "), Error: b.problem.fields[t.ID]}
	if t.Changed {
		row.Original = b.handler.originals[t.ID]
	}
	if row.Error != "" {
		row.Text = b.problem.given.Get("text")
	}
	row.Lines = 1 + strings.Count(row.Text, "\n") + len(row.Text)/120
	return row
}

// speaksOf tells whether every word stands in the sentence, its id or its rules.
func (t textRow) speaksOf(words string) bool {
	return hasAll(t.ID+"\n"+t.Text+"\n"+strings.Join(t.Rules, " "), words)
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
	m, err := f.control.Snapshot(ctx, name)
	if err != nil {
		return err
	}
	asked := map[string]string{}
	if id := form.Get("restore"); id == "*" {
		for id := range m.Texts.All() {
			asked[id] = ""
		}
	} else if id != "" {
		asked[id] = ""
	} else {
		id, text := form.Get("id"), strings.ReplaceAll(form.Get("text"), "\r\n", "\n")
		switch {
		case text == f.originals[id]:
			text = ""
		case strings.TrimSpace(text) == "":
			return textTrouble(&world.TextError{ID: id, Says: "文が空です。元の文にするには「元に戻す」を押してください。"}, form)
		}
		asked[id] = text
	}
	for id := range asked {
		if _, known := f.originals[id]; !known {
			return formError{text: "文「" + id + "」はありません。"}
		}
	}
	_, err = f.control.Arrange(ctx, name, world.Setup{Texts: asked, Kept: true})
	if wrong, ok := world.AsTextError(err); ok {
		return textTrouble(wrong, form)
	}
	return err
}

// textTrouble is what is wrong with a wording, at its field and above all.
func textTrouble(wrong *world.TextError, form url.Values) error {
	return formError{text: "文を変えられませんでした。\n" + wrong.ID + ": " + wrong.Says,
		fields: map[string]string{wrong.ID: wrong.Says}, given: form}
}
