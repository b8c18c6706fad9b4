package abuse_test

import (
	"io"
	"net"
	"strings"
	"sync"
	"testing"
	"time"

	"example.com/netanswer/mocks/ivr/sip"
	"example.com/netanswer/sandbox/server"
	"example.com/netanswer/test/sandboxtest"
)

// places is how many connections a listener holds here.
const places = 4

// A polite client says something often enough never to be silent for too long, and
// is in no hurry to end.
type polite struct{ address, hello, again string }

// TestWhoeverBehavesJustWellEnoughKeepsNobodyOut holds every place of a listener.
func TestWhoeverBehavesJustWellEnoughKeepsNobodyOut(t *testing.T) {
	t.Parallel()
	s, _ := sandboxtest.Controlled(t, func(c *server.Config) {
		c.Limits.Idle, c.Limits.Connections = 2*time.Second, places
		c.SIP, c.Calls = "127.0.0.1:0", sip.DefaultLimits()
		c.Calls.Connections = places
		c.Calls.Slow, c.Calls.Ring, c.Calls.Duration, c.Calls.Linger = time.Second, time.Second, time.Second, 100*time.Millisecond
	})
	bound := "\x00\x00\x00\x1c\x00\x00\x00\x09\x00\x00\x00\x00\x00\x00\x00\x01mine\x00x\x00\x00\x34\x00\x00\x00"
	asks := spoken(s.SMPP, s.SIP())
	asks["SMTP"] = ask{s.SMTP, "QUIT\r\n", "220"}
	asks["IMAP"] = ask{s.IMAP, "a LOGOUT\r\n", "* OK"}
	asks["REST"] = ask{strings.TrimPrefix(s.RESTURL, "http://"), "GET /issuer/v1/openapi.json HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n", "200 OK"}
	for what, p := range map[string]polite{
		"SMTP": {s.SMTP, "", "NOOP\r\n"},
		"IMAP": {s.IMAP, "a LOGIN mine x\r\n", "b NOOP\r\n"},
		"SMPP": {s.SMPP, bound, "\x00\x00\x00\x10\x00\x00\x00\x15\x00\x00\x00\x00\x00\x00\x00\x02"},
		"SIP":  {s.SIP(), "", "\r\n\r\n"},
		"REST": {asks["REST"].address, "POST /2010-04-01/Accounts/ACmine/Messages.json HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 9999\r\n\r\n", "x"},
	} {
		t.Run(what, func(t *testing.T) {
			t.Parallel()
			defer p.hold(t)()
			sandboxtest.Eventually(t, sandboxtest.AnswerTimeout, func() bool {
				return sandboxtest.Answers(asks[what].address, asks[what].says, asks[what].want) == nil
			})
		})
	}
}

// hold takes every place, says something in each of them, and does so until it is
// told to end. Where one is cut off, it comes again.
func (p polite) hold(t *testing.T) (end func()) {
	t.Helper()
	over := make(chan struct{})
	var clients sync.WaitGroup
	for range places {
		c, err := net.Dial("tcp", p.address)
		if err != nil {
			t.Fatal(err)
		}
		clients.Go(func() {
			for c, err := c, error(nil); err == nil; c, err = net.Dial("tcp", p.address) {
				if p.goOn(c, over) {
					return
				}
			}
		})
	}
	return func() { close(over); clients.Wait() }
}

// goOn speaks on a connection until it is cut off, or all is over: true.
func (p polite) goOn(c net.Conn, over <-chan struct{}) bool {
	defer c.Close()
	cut := make(chan struct{})
	go func() { _, _ = io.Copy(io.Discard, c); close(cut) }()
	tick := time.NewTicker(200 * time.Millisecond)
	defer tick.Stop()
	says := p.hello
	for {
		if _, err := io.WriteString(c, says); err != nil {
			return false
		}
		says = p.again
		select {
		case <-over:
			return true
		case <-cut:
			return false
		case <-tick.C:
		}
	}
}
