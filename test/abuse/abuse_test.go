// Package abuse_test tries what connections can do that mean no good.
package abuse_test

import (
	"bufio"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	chance "math/rand/v2"
	"net"
	"net/http"
	"net/smtp"
	"net/textproto"
	"os"
	"runtime"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"example.com/netanswer/internal/settings"
	"example.com/netanswer/mocks/clock"
	"example.com/netanswer/mocks/ivr/sip"
	"example.com/netanswer/sandbox/server"
	"example.com/netanswer/test/sandboxtest"
)

// A entrance is a listener that anybody can connect to.
type entrance struct {
	address string
	hello   []string // what is said first, each answered in a line that begins with the next of answers
	answers []string
	begun   string // the beginning of something that has to end
	endless string // what can be said for ever
}

// entrances are all listeners that speak over TCP.
func entrances(s *server.Sandbox) map[string]entrance {
	long := strings.Repeat("x", 32<<10)
	page := "GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX: "
	return map[string]entrance{
		"member header":  {address: strings.TrimPrefix(s.MemberURL, "http://"), begun: page, endless: long},
		"console header": {address: strings.TrimPrefix(s.ConsoleURL, "http://"), begun: page, endless: long},
		"REST header": {
			address: strings.TrimPrefix(s.RESTURL, "http://"),
			begun:   "POST /2010-04-01/Accounts/ACmine/Messages.json HTTP/1.1\r\nHost: 127.0.0.1\r\nX: ",
			endless: long,
		},
		"REST body": {address: strings.TrimPrefix(s.RESTURL, "http://"),
			begun:   "POST /2010-04-01/Accounts/ACmine/Messages.json HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Basic QUNtaW5lOng=\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 99999999\r\n\r\nTo=",
			endless: long},
		"SMTP command": {address: s.SMTP, answers: []string{"220"}, begun: "MAIL FROM:<", endless: long},
		"SMTP mail": {
			address: s.SMTP,
			answers: []string{"220", "250", "250", "250", "354"},
			hello:   []string{"HELO me", "MAIL FROM:<a@example.com>", "RCPT TO:<b@example.jp>", "DATA"},
			begun:   "Subject: ",
			endless: "\r\n" + strings.Repeat("a line of a mail that does not end\r\n", 1000),
		},
		"IMAP command": {address: s.IMAP, answers: []string{"* OK"}, begun: "a LOGIN mine ", endless: long},
		"IMAP literal": {
			address: s.IMAP,
			answers: []string{"* OK", "a OK"},
			hello:   []string{"a LOGIN mine x"},
			begun:   "b APPEND INBOX {999999999}\r\nSubject",
			endless: long,
		},
		"SMPP header": {address: s.SMPP, begun: "\x00\x00", endless: long},
		"SMPP body":   {address: s.SMPP, begun: "\x00\x00\x10\x00\x00\x00\x00\x04\x00\x00\x00\x00\x00\x00\x00\x01\x00", endless: long},
		"SIP header":  {address: s.SIP(), begun: "OPTIONS sip:x@127.0.0.1 SIP/2.0\r\nVia: ", endless: long},
		"SIP body":    {address: s.SIP(), begun: "OPTIONS sip:x@127.0.0.1 SIP/2.0\r\nContent-Length: 10000\r\n\r\nx", endless: long},
	}
}

// begin connects and says what is to be said first; behaves goes on from there.
func (g entrance) begin() (net.Conn, error) {
	c, err := net.Dial("tcp", g.address)
	if err != nil {
		return nil, err
	}
	if err := c.SetDeadline(clock.Machine().Add(sandboxtest.AnswerTimeout)); err != nil {
		return nil, err
	}
	in := bufio.NewReader(c)
	for i, want := range g.answers {
		if i > 0 {
			if _, err := io.WriteString(c, g.hello[i-1]+"\r\n"); err != nil {
				return nil, err
			}
		}
		line, err := in.ReadString('\n')
		if err != nil || !strings.HasPrefix(line, want) {
			return nil, fmt.Errorf("%q, want %s: %w", line, want, err)
		}
	}
	return c, nil
}

// ways are how a client behaves badly after the beginning of something. Each
// returns when the server has ended the connection, or with an error where it does
// not.
var ways = map[string]func(c net.Conn, g entrance) error{
	"slow": func(c net.Conn, _ entrance) error {
		tick := time.NewTicker(100 * time.Millisecond)
		defer tick.Stop()
		gone := make(chan error, 1)
		go func() { gone <- ends(c) }()
		for {
			select {
			case err := <-gone:
				return err
			case <-tick.C:
				if _, err := c.Write([]byte("1")); err != nil {
					return timedOut(err)
				}
			}
		}
	},
	"half-closed": func(c net.Conn, _ entrance) error {
		if err := c.(*net.TCPConn).CloseWrite(); err != nil && !errors.Is(err, syscall.ENOTCONN) { // it may have ended already
			return err
		}
		return ends(c)
	},
	"silent": func(c net.Conn, _ entrance) error { return ends(c) },
	"endless": func(c net.Conn, g entrance) error {
		for {
			if _, err := io.WriteString(c, g.endless); err != nil {
				return timedOut(err)
			}
		}
	},
	"truncated": func(c net.Conn, _ entrance) error { return nil },
	"garbage": func(c net.Conn, g entrance) error {
		noise := make([]byte, 64<<10)
		chance.NewChaCha8([32]byte{1}).Read(noise)
		if _, err := c.Write(noise); err != nil {
			return timedOut(err)
		}
		return ends(c)
	},
}

// behaves lets one client of an entrance behave badly.
func (g entrance) behaves(way func(net.Conn, entrance) error) error {
	c, err := g.begin()
	if err != nil {
		return err
	}
	if _, err = io.WriteString(c, g.begun); err == nil {
		err = way(c, g)
	}
	return errors.Join(err, c.Close())
}

// ends reads until the server has ended the connection.
func ends(c net.Conn) error {
	_, err := io.Copy(io.Discard, c)
	return timedOut(err)
}

// timedOut is an error only where it is that of a deadline of ours.
func timedOut(err error) error {
	var late net.Error
	if errors.As(err, &late) && late.Timeout() {
		return fmt.Errorf("the connection goes on: %w", err)
	}
	return nil
}

// A use is what the process holds.
type use struct {
	bytes                   int64
	goroutines, descriptors int
}

// inUse is what the process holds when nobody asks for anything.
func inUse() use {
	http.DefaultClient.CloseIdleConnections()
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	open, _ := os.ReadDir("/proc/self/fd") // elsewhere they are not counted
	return use{int64(m.HeapAlloc), runtime.NumGoroutine(), len(open)}
}

// grownBeyond tells what somebody has left behind that is more than chance.
func (u use) grownBeyond(before use) string {
	switch {
	case u.bytes-before.bytes > 32<<20:
		return fmt.Sprintf("%d bytes", u.bytes-before.bytes)
	case u.goroutines > before.goroutines+20:
		return fmt.Sprintf("%d goroutines", u.goroutines-before.goroutines)
	case u.descriptors > before.descriptors+20:
		return fmt.Sprintf("%d descriptors", u.descriptors-before.descriptors)
	}
	return ""
}

// tried is a sandbox whose time limits are short.
func tried(t *testing.T) *server.Sandbox {
	t.Helper()
	s, _ := sandboxtest.Controlled(t, func(c *server.Config) {
		c.Limits.Idle, c.Limits.Mail = 2*time.Second, 100_000
		c.SIP, c.Calls = "127.0.0.1:0", sip.DefaultLimits()
		c.Calls.Slow, c.Calls.Duration, c.Calls.Linger = time.Second, time.Second, time.Second
	})
	return s
}

// attack lets clients of every entrance behave badly in every way, several at once.
func attack(t *testing.T, s *server.Sandbox, clients int) *sync.WaitGroup {
	t.Helper()
	var bad sync.WaitGroup
	try := func(name, how string, g entrance, way func(net.Conn, entrance) error) {
		for range clients {
			bad.Go(func() {
				if err := g.behaves(way); err != nil {
					t.Errorf("%s, %s: %v", name, how, err)
				}
			})
		}
	}
	for name, g := range entrances(s) {
		for how, way := range ways {
			try(name, how, g, way)
		}
	}
	return &bad
}

// TestBadConnectionsAreBoundedAndDisturbNobody measures what the process holds,
// so that no other test may run beside it. NETANSWER_TEST_ABUSE says how long it
// goes on: make abuse.
func TestBadConnectionsAreBoundedAndDisturbNobody(t *testing.T) {
	long := time.Duration(0)
	if text := os.Getenv(settings.TestAbuse); text != "" {
		var err error
		if long, err = time.ParseDuration(text); err != nil {
			t.Fatal(err)
		}
	}
	s := tried(t)
	undisturbed(t, s)
	before, end := inUse(), clock.Machine().Add(long)
	for again := true; again; again = clock.Machine().Before(end) {
		bad := attack(t, s, 2)
		over := make(chan struct{})
		go func() { bad.Wait(); close(over) }()
		for going := true; going; { // meanwhile, in another world
			undisturbed(t, s)
			select {
			case <-over:
				going = false
			default:
			}
		}
	}
	left := ""
	sandboxtest.Eventually(t, sandboxtest.AnswerTimeout, func() bool {
		left = inUse().grownBeyond(before)
		return left == ""
	})
	t.Logf("before %+v, after %+v", before, inUse())
}

// undisturbed sends an SMS and a mail in another world, reads its mail and asks
// the telephone.
func undisturbed(t *testing.T, s *server.Sandbox) {
	t.Helper()
	if err := sandboxtest.SendSMS(s, "other"); err != nil {
		t.Errorf("REST: %v", err)
	}
	auth := smtp.PlainAuth("", "other", "x", "127.0.0.1")
	if err := smtp.SendMail(s.SMTP, auth, "a@example.com", []string{"b@example.jp"}, []byte("Subject: x\r\n\r\ny\r\n")); err != nil &&
		!isTLS(err) {
		t.Errorf("SMTP: %v", err)
	}
	asks := spoken(s.SMPP, s.SIP())
	asks["IMAP"] = ask{s.IMAP, "a LOGIN other x\r\nb LOGOUT\r\n", "a OK"}
	for what, ask := range asks {
		if err := sandboxtest.Answers(ask.address, ask.says, ask.want); err != nil {
			t.Errorf("%s: %v", what, err)
		}
	}
}

// An ask is something said to a listener, and what its answer has in it.
type ask struct{ address, says, want string }

// spoken asks by SMPP and SIP whether anybody is there.
func spoken(smpp, sip string) map[string]ask {
	call := rand.Text()
	return map[string]ask{
		"SMPP": {
			smpp,
			"\x00\x00\x00\x1d\x00\x00\x00\x02\x00\x00\x00\x00\x00\x00\x00\x01other\x00x\x00\x00\x34\x00\x00\x00\x00",
			"netanswer",
		},
		"SIP": {
			sip,
			"OPTIONS sip:x@127.0.0.1 SIP/2.0\r\nVia: SIP/2.0/TCP 127.0.0.1:9;branch=z9hG4bK" + call + "\r\nFrom: <sip:a@b>;tag=1\r\nTo: <sip:b@c>\r\n" +
				"Call-ID: " + call + "\r\nCSeq: 1 OPTIONS\r\nContent-Length: 0\r\n\r\n",
			"SIP/2.0 200",
		},
	}
}

// isTLS tells of a certificate that nobody trusts, which net/smtp does not take:
// the server answered.
func isTLS(err error) bool {
	var said *textproto.Error
	return !errors.As(err, &said) && strings.Contains(err.Error(), "certificate")
}
