package client_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"example.com/netanswer/client"
)

func TestMessagesAreReadAwaitedAndForgotten(t *testing.T) {
	t.Parallel()
	c, s := connect(t)
	ctx := t.Context()
	_, err := c.AwaitSMS(ctx, "w", "090-0000-1001", "", 0)
	var p *client.Problem
	if !errors.Is(err, client.ErrNothingArrived) || !errors.As(err, &p) || !strings.Contains(p.Detail, "0 under way") {
		t.Errorf("error %v", err)
	}
	arrived := make(chan client.SMS)
	go func() {
		m, err := c.AwaitSMS(ctx, "w", "090-0000-1001", "", client.MaxWait)
		if err != nil {
			t.Error(err)
		}
		arrived <- m
	}()
	id, passcode := proceed(t, s, "w")
	sms := <-arrived
	want := &client.Passcode{Code: passcode, IssuedAt: start, ExpiresAt: start.Add(10 * time.Minute)}
	if diff := cmp.Diff(want, sms.Passcode); diff != "" {
		t.Errorf("passcode (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]client.SMS{sms}, must(c.SMS(ctx, "w", ""))(t)); diff != "" {
		t.Errorf("list (-want +got):\n%s", diff)
	}
	if _, err := c.AwaitSMS(ctx, "w", "", sms.ID, 0); !errors.Is(err, client.ErrNothingArrived) {
		t.Errorf("after %s: %v", sms.ID, err)
	}
	if step, err := s.Web().Enter(ctx, "w", id, passcode); err != nil || step.Refused != nil {
		t.Fatal(err, step.Refused)
	}
	mail := must(c.AwaitMail(ctx, "w", "hanako@example.jp", "", time.Second))(t)
	if diff := cmp.Diff([]client.Mail{mail}, must(c.Mails(ctx, "w", "Hanako@example.jp"))(t)); diff != "" || mail.Passcode != nil {
		t.Errorf("list (-want +got):\n%s", diff)
	}
	if raw := must(c.RawMail(ctx, "w", mail.ID))(t); !strings.Contains(raw, "To: <hanako@example.jp>\r\n") {
		t.Errorf("raw %q", raw)
	}
	if err := errors.Join(c.ForgetSMS(ctx, "w", "090-0000-1001"), c.ForgetMails(ctx, "w", "")); err != nil {
		t.Error(err)
	}
	if n := len(must(c.SMS(ctx, "w", ""))(t)) + len(must(c.Mails(ctx, "w", ""))(t)); n != 0 {
		t.Errorf("%d messages are left", n)
	}
	if list := must(c.Enrolments(ctx, "w"))(t); len(list) != 1 || list[0].Card != "4242-42**-****-017" {
		t.Errorf("enrolments %+v", list)
	}
	if list := must(c.Registrations(ctx, "w"))(t); len(list) != 1 || list[0].State != "completed" || list[0].ID != id ||
		!list[0].ExpiresAt.IsZero() {
		t.Errorf("registrations %+v", list)
	}
	events := must(c.Timeline(ctx, "w"))(t)
	rest := must(c.TimelineAfter(ctx, "w", events[1].Serial))(t)
	if diff := cmp.Diff(events[2:], rest); diff != "" || len(events) < 8 {
		t.Errorf("timeline (-want +got):\n%s", diff)
	}
}

func TestMailIsReadWhole(t *testing.T) {
	t.Parallel()
	c, s := connect(t)
	ctx := t.Context()
	raw := "From: shop@example.jp\r\nSubject: Hello\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n" +
		"--b\r\nContent-Type: text/html\r\n\r\n<b>bold</b>\r\n--b\r\nContent-Disposition: attachment; filename=a.txt\r\n\r\nterms\r\n--b--\r\n"
	if _, err := s.Providers().TakeMail(t.Context(), "w", "hanako@example.jp", []byte(raw)); err != nil {
		t.Fatal(err)
	}
	found := must(c.SearchMails(ctx, "w", "hanako@example.jp", "bold hello"))(t)
	if len(found) != 1 || len(must(c.SearchMails(ctx, "w", "", "nothing"))(t)) != 0 {
		t.Fatalf("%+v", found)
	}
	m := must(c.Mail(ctx, "w", found[0].ID))(t)
	if m.HTML != "<b>bold</b>" || len(m.Headers) != 4 || len(m.Attachments) != 1 || m.Attachments[0].Name != "a.txt" {
		t.Errorf("%+v", m)
	}
	if data := must(c.Attachment(ctx, "w", m.ID, 0))(t); string(data) != "terms" {
		t.Errorf("%q", data)
	}
}
