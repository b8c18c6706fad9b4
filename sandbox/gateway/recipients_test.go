package gateway_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"example.com/netanswer/mocks/fault"
	"example.com/netanswer/sandbox/world"
)

func TestEachRecipientHasAFateOfItsOwn(t *testing.T) {
	t.Parallel()
	s, g := open(t)
	plan(
		t,
		s,
		"mine",
		world.ProviderMail,
		fault.Fault{Kind: fault.Refuse, To: "busy@example.jp", Times: 1},
		fault.Fault{Kind: fault.Duplicate, To: "twice@example.jp", Times: 1},
		fault.Fault{Kind: fault.Lose, To: "lost@example.jp", Times: 1},
	)
	for address, answers := range map[string]bool{"picky@example.jp": true, "silent@example.jp": false} {
		if err := s.Control().Receive(t.Context(), "mine", address, []string{"example.com"}, answers); err != nil {
			t.Fatal(err)
		}
	}
	w := dial(t, listen(t, smtpOf(g)))
	w.hear()
	w.say("EHLO me\r\n")
	w.say("AUTH PLAIN AG1pbmUAeA==\r\n")
	w.say("MAIL FROM:<a@example.com>\r\n")
	for to, want := range map[string]string{"fine@example.jp": "250", "busy@example.jp": "451", "picky@example.jp": "550", "silent@example.jp": "250",
		"twice@example.jp": "250", "lost@example.jp": "250"} {
		if got := w.say("RCPT TO:<" + to + ">\r\n"); !strings.HasPrefix(got, want) {
			t.Errorf("%s: %s, want %s", to, got, want)
		}
	}
	w.say("DATA\r\n")
	if got := w.say("From: a@example.com\r\nSubject: x\r\n\r\nhello\r\n.\r\n"); !strings.HasPrefix(got, "250") {
		t.Errorf("the mail: %s", got)
	}
	m, err := s.Snapshot(t.Context(), "mine")
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]int{}
	for _, mail := range m.Mailbox.List("", m.Now) {
		got[mail.To]++
	}
	if diff := cmp.Diff(map[string]int{"fine@example.jp": 1, "twice@example.jp": 2}, got); diff != "" {
		t.Errorf("mails (-want +got):\n%s", diff)
	}
	if left := m.Mailbox.Faults.Faults; len(left) != 0 {
		t.Errorf("left of the plan: %+v", left)
	}
}

func TestAPlannedTimeOutOfOneRecipientTakesNothingOverForAnybody(t *testing.T) {
	t.Parallel()
	s, g := open(t, holdsBriefly)
	plan(t, s, world.DefaultName, world.ProviderMail, fault.Fault{Kind: fault.TimeOut, To: "slow@example.jp", Times: 1})
	w := dial(t, listen(t, smtpOf(g)))
	w.hear()
	w.say("EHLO me\r\n")
	w.say("MAIL FROM:<a@example.com>\r\n")
	w.say("RCPT TO:<fine@example.jp>\r\n")
	if _, err := w.Write([]byte("RCPT TO:<slow@example.jp>\r\nDATA\r\nSubject: x\r\n\r\ny\r\n.\r\n")); err != nil {
		t.Fatal(err)
	}
	if got := w.ends(); got != "" {
		t.Errorf("it was answered %q", got)
	}
	if m, err := s.Snapshot(t.Context(), world.DefaultName); err != nil || len(m.Mailbox.Mails) != 0 {
		t.Errorf("%d mails, %v", len(m.Mailbox.Mails), err)
	}
}
