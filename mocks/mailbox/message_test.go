package mailbox_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"example.com/netanswer/mocks/mailbox"
)

const htmlMail = "From: =?UTF-8?B?44K744K+44Oz?= <shop@example.jp>\r\nTo: hanako@example.jp\r\nSubject: =?ISO-2022-JP?B?GyRCJUYlOSVIGyhC?=\r\n" +
	"MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=outer\r\n\r\n" +
	"--outer\r\nContent-Type: multipart/related; boundary=inner\r\n\r\n" +
	"--inner\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<style>p{color:red}</style><p>認証コード<br>654321</p><p>有効期限は 10 分間です。</p>\r\n" +
	"--inner\r\nContent-Type: image/png\r\nContent-ID: <logo@x>\r\nContent-Disposition: inline; filename=logo.png\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0KGgo=\r\n--inner--\r\n" +
	"--outer\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Disposition: attachment; filename*=UTF-8''%E8%A6%8F%E7%B4%84.txt\r\n\r\nterms\r\n--outer--\r\n"

func TestEverythingOfAMailIsRead(t *testing.T) {
	var b mailbox.Box
	m, err := b.Accept("hanako@example.jp", []byte(htmlMail), noon, 10)
	if err != nil {
		t.Fatal(err)
	}
	if m.Subject != "テスト" || m.From != "セゾン <shop@example.jp>" || m.Text != "" || !strings.Contains(m.HTML, "認証コード") {
		t.Errorf("%q %q %q %q", m.Subject, m.From, m.Text, m.HTML)
	}
	if m.Passcode == nil || m.Passcode.Code != "654321" || !m.Passcode.ExpiresAt.Equal(noon.Add(10*time.Minute)) {
		t.Errorf("passcode of HTML alone: %+v", m.Passcode)
	}
	want := []mailbox.Attachment{
		{Name: "logo.png", Type: "image/png", ContentID: "logo@x", Size: 8},
		{Name: "規約.txt", Type: "text/plain", Size: 5},
	}
	if diff := cmp.Diff(want, m.Attachments); diff != "" {
		t.Errorf("attachments (-want +got):\n%s", diff)
	}
	for i, want := range []string{"\x89PNG\r\n\x1a\n", "terms"} {
		if _, data, err := m.Attachment(i); err != nil || string(data) != want {
			t.Errorf("attachment %d: %q %v", i, data, err)
		}
	}
	if _, _, err := m.Attachment(2); err == nil {
		t.Error("there is a third attachment")
	}
	if h := m.Headers(); len(h) != 5 || h[2].Name != "Subject" || h[2].Value != "テスト" {
		t.Errorf("headers %+v", h)
	}
	if words := m.Words(); strings.Contains(words, "color") || !strings.Contains(words, "認証コード\n654321") {
		t.Errorf("words %q", words)
	}
}

func TestABrokenMailIsReadAsFarAsItGoes(t *testing.T) {
	var b mailbox.Box
	cut := htmlMail[:strings.Index(htmlMail, "iVBOR")+5]
	m, err := b.Accept("hanako@example.jp", []byte(cut), noon, 10)
	if err != nil || !strings.Contains(m.HTML, "認証コード") || m.Raw != cut {
		t.Errorf("%v %+v", err, m)
	}
}

func TestMailIsSearchedInJapanese(t *testing.T) {
	var b mailbox.Box
	for _, raw := range []string{htmlMail, "From: A <a@example.jp>\r\nSubject: Hello World\r\n\r\nÉclair and ÉTUDE\r\n"} {
		if _, err := b.Accept("hanako@example.jp", []byte(raw), noon, 10); err != nil {
			t.Fatal(err)
		}
	}
	for words, want := range map[string]int{"認証": 1, "テスト 認証コード": 1, "テスト hello": 0, "WORLD": 1, "hello world": 1, "éclair": 1, "étude": 1,
		"セゾン": 1, "EXAMPLE.jp": 2, "": 2, "　テスト　": 1, "ない": 0, "wo": 1, "worlds": 0} {
		if got := b.Search(words, "", noon); len(got) != want {
			t.Errorf("%q: %d found, want %d", words, len(got), want)
		}
	}
	if len(b.Search("hello", "taro@example.jp", noon)) != 0 || len(b.Search("hello", "", noon.Add(-time.Hour))) != 0 {
		t.Error("found in another mailbox, or before it came")
	}
}

func TestASearchIsNotHeldUpByWhatNearlyFits(t *testing.T) {
	var b mailbox.Box
	raw := "Subject: x\r\n\r\n" + strings.Repeat(strings.Repeat("A", 900)+"\r\n", 250)
	if _, err := b.Accept("a@example.jp", []byte(raw), noon, 10); err != nil {
		t.Fatal(err)
	}
	if len(b.Search("ab", "", noon)) != 0 || len(b.Search("aaA", "", noon)) != 1 {
		t.Error("the search is wrong")
	}
}

func TestAServerThatAnswersRefusesAndAnyOtherDrops(t *testing.T) {
	var b mailbox.Box
	b.Refuse("Hanako@example.jp", []string{"saisoncard.co.jp"}, true)
	b.Refuse("taro@example.jp", []string{"saisoncard.co.jp"}, false)
	raw, err := mailbox.Compose(draft("hello"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := b.Accept("hanako@example.jp", raw, noon, 10); err != mailbox.ErrRefused {
		t.Errorf("a server that answers: %v", err)
	}
	if m, err := b.Accept("taro@example.jp", raw, noon, 10); err != nil || m.ID != "" {
		t.Errorf("one that drops: %+v %v", m, err)
	}
	if !b.Refuses("hanako@example.jp", "namr@mail.saisoncard.co.jp") || b.Refuses("taro@example.jp", "namr@mail.saisoncard.co.jp") {
		t.Error("who answers is not told apart")
	}
}

// BenchmarkSearch looks for what is in none of 20,000 mails: the longest search.
func BenchmarkSearch(b *testing.B) {
	var box mailbox.Box
	raw, err := mailbox.Compose(draft(strings.Repeat("会員登録のためのワンタイムパスコードをお送りします。\n", 4) + passcodeText))
	if err != nil {
		b.Fatal(err)
	}
	for range 20_000 {
		if _, err := box.Accept("hanako@example.jp", raw, noon, 20_000); err != nil {
			b.Fatal(err)
		}
	}
	for _, words := range []string{"見つからない語", "notfound", "012345"} {
		b.Run(words, func(b *testing.B) {
			for b.Loop() {
				box.Search(words, "", noon)
			}
		})
	}
}

func TestASearchFindsWhatItFoundByLookingEverywhere(t *testing.T) {
	var b mailbox.Box
	for i, text := range []string{"Größe STRASSE ſtraße", "Kelvin K k", "ΑΣΣ ασς", "İstanbul ISTANBUL ıi", "会員登録の ワンタイム", "😀👍🏽", "ǅ ǆ Ǆ", "a\x00b \xff\xfe", ""} {
		raw, err := mailbox.Compose(draft(text))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := b.Accept("Hanako@Example.jp", raw, noon, 100); err != nil {
			t.Fatalf("mail %d: %v", i, err)
		}
	}
	all := b.List("", noon)
	for _, m := range all {
		for _, text := range []string{m.Text, m.From, m.To, m.Subject} {
			runes := []rune(text)
			for from := range runes {
				for _, to := range []int{from + 1, from + 2, from + 7, len(runes)} {
					if to > len(runes) {
						continue
					}
					part := string(runes[from:to])
					for _, word := range []string{part, strings.ToUpper(part), strings.ToLower(part)} {
						w := mailbox.NewWord(word)
						for _, other := range all {
							looked := w.In(other.Text) || w.In(other.From) || w.In(other.To) || w.In(other.Subject)
							if looked && !w.MayBeIn(&other) {
								t.Errorf("%q is in %s and was not looked for", word, other.ID)
							}
						}
					}
				}
			}
		}
	}
	if w := mailbox.NewWord("見つからない語"); w.MayBeIn(&all[0]) {
		t.Error("what no mail has is looked for all the same")
	}
}
