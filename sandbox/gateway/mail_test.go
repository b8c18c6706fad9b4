package gateway_test

import (
	"bufio"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"strings"
	"sync"
	"testing"
	"time"

	"example.com/netanswer/sandbox/gateway"
	"example.com/netanswer/sandbox/world"
)

// certificate is one for all tests.
var certificate = sync.OnceValues(gateway.Certificate)

// A protocol serves on one listener.
type protocol interface {
	Serve(net.Listener) error
	Close() error
}

// listen serves a protocol and returns its address.
func listen(t testing.TB, of func(tls.Certificate) protocol) string {
	t.Helper()
	cert, err := certificate()
	if err != nil {
		t.Fatal(err)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	p := of(cert)
	done := make(chan error, 1)
	go func() { done <- p.Serve(l) }()
	t.Cleanup(func() {
		if err := errors.Join(p.Close(), <-done); err != nil {
			t.Error(err)
		}
	})
	return l.Addr().String()
}

func smtpOf(g *gateway.Gateway) func(tls.Certificate) protocol {
	return func(c tls.Certificate) protocol { return g.SMTP(c) }
}

func imapOf(g *gateway.Gateway) func(tls.Certificate) protocol {
	return func(c tls.Certificate) protocol { return g.IMAP(c) }
}

// A wire is a connection by hand.
type wire struct {
	testing.TB
	net.Conn
	in *bufio.Reader
}

func dial(t testing.TB, address string) wire {
	t.Helper()
	conn, err := net.Dial("tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close() }) // it may be closed already
	return wire{t, conn, bufio.NewReader(conn)}
}

// say sends and returns the last line of what comes back.
func (w wire) say(text string) string {
	w.Helper()
	if _, err := io.WriteString(w, text); err != nil {
		w.Fatal(err)
	}
	return w.hear()
}

// hear is the last line of an SMTP answer.
func (w wire) hear() string {
	w.Helper()
	for {
		line, err := w.in.ReadString('\n')
		if err != nil {
			w.Fatal(err)
		}
		if len(line) < 4 || line[3] != '-' {
			return strings.TrimSpace(line)
		}
	}
}

// ends tells whether the connection ends by itself, and what was said before.
func (w wire) ends() string {
	w.Helper()
	rest, err := io.ReadAll(w.in)
	if err != nil && !strings.Contains(err.Error(), "reset") {
		w.Errorf("the connection does not end: %v", err)
	}
	return string(rest)
}

func TestSlowAndEndlessSMTPIsCutOff(t *testing.T) {
	t.Parallel()
	s, g := open(t, func(c *gateway.Config) { c.Limits.Idle, c.Limits.Mail = time.Second, 10_000 })
	address := listen(t, smtpOf(g))
	begin := func() wire {
		w := dial(t, address)
		w.hear()
		for _, line := range []string{"EHLO me", "MAIL FROM:<a@example.com>", "RCPT TO:<b@example.jp>"} {
			if got := w.say(line + "\r\n"); got[0] != '2' {
				t.Fatalf("%s: %s", line, got)
			}
		}
		return w
	}
	silent := dial(t, address)
	silent.hear()
	if got := silent.ends(); !strings.Contains(got, "421") {
		t.Errorf("a silent client heard %q", got)
	}
	slow := begin()
	slow.say("DATA\r\n")
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	for n := 0; ; n++ { // a byte at a time, for ever
		if _, err := slow.Write([]byte("x")); err != nil {
			break
		}
		<-tick.C
		if n > 500 {
			t.Fatal("a slow mail is waited for without end")
		}
	}
	large := begin()
	large.say("DATA\r\n")
	if got := large.say(strings.Repeat("a line of a large mail\r\n", 1000) + ".\r\n"); !strings.HasPrefix(got, "552") {
		t.Errorf("a large mail is returned %s", got)
	}
	if got := large.say("NOOP\r\n"); got[0] != '2' {
		t.Errorf("and after it: %s", got)
	}
	long := dial(t, address)
	long.hear()
	if _, err := io.WriteString(long, "NOOP "+strings.Repeat("x", 100_000)); err != nil && !errors.Is(err, net.ErrClosed) {
		t.Log(err) // it may be cut off while it sends
	}
	long.ends()
	half := begin()
	half.say("DATA\r\n")
	if _, err := io.WriteString(half, "Subject: half\r\n\r\n"); err != nil {
		t.Fatal(err)
	}
	if err := half.Conn.(*net.TCPConn).CloseWrite(); err != nil {
		t.Fatal(err)
	}
	half.ends()
	m, err := s.Snapshot(t.Context(), world.DefaultName)
	if err != nil || len(m.Mailbox.Mails) != 0 {
		t.Errorf("%d mails were taken over, %v", len(m.Mailbox.Mails), err)
	}
}

func TestRecipientsAreBounded(t *testing.T) {
	t.Parallel()
	_, g := open(t, func(c *gateway.Config) { c.Limits.Recipients = 2 })
	w := dial(t, listen(t, smtpOf(g)))
	w.hear()
	w.say("EHLO me\r\n")
	w.say("MAIL FROM:<a@example.com>\r\n")
	for i, want := range []byte{'2', '2', '4'} {
		if got := w.say(fmt.Sprintf("RCPT TO:<%d@example.jp>\r\n", i)); got[0] != want {
			t.Errorf("recipient %d: %s", i, got)
		}
	}
}

func TestOneBadSenderDisturbsNobody(t *testing.T) {
	t.Parallel()
	s, g := open(t)
	address := listen(t, smtpOf(g))
	stuck := dial(t, address)
	stuck.hear()
	if _, err := io.WriteString(stuck, "EHLO m"); err != nil { // and nothing more
		t.Fatal(err)
	}
	other := dial(t, address)
	other.hear()
	for _, line := range []string{"EHLO me", "MAIL FROM:<a@example.com>", "RCPT TO:<b@example.jp>", "DATA", "Subject: x\r\n\r\nhello\r\n."} {
		other.say(line + "\r\n")
	}
	if m, err := s.Snapshot(t.Context(), world.DefaultName); err != nil || len(m.Mailbox.Mails) != 1 {
		t.Errorf("%d mails, %v", len(m.Mailbox.Mails), err)
	}
}

func TestIMAPOfRubbishIsRefused(t *testing.T) {
	t.Parallel()
	_, g := open(t)
	address := listen(t, imapOf(g))
	for name, tt := range map[string]struct{ text, want string }{
		"before log-in":    {"a SELECT INBOX\r\n", "a BAD"},
		"a world it isn't": {"a LOGIN \"No World\" x\r\n", "a NO"},
		"no command":       {"a FROBNICATE\r\n", "a BAD"},
	} {
		w := dial(t, address)
		w.hear()
		if _, err := io.WriteString(w, tt.text); err != nil {
			t.Fatal(err)
		}
		line, err := w.in.ReadString('\n')
		if err != nil || !strings.HasPrefix(line, tt.want) {
			t.Errorf("%s: %q %v", name, line, err)
		}
	}
}

// fuzzed sends what a client sends, and reads until the end.
func fuzzed(t *testing.T, address string, hello string, raw []byte) {
	w := dial(t, address)
	if hello != "" {
		if _, err := io.WriteString(w, hello); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := w.Write(raw); err != nil {
		return // cut off meanwhile
	}
	_ = w.Conn.(*net.TCPConn).CloseWrite() // it may be cut off already
	if n, _ := io.Copy(io.Discard, io.LimitReader(w.in, 4<<20)); n >= 4<<20 {
		t.Error("there is no end to the answers")
	}
	_ = w.Close() // it may be closed already
}

// stillServes tells whether a listener answers.
func stillServes(t *testing.T, address string) {
	w := dial(t, address)
	if line, err := w.in.ReadString('\n'); err != nil {
		t.Errorf("%q %v", line, err)
	}
	_ = w.Close() // nothing was said
}

func FuzzSMTPNeverFailsUs(f *testing.F) {
	f.Add(
		[]byte("EHLO x\r\nMAIL FROM:<a@b> SIZE=10 BODY=8BITMIME SMTPUTF8\r\nRCPT TO:<c@d>\r\nDATA\r\nSubject: x\r\n\r\ny\r\n.\r\nQUIT\r\n"),
	)
	f.Add([]byte("EHLO x\r\nAUTH PLAIN AG1pbmUAeA==\r\nMAIL FROM:<>\r\nRCPT TO:<\"q q\"@d>\r\nBDAT 3 LAST\r\nabc"))
	f.Add([]byte("AUTH LOGIN\r\n*\r\nRSET\r\nVRFY x\r\nSTARTTLS\r\n\x16\x03\x01"))
	_, g := open(f, func(c *gateway.Config) { c.Limits.Idle, c.Limits.Mail = time.Second, 10_000 })
	address := listen(f, smtpOf(g))
	f.Fuzz(func(t *testing.T, raw []byte) {
		fuzzed(t, address, "", raw)
		stillServes(t, address)
	})
}

func FuzzIMAPNeverFailsUs(f *testing.F) {
	for _, commands := range []string{
		"b SELECT INBOX\r\nc FETCH 1:* (FLAGS BODY[] ENVELOPE BODYSTRUCTURE)\r\nd SEARCH OR SUBJECT x NOT (SEEN TEXT y)\r\ne STORE 1 +FLAGS (\\Deleted)\r\nf EXPUNGE\r\n",
		"b LIST \"\" *\r\nc STATUS INBOX (MESSAGES UNSEEN UIDNEXT)\r\nd EXAMINE hanako@example.jp\r\ne UID SEARCH UID 1:* LARGER 10\r\nf UID FETCH 1 BODY.PEEK[1.2.HEADER.FIELDS (From)]<0.10>\r\n",
		"b SELECT INBOX\r\nc IDLE\r\nDONE\r\nd SEARCH CHARSET UTF-8 BODY {3}\r\nabc\r\ne APPEND INBOX {3}\r\nabc\r\nf COPY 1 x\r\n",
	} {
		f.Add([]byte(commands))
	}
	s, g := open(f)
	address := listen(f, imapOf(g))
	for range 3 {
		if _, err := s.Providers().TakeMail(f.Context(), "mine", "hanako@example.jp", []byte("Subject: x\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\ny\r\n--b--\r\n")); err != nil {
			f.Fatal(err)
		}
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		fuzzed(t, address, "a LOGIN mine x\r\n", raw)
		stillServes(t, address)
	})
}

func FuzzIMAPLogInNeverFailsUs(f *testing.F) {
	f.Add("mine", "x")
	f.Add("hanako@example.jp", "{5}")
	f.Add("\"No World\"", "\x00")
	_, g := open(f)
	address := listen(f, imapOf(g))
	f.Fuzz(func(t *testing.T, user, password string) {
		fuzzed(t, address, "", []byte("a LOGIN "+user+" "+password+"\r\n"))
		stillServes(t, address)
	})
}
