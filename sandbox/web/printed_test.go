package web_test

import (
	"html"
	"regexp"
	"strings"
	"testing"

	"example.com/netanswer/fixtures"
)

// notServed is what the guide prints and no screen or message says to the letter, by
// page and sentence, with the reason. In each the guide says the same in two ways.
var notServed = map[string]string{
	"p30 半角の英文字・数字を組み合わせた8～16桁で設定してください。":         "p29 prints it four times with 英文文字, which is served",
	"p31 規約に同意して確認画面へ":                            "the caption; the button is drawn as 規約に同意して確認画面に進む",
	"p34 有効期限を過ぎってしまった場合は、再度最初からお手続きいただきます。":      "a misprint; 過ぎて is served",
	"p35 ※お客様のご登録・ご利用状況によって、ご本人様確認ができない場合がございます。": "a note beside the picture; the screen says it without ※",
}

// TestWhatTheGuidePrintsIsServed counts the guide's sentences and names: each stands on
// a story, in a message that is sent, or among the few that are not served.
func TestWhatTheGuidePrintsIsServed(t *testing.T) {
	t.Parallel()
	_, _, stories := visit(t)
	var all strings.Builder
	marks := regexp.MustCompile(`<[^>]*>`)
	named := regexp.MustCompile(`(?:alt|aria-label|value)="([^"]*)"`)
	for _, p := range stories {
		for _, m := range named.FindAllStringSubmatch(p.body, -1) {
			all.WriteString(m[1] + " ")
		}
		all.WriteString(marks.ReplaceAllString(p.body, "") + " ")
	}
	texts, err := fixtures.Texts()
	if err != nil {
		t.Fatal(err)
	}
	said := map[string]string{}
	for _, text := range texts {
		said[text.ID] = text.Text
		if kind, _, _ := strings.Cut(text.ID, "."); kind == "sms" || kind == "mail" || kind == "guidance" || text.ID == "strength.very_high" {
			all.WriteString(html.EscapeString(text.Text) + " ")
		}
	}
	all.WriteString(html.EscapeString(said["mail.from_name"] + "<" + said["mail.from_address"] + ">"))
	served := tight(html.UnescapeString(all.String()))

	printed, err := fixtures.Printing()
	if err != nil {
		t.Fatal(err)
	}
	letter, known := 0, 0
	for _, p := range printed {
		_, listed := notServed[p.Page+" "+p.Text]
		is := true
		for part := range strings.SplitSeq(strings.ReplaceAll(p.Text, "安全性：", ""), "●") {
			is = is && strings.Contains(served, tight(part))
		}
		switch {
		case is && listed:
			t.Errorf("%s is served: 「%s」", p.Page, p.Text)
		case is:
			letter++
		case listed:
			known++
		default:
			t.Errorf("%s is not served: 「%s」", p.Page, p.Text)
		}
	}
	if known != len(notServed) {
		t.Errorf("of %d that are not served the guide prints %d", len(notServed), known)
	}
	t.Logf("of %d sentences and names of the guide %d are served to the letter", len(printed), letter)
}

// tight is a text folded and without spaces: how lines break is no letter.
func tight(text string) string { return strings.Join(strings.Fields(fixtures.Fold(text)), "") }
