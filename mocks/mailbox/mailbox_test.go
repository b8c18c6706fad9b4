package mailbox_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"example.com/netanswer/mocks/clock"
	"example.com/netanswer/mocks/fault"
	"example.com/netanswer/mocks/mailbox"
)

var noon = time.Date(2026, 11, 24, 12, 0, 0, 0, clock.Japan)

func draft(text string) mailbox.Draft {
	return mailbox.Draft{FromName: "セゾンカード", FromAddress: "namr@mail.saisoncard.co.jp", To: "hanako@example.jp",
		Subject: "<セゾンカード>ワンタイムパスコードのお知らせ", Text: text, Date: noon, MessageID: "1@mail.saisoncard.co.jp"}
}

const passcodeText = "会員登録のためのワンタイムパスコードをお送りします。\n\n012345\n\n※有効期限は 10 分間です。必ず有効期限内にお手続きください。\n"

func TestWhatIsComposedIsReadAgain(t *testing.T) {
	raw, err := mailbox.Compose(draft(passcodeText))
	if err != nil {
		t.Fatal(err)
	}
	var b mailbox.Box
	m, err := b.Accept("hanako@example.jp", raw, noon, 10)
	if err != nil {
		t.Fatal(err)
	}
	if m.From != "セゾンカード <namr@mail.saisoncard.co.jp>" || m.Subject != "<セゾンカード>ワンタイムパスコードのお知らせ" || m.Text != passcodeText {
		t.Errorf("%q %q %q", m.From, m.Subject, m.Text)
	}
	if m.Passcode == nil || m.Passcode.Code != "012345" || !m.Passcode.ExpiresAt.Equal(noon.Add(10*time.Minute)) {
		t.Errorf("passcode %+v", m.Passcode)
	}
}

func TestAForeignMailIsReadToo(t *testing.T) {
	raw := "From: Shop <shop@example.jp>\r\nTo: a@example.jp\r\nSubject: =?ISO-2022-JP?B?GyRCJUYlOSVIGyhC?=\r\n" +
		"MIME-Version: 1.0\r\nContent-Type: multipart/alternative; boundary=b\r\n\r\n" +
		"--b\r\nContent-Type: text/html\r\n\r\n<p>html</p>\r\n--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nplain\r\n--b--\r\n"
	var b mailbox.Box
	m, err := b.Accept("a@example.jp", []byte(raw), noon, 10)
	if err != nil || strings.TrimSpace(m.Text) != "plain" {
		t.Errorf("%q %v", m.Text, err)
	}
}

func TestAnAddressIsTheSameInEveryCase(t *testing.T) {
	raw, _ := mailbox.Compose(draft("hello"))
	var b mailbox.Box
	if _, err := b.Accept("Hanako@Example.jp", raw, noon, 10); err != nil {
		t.Fatal(err)
	}
	if len(b.List("hanako@example.jp", noon)) != 1 || len(b.List("taro@example.jp", noon)) != 0 {
		t.Error("the mail is in the wrong mailbox")
	}
}

func TestRefusals(t *testing.T) {
	raw, _ := mailbox.Compose(draft("hello"))
	var b mailbox.Box
	for _, to := range []string{"", "hanako", "@example.jp", "hanako@"} {
		if _, err := b.Accept(to, raw, noon, 10); !errors.Is(err, mailbox.ErrRecipient) {
			t.Errorf("%q: %v", to, err)
		}
	}
	if _, err := b.Accept("a@example.jp", raw, noon, 0); !errors.Is(err, mailbox.ErrFull) {
		t.Errorf("beyond the bound: %v", err)
	}
}

func FuzzAcceptNeverPanics(f *testing.F) {
	raw, _ := mailbox.Compose(draft(passcodeText))
	f.Add(raw)
	f.Add([]byte("Content-Type: multipart/mixed; boundary=\"\"\r\n\r\n--\r\n"))
	f.Add([]byte("Subject: =?x?Q?=?=\r\n\r\n"))
	f.Fuzz(func(t *testing.T, raw []byte) {
		var b mailbox.Box
		if m, err := b.Accept("a@example.jp", raw, noon, 1); err == nil && m.Raw != string(raw) {
			t.Error("the raw mail is not kept as it came")
		}
	})
}

func TestAMailIsKnownByItsKey(t *testing.T) {
	var b mailbox.Box
	deliver := func(to, key string) bool {
		t.Helper()
		m, err := mailbox.Parse([]byte("From: a@example.com\r\n" + key + "Subject: x\r\n\r\nhello\r\n"))
		if err != nil {
			t.Fatal(err)
		}
		if _, taken := b.Repeats(to, m); taken {
			return false
		}
		if _, err := b.Deliver(to, m, fault.Fault{}, noon, 10); err != nil {
			t.Fatal(err)
		}
		return true
	}
	for i, tt := range []struct {
		to, key string
		is      bool
	}{
		{"hanako@example.jp", "Idempotency-Key: k\r\n", true},
		{"Hanako@example.jp", "idempotency-key:  k \r\n", false},
		{"taro@example.jp", "Idempotency-Key: k\r\n", true},
		{"hanako@example.jp", "Idempotency-Key: other\r\n", true},
		{"hanako@example.jp", "", true},
		{"hanako@example.jp", "", true}, // without a key each is another one
	} {
		if got := deliver(tt.to, tt.key); got != tt.is {
			t.Errorf("%d: %v", i, got)
		}
	}
}
