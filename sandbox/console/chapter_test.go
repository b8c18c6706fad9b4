package console_test

import (
	"net/url"
	"strings"
	"testing"

	"example.com/netanswer/sandbox/defect"
	"example.com/netanswer/sandbox/overview"
	"example.com/netanswer/sandbox/world"
)

func TestEverySentenceStandsInOneChapter(t *testing.T) {
	t.Parallel()
	s := newSandbox(t)
	html, text := s.page("/worlds/w?tab=texts")
	for _, sentence := range overview.Texts(s.snapshot("w")) {
		if n := strings.Count(html, `id="text-`+sentence.ID+`"`); n != 1 {
			t.Errorf("%s is there %d times", sentence.ID, n)
		}
	}
	if strings.Contains(text, "そのほか") {
		t.Error("a sentence is about nothing that has a chapter")
	}
	if strings.Contains(html, `class="chapter" id="chapter-form" open`) {
		t.Error("a chapter is open that nobody asked for")
	}
	html, _ = s.page("/worlds/w?tab=texts&q=" + url.QueryEscape("パスコード P34-5"))
	wants(t, html, `class="chapter" id="chapter-messages" open`)
	if strings.Contains(html, "chapter-portal") {
		t.Error("a chapter is shown that has nothing of what was searched for")
	}
	got := s.submit("/worlds/w/texts?tab=texts", "id", "home.lead", "text", " ")
	wants(t, got.text, `class="chapter" id="chapter-way" open`)
}

func TestDefectsAreFoundByWordsAndRules(t *testing.T) {
	t.Parallel()
	s := newSandbox(t, func(c *world.Config) { c.Defects = defect.All() })
	html, text := s.page("/worlds/w?tab=faults")
	for _, d := range defect.All() {
		if n := strings.Count(html, `name="break" value="`+d.Name+`"`); n != 1 {
			t.Errorf("%s can be chosen %d times", d.Name, n)
		}
	}
	wants(t, text, "Web: ご本人様確認", "アプリ", "ガイドに書かれていない規則")
	html, _ = s.page("/worlds/w?tab=faults&break=P35-2")
	wants(t, html, `id="defects-identity" open`, `id="defect-late-call-taken"`)
	if strings.Contains(html, `id="defect-wallet-asked-again"`) {
		t.Error("what was not searched for is shown")
	}
	_, text = s.page("/worlds/w?tab=faults&break=zzz")
	wants(t, text, "「zzz」の欠陥はありません。")
	if got := s.submit("/worlds/w/defects?tab=faults", "break", "late-call-taken"); got.status != 200 {
		t.Fatalf("status %d", got.status)
	}
	html, text = s.page("/worlds/w?tab=faults&break=p35-2")
	wants(t, text, "このワールドは、わざと壊してあります")
	if strings.Contains(html, `id="defect-late-call-taken"`) {
		t.Error("what is broken already can be broken again")
	}
}
