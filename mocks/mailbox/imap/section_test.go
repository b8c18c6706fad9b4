package imap

import (
	"strings"
	"testing"

	"github.com/emersion/go-imap/v2"

	"example.com/netanswer/mocks/mailbox"
)

func TestFieldsOfAHeaderAreThoseThatAreNamed(t *testing.T) {
	const raw = "From: a@example.com\r\nSubject: one\r\n two\r\nTo : b@example.jp\r\nsubject: three\r\n\r\nSubject: body\r\n"
	for _, c := range []struct {
		names   []string
		partial *imap.SectionPartial
		want    string
	}{
		{[]string{"SUBJECT"}, nil, "Subject: one\r\n two\r\nsubject: three\r\n\r\n"},
		{[]string{"from", "X-None"}, nil, "From: a@example.com\r\n\r\n"},
		{[]string{"X-None"}, nil, "\r\n"},
		{[]string{"from"}, &imap.SectionPartial{Offset: 6, Size: 3}, "a@e"},
		{[]string{"from"}, &imap.SectionPartial{Offset: 600, Size: 3}, ""},
	} {
		section := &imap.FetchItemBodySection{Specifier: imap.PartSpecifierHeader, HeaderFields: c.names, Partial: c.partial}
		if got := string(body(mailbox.Mail{Raw: raw}, raw, section)); got != c.want {
			t.Errorf("%v: %q, want %q", c.names, got, c.want)
		}
	}
}

// Each of these takes minutes where a field is looked for among all of its name.
func TestOneFieldOfAHeaderOfManyIsFound(t *testing.T) {
	raw := strings.Repeat("To: b@example.jp\r\n", 500_000) + "Subject: one\r\n\r\n"
	names := append([]string{"Subject"}, strings.Fields(strings.Repeat("x ", 20_000))...)
	section := &imap.FetchItemBodySection{Specifier: imap.PartSpecifierHeader, HeaderFields: names}
	if got := string(body(mailbox.Mail{Raw: raw}, raw, section)); got != "Subject: one\r\n\r\n" {
		t.Errorf("%.60q", got)
	}
}
