package console_test

import (
	"regexp"
	"strings"
	"testing"

	"example.com/netanswer/sandbox/world"
)

// TestAThingHasAPage opens a registration, its SMS, the mail of its end and a call
// from where they are listed, and asks the control API what the page copies.
func TestAThingHasAPage(t *testing.T) {
	t.Parallel()
	s := newSandbox(t)
	s.complete("w", hanako)
	call, err := s.service.Telephone().Place(t.Context(), "w", world.CallRequest{From: "03-0000-1009", To: "0120-000111", Listen: "all"})
	if err != nil {
		t.Fatal(err)
	}
	m := s.snapshot("w")
	id := m.Registrations.Keys()[0]
	for listed, c := range map[string]struct {
		id    string
		wants []string
	}{
		"?tab=registrations": {id, []string{"山田 花子の登録", "完了", "4242-42**-****-017", "continue?registration=" + id, "新規登録を開始しました", "/api/worlds/w/registrations&#39; | jq"}},
		"?tel=090-0000-1001": {m.SMS.Messages[0].ID, []string{"差出人", "090-0000-1001", m.SMS.Messages[0].Carried().Code, "/api/worlds/w/sms?to="}},
		"?box=":              {m.Mailbox.Mails[0].ID, []string{"宛先", "Netアンサー新規ご登録完了のお知らせ", "/api/worlds/w/mail/" + m.Mailbox.Mails[0].ID}},
		"?tab=calls":         {call.ID, []string{"03-0000-1009 から 0120-000111 へ", "聞こえたもの"}},
	} {
		html, _ := s.page("/worlds/w" + listed)
		link := regexp.MustCompile(`href="([^"#]*about=` + c.id + `[^"#]*)#panel"`).FindStringSubmatch(html)
		if link == nil {
			t.Errorf("%s: no link to %s", listed, c.id)
			continue
		}
		html, text := s.page(strings.ReplaceAll(link[1], "&amp;", "&"))
		wants(t, html+text, c.wants...)
		wants(t, html, "ここから新しいワールドへ分岐する", `&#34;id&#34;: &#34;`+c.id)
	}
	html, _ := s.page("/worlds/w?tab=timeline")
	if !strings.Contains(html, "about="+id) {
		t.Error("the timeline does not lead to the registration")
	}
	_, text := s.page("/worlds/w?about=reg-none")
	wants(t, text, "もうありません", "テストカード")
}

func TestEverythingInAWorldIsSearched(t *testing.T) {
	t.Parallel()
	s := newSandbox(t)
	s.complete("w", hanako)
	m := s.snapshot("w")
	for words, want := range map[string]string{
		"花子 完了":                          "about=" + m.Registrations.Keys()[0],
		"ＨＡＮＡＫＯ2026":                     "about=" + m.Registrations.Keys()[0],
		m.SMS.Messages[0].Carried().Code: "about=" + m.SMS.Messages[0].ID,
		"09000001001":                    "about=" + m.SMS.Messages[0].ID,
		"登録完了":                           "about=" + m.Mailbox.Mails[0].ID,
		"4242420000010017":               "#card-4242420000010017",
	} {
		html, _ := s.page("/worlds/w?tab=timeline&find=" + strings.ReplaceAll(words, " ", "+"))
		if !strings.Contains(html, want) {
			t.Errorf("%s: no %s in %s", words, want, html)
		}
	}
	_, text := s.page("/worlds/w?find=どこにもない")
	wants(t, text, "「どこにもない」の検索結果", "見つかりません")
	if html, _ := s.page("/worlds/w?find=<script>"); strings.Contains(html, "<script>\"") || strings.Contains(html, "「<script>") {
		t.Error("what is searched for is carried out")
	}
}
