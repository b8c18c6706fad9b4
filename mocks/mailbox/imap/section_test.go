package imap

import (
	"errors"
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

func TestThousandsOfSectionsAreRefused(t *testing.T) {
	s := &session{}
	ask := func(body, binary, size int) error {
		return s.Fetch(nil, imap.SeqSet{}, &imap.FetchOptions{BodySection: make([]*imap.FetchItemBodySection, body),
			BinarySection:     make([]*imap.FetchItemBinarySection, binary),
			BinarySectionSize: make([]*imap.FetchItemBinarySectionSize, size)})
	}
	for _, n := range [][3]int{{mostSections + 1, 0, 0}, {0, mostSections + 1, 0}, {0, 0, mostSections + 1}, {1, mostSections - 1, 1}} {
		if err := ask(n[0], n[1], n[2]); !errors.Is(err, errSections) {
			t.Errorf("%v: %v", n, err)
		}
	}
}

func TestAPieceOfAMailCopiesNothingElse(t *testing.T) {
	m := mailbox.Mail{Raw: strings.Repeat("x", 8<<20)}
	section := &imap.FetchItemBodySection{Partial: &imap.SectionPartial{Offset: 5, Size: 2}}
	got := testing.Benchmark(func(b *testing.B) {
		for b.Loop() {
			body(m, "", section)
		}
	})
	if got.AllocedBytesPerOp() > 1000 {
		t.Errorf("a piece of 2 bytes takes %d", got.AllocedBytesPerOp())
	}
}
