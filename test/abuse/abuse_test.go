// Package abuse_test tries what connections can do that mean no good.
package abuse_test

import (
	"bufio"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"net"
	"net/smtp"
	"net/textproto"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

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

// entrances are all listeners of providers that speak over TCP.
func entrances(s *server.Sandbox) map[string]entrance {
	long := strings.Repeat("x", 32<<10)
	return map[string]entrance{
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

// begin connects and says what is to be said first.
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
	_, err = io.WriteString(c, g.begun)
	return c, err
}

// ways are how a client behaves badly. Each returns when the server has ended
// the connection, or with an error where it does not.
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
		if err := c.(*net.TCPConn).CloseWrite(); err != nil {
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

// inUse is what the process holds.
func inUse() int64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}

// TestBadConnectionsAreBoundedAndDisturbNobody measures what the process holds,
// so that no other test may run beside it.
func TestBadConnectionsAreBoundedAndDisturbNobody(t *testing.T) {
	s, _ := sandboxtest.Controlled(t, func(c *server.Config) {
		c.Limits.Idle, c.Limits.Mail = time.Second, 100_000
		c.SIP, c.Calls = "127.0.0.1:0", sip.DefaultLimits()
		c.Calls.Slow, c.Calls.Duration, c.Calls.Linger = time.Second, time.Second, time.Second
	})
	before := inUse()
	var bad sync.WaitGroup
	for name, g := range entrances(s) {
		for way, behaves := range ways {
			for range 2 {
				bad.Go(func() {
					c, err := g.begin()
					if err == nil {
						err = errors.Join(behaves(c, g), c.Close())
					}
					if err != nil {
						t.Errorf("%s, %s: %v", name, way, err)
					}
				})
			}
		}
	}
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
	if grown := inUse() - before; grown > 32<<20 {
		t.Errorf("they have left %d bytes behind", grown)
	}
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
