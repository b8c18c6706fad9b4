package mailbox_test

import (
	"errors"
	"fmt"
	"runtime"
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

// A mail costs what its length costs, however its lines are cut: none of these
// 400 KB takes more memory, one after the other, than some copies of it. Where
// each line copies all that came before it, thousands do.
func TestAMailOfManyLinesCostsItsLength(t *testing.T) {
	for name, raw := range map[string]string{
		"a header of many lines":        "Subject: x\r\n" + strings.Repeat(" y\r\n", 100_000) + "\r\nx",
		"lines that go on with none":    "Subject: x\r\n" + strings.Repeat("none\r\n y\r\n", 20_000) + "X-A: b\r\n\r\nx",
		"many parameters":               "Content-Type: a/b;" + strings.Repeat("\r\n n=a;", 60_000) + "\r\n\r\nx",
		"many pieces of a parameter":    "Content-Type: a/b; name*0*=''x;" + pieces(20_000) + "\r\n\r\nx",
		"base64 that ends in each line": "Content-Transfer-Encoding: base64\r\n\r\n" + strings.Repeat("QQ==QQ==\r\n", 40_000),
	} {
		var b mailbox.Box
		before, after := runtime.MemStats{}, runtime.MemStats{}
		runtime.ReadMemStats(&before)
		if _, err := b.Accept("a@example.jp", []byte(raw), noon, 10); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		runtime.ReadMemStats(&after)
		if copies := (after.TotalAlloc - before.TotalAlloc) / uint64(len(raw)); copies > 200 {
			t.Errorf("%s: %d times its length", name, copies)
		}
	}
}

// pieces are the pieces of a long parameter, from the second on.
func pieces(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "\r\n name*%d*=a;", i+1)
	}
	return b.String()
}

// Where each comma looks for an @ before it, this sender takes minutes.
func TestASenderOfManyCommasIsRead(t *testing.T) {
	var b mailbox.Box
	raw := "From: " + strings.Repeat(strings.Repeat(",", 1000)+"\r\n ", 4000) + "a@example.com, b\r\n\r\nx"
	m, err := b.Accept("a@example.jp", []byte(raw), noon, 10)
	if err != nil || !strings.HasSuffix(m.From, ",a@example.com") && !strings.HasSuffix(m.From, " a@example.com") {
		t.Errorf("%.60q %v", m.From, err)
	}
}

func TestBase64InPiecesIsRead(t *testing.T) {
	var b mailbox.Box
	raw := "Content-Type: text/plain\r\nContent-Transfer-Encoding: base64\r\n\r\nQQ==\r\nQkI=QUJD\r\nRA"
	if m, err := b.Accept("a@example.jp", []byte(raw), noon, 10); err != nil || m.Text != "ABBABCD" {
		t.Errorf("%q %v", m.Text, err)
	}
}
