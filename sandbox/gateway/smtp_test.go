package gateway_test

import (
	"fmt"
	"strings"
	"testing"
	"unsafe"

	"github.com/emersion/go-smtp"

	"example.com/netanswer/mocks/mailbox"
)

func TestASenderIsNotifiedOfADelivery(t *testing.T) {
	t.Parallel()
	s, g := open(t)
	c, err := smtp.Dial(listen(t, smtpOf(g)))
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	if ok, _ := c.Extension("DSN"); !ok {
		t.Fatal("it does not say DSN")
	}
	if err := c.Mail("shop@example.com", &smtp.MailOptions{Return: smtp.DSNReturnHeaders, EnvelopeID: "order-42"}); err != nil {
		t.Fatal(err)
	}
	for to, notify := range map[string]smtp.DSNNotify{"hanako@example.jp": smtp.DSNNotifySuccess, "taro@example.jp": smtp.DSNNotifyNever} {
		if err := c.Rcpt(to, &smtp.RcptOptions{Notify: []smtp.DSNNotify{notify}, OriginalRecipientType: smtp.DSNAddressTypeRFC822,
			OriginalRecipient: "x" + to}); err != nil {
			t.Fatal(err)
		}
	}
	w, err := c.Data()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := fmt.Fprint(w, "Subject: x\r\n\r\nsecret\r\n"); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	m, err := s.Snapshot(t.Context(), "default")
	if err != nil {
		t.Fatal(err)
	}
	told := m.Mailbox.List("shop@example.com", m.Now)
	if len(told) != 1 {
		t.Fatalf("%d reports", len(told))
	}
	for _, want := range []string{"Original-Envelope-Id: order-42", "Original-Recipient: rfc822; xhanako@example.jp", "Final-Recipient: rfc822; hanako@example.jp", "Action: delivered", "Status: 2.0.0", "Subject: x"} {
		if !strings.Contains(told[0].Raw, want) {
			t.Errorf("the report does not say %q:\n%s", want, told[0].Raw)
		}
	}
	if strings.Contains(told[0].Raw, "taro") || strings.Contains(told[0].Raw, "secret") {
		t.Errorf("the report says too much:\n%s", told[0].Raw)
	}
}

func TestAMailToManyIsOneMail(t *testing.T) {
	t.Parallel()
	s, g := open(t)
	var to []string
	for i := range 50 {
		to = append(to, fmt.Sprintf("u%d@example.jp", i))
	}
	raw := "Subject: x\r\n\r\n" + strings.Repeat("text\r\n", 1000)
	c, err := smtp.Dial(listen(t, smtpOf(g)))
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	if err := c.SendMail("shop@example.com", to, strings.NewReader(raw)); err != nil {
		t.Fatal(err)
	}
	m, err := s.Snapshot(t.Context(), "default")
	if err != nil || len(m.Mailbox.Mails) != 50 {
		t.Fatal(len(m.Mailbox.Mails), err)
	}
	of := func(m mailbox.Mail) *byte { return unsafe.StringData(m.Raw) }
	for _, mail := range m.Mailbox.Mails {
		if of(mail) != of(m.Mailbox.Mails[0]) {
			t.Fatal("a recipient has a copy of its own")
		}
		if len(m.Mailbox.Search(mail.To, "", m.Now)) != 1 {
			t.Errorf("%s is not found by itself alone", mail.To)
		}
	}
}

func TestLogInsAndLinesOfSMTP(t *testing.T) {
	t.Parallel()
	_, g := open(t)
	address := listen(t, smtpOf(g))
	for name, tt := range map[string][][2]string{
		"CRAM-MD5":                    {{"AUTH CRAM-MD5", "334"}, {"bWluZSAwMTIzNDU2Nzg5YWJjZGVmMDEyMzQ1Njc4OWFiY2RlZg==", "235"}},
		"CRAM-MD5 without a digest":   {{"AUTH CRAM-MD5", "334"}, {"bWluZQ==", "535"}},
		"a line longer than can be":   {{"MAIL FROM:<a@b>", "250"}, {"RCPT TO:<c@d>", "250"}, {"DATA", "354"}, {strings.Repeat("a", 70_000) + "\r\n.", "500 5.5.2"}},
		"a line longer than RFC 5321": {{"MAIL FROM:<a@b>", "250"}, {"RCPT TO:<c@d>", "250"}, {"DATA", "354"}, {strings.Repeat("a", 5000) + "\r\n.", "250"}},
		"one MAIL after another":      {{"MAIL FROM:<a@b>", "250"}, {"MAIL FROM:<a@b>", "503 5.5.1"}, {"RCPT TO:<c@d>", "250"}},
		"MAIL after RSET":             {{"MAIL FROM:<>", "250"}, {"MAIL FROM:<>", "503"}, {"RSET", "250"}, {"MAIL FROM:<a@b>", "250"}},
		"MAIL after EHLO":             {{"MAIL FROM:<a@b>", "250"}, {"EHLO x", "250"}, {"MAIL FROM:<a@b>", "250"}},
		"MAIL after a mail":           {{"MAIL FROM:<a@b>", "250"}, {"RCPT TO:<c@d>", "250"}, {"DATA", "354"}, {"x: y\r\n\r\n.", "250"}, {"MAIL FROM:<a@b>", "250"}},
		"MAIL without brackets":       {{"MAIL FROM:a@b", "250"}, {"RCPT TO:c@d", "250"}},
		"NOTIFY that cannot be":       {{"MAIL FROM:<a@b>", "250"}, {"RCPT TO:<c@d> NOTIFY=NEVER,SUCCESS", "501"}},
	} {
		w := dial(t, address)
		w.hear()
		w.say("EHLO x\r\n")
		for _, turn := range tt {
			if got := w.say(turn[0] + "\r\n"); !strings.HasPrefix(got, turn[1]) {
				t.Errorf("%s: %q to %.30q, want %q", name, got, turn[0], turn[1])
				break
			}
		}
	}
}

// TestAnAddressOfACarrierIsTakenAsItIs is about what RFC 5321 has in quotes only,
// and carriers do not.
func TestAnAddressOfACarrierIsTakenAsItIs(t *testing.T) {
	t.Parallel()
	s, g := open(t)
	w := dial(t, listen(t, smtpOf(g)))
	w.hear()
	w.say("EHLO x\r\n")
	for _, to := range []string{"a..b@docomo.ne.jp", "a.@ezweb.ne.jp", "\"a..b\"@docomo.ne.jp"} {
		for said, want := range map[string]string{"MAIL FROM:<x@example.com>": "250"} {
			if got := w.say(said + "\r\n"); !strings.HasPrefix(got, want) {
				t.Errorf("%s: %s", said, got)
			}
		}
		for _, turn := range [][2]string{{"RCPT TO:<" + to + ">", "250"}, {"DATA", "354"}, {"Subject: x\r\n\r\nx\r\n.", "250"}} {
			if got := w.say(turn[0] + "\r\n"); !strings.HasPrefix(got, turn[1]) {
				t.Errorf("%s: %s: %s", to, turn[0], got)
			}
		}
	}
	m, err := s.Snapshot(t.Context(), "default")
	if err != nil {
		t.Fatal(err)
	}
	if n := len(m.Mailbox.List("a..b@docomo.ne.jp", m.Now)); n != 2 {
		t.Errorf("%d mails, want the quoted as well", n)
	}
	if n := len(m.Mailbox.List("a.@ezweb.ne.jp", m.Now)); n != 1 {
		t.Errorf("%d mails", n)
	}
}
