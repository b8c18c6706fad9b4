package mailbox_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"example.com/netanswer/mocks/mailbox"
)

// nested is a mail of parts in parts, to a depth.
func nested(depth int) []byte {
	var b strings.Builder
	b.WriteString("Subject: deep\r\n")
	for i := range depth {
		fmt.Fprintf(&b, "Content-Type: multipart/mixed; boundary=%d\r\n\r\n--%d\r\n", i, i)
	}
	b.WriteString("\r\ntext\r\n")
	return []byte(b.String())
}

// A mail of 10 MB that nests without end would take hours to read; this test
// ends because none of it is read.
func TestAMailOfPartsInPartsIsRefused(t *testing.T) {
	for depth, want := range map[int]error{1: nil, 50: nil, 51: mailbox.ErrMessage, 200_000: mailbox.ErrMessage} {
		var b mailbox.Box
		if m, err := b.Accept("a@example.jp", nested(depth), noon, 10); !errors.Is(err, want) ||
			want == nil && strings.TrimSpace(m.Text) != "text" {
			t.Errorf("depth %d: %q %v", depth, m.Text, err)
		}
	}
}

func TestAMailOfManyPartsIsReadAsFarAsTheBound(t *testing.T) {
	var b mailbox.Box
	raw := "Content-Type: multipart/mixed; boundary=b\r\n\r\n" + strings.Repeat(
		"--b\r\nContent-Type: image/png\r\n\r\nx\r\n",
		100_000,
	) + "--b--\r\n"
	m, err := b.Accept("a@example.jp", []byte(raw), noon, 10)
	if err != nil || len(m.Attachments) != 200 || m.Raw != raw {
		t.Errorf("%d attachments, %v", len(m.Attachments), err)
	}
}

func TestAMailOfMailsInMailsIsRefused(t *testing.T) {
	var b mailbox.Box
	raw := strings.Repeat("Content-Type: message/rfc822\r\n\r\n", 100_000) + "text\r\n"
	if _, err := b.Accept("a@example.jp", []byte(raw), noon, 10); !errors.Is(err, mailbox.ErrMessage) {
		t.Error(err)
	}
}
