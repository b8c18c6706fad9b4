package sip_test

import (
	"errors"
	"fmt"
	"io"
	"net"
	"strings"
	"testing"
	"time"

	"example.com/netanswer/mocks/clock"
	"example.com/netanswer/mocks/ivr"
	"example.com/netanswer/mocks/ivr/sip"
)

// junk is what nobody should send.
func junk(p *phone) map[string]string {
	return map[string]string{
		"nothing":                 "\x00\x00\x00\x00",
		"noise":                   strings.Repeat("\xff\x01\r\n", 300),
		"half a request line":     "INVITE sip:",
		"a request line only":     "INVITE sip:0120000111@127.0.0.1 SIP/2.0\r\n\r\n",
		"another protocol":        "GET / HTTP/1.1\r\nHost: x\r\n\r\n",
		"an answer to no one":     "SIP/2.0 200 OK\r\nVia: SIP/2.0/UDP 127.0.0.1:9;branch=z9hG4bKx\r\nCSeq: 1 INVITE\r\nCall-ID: x\r\n\r\n",
		"a length that is a lie":  "OPTIONS sip:x@127.0.0.1 SIP/2.0\r\nContent-Length: 99999999\r\n\r\n",
		"a length below zero":     "OPTIONS sip:x@127.0.0.1 SIP/2.0\r\nContent-Length: -1\r\n\r\n",
		"too many headers":        "OPTIONS sip:x@127.0.0.1 SIP/2.0\r\n" + strings.Repeat("X: y\r\n", 8000) + "\r\n",
		"a header without end":    "OPTIONS sip:x@127.0.0.1 SIP/2.0\r\nX: " + strings.Repeat("y", 40000),
		"an ACK of nothing":       "ACK sip:x@127.0.0.1 SIP/2.0\r\nVia: SIP/2.0/UDP 127.0.0.1:9;branch=z9hG4bKy\r\nFrom: <sip:a@b>;tag=1\r\nTo: <sip:a@b>;tag=2\r\nCall-ID: y\r\nCSeq: 1 ACK\r\n\r\n",
		"a header that is broken": "OPTIONS sip:x@127.0.0.1 SIP/2.0\r\nVia: ;;;\r\nFrom: <<<\r\nTo: >\r\nCSeq: a b\r\nCall-ID:\r\n\r\n",
		"an INVITE without all": "INVITE sip:0120000111@127.0.0.1 SIP/2.0\r\nVia: SIP/2.0/UDP " + p.sip.LocalAddr().
			String() +
			";branch=z9hG4bKz\r\nCSeq: 1 INVITE\r\nContent-Length: 0\r\n\r\n",
	}
}

func TestJunkIsHarmless(t *testing.T) {
	t.Parallel()
	s := serve(t, &handler{outcome: ivr.Unassigned}, nil)
	p := newPhone(t, s)
	for name, text := range junk(p) {
		p.raw(text)
		c, err := net.Dial("tcp", s.Addr())
		if err != nil {
			t.Fatalf("after %s: %v", name, err)
		}
		if _, err := c.Write([]byte(text)); err != nil {
			t.Logf("%s: %v", name, err) // the server may have closed it
		}
		_ = c.Close() // half of it may be under way
		p.send("OPTIONS", freeDial, "", "")
		p.gets("SIP/2.0 200")
	}
	if s.Going() != 0 {
		t.Errorf("%d calls go on", s.Going())
	}
}

func TestOffersThatCannotBeAnswered(t *testing.T) {
	t.Parallel()
	p := newPhone(t, serve(t, &handler{outcome: ivr.Unassigned}, nil))
	for name, sdp := range map[string]string{
		"no SDP":               "hello",
		"no audio":             "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=video 9 RTP/AVP 96\r\n",
		"another codec only":   "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio 9 RTP/AVP 18\r\n",
		"encrypted only":       "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio 9 RTP/SAVP 0\r\n",
		"a port that is none":  "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio 0 RTP/AVP 0\r\n",
		"a port beyond ports":  "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio 70000 RTP/AVP 0\r\n",
		"cut short":            "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4",
		"of a thousand medias": "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\n" + strings.Repeat("m=video 9 RTP/AVP 96\r\n", 500),
	} {
		p.to, p.id = "", "offer-"+strings.ReplaceAll(name, " ", "-")
		p.send("INVITE", freeDial, sdpType, sdp)
		p.gets("SIP/2.0 488")
		p.settles(p.last)
	}
}

func TestRequestsOfNoCall(t *testing.T) {
	t.Parallel()
	p := newPhone(t, serve(t, &handler{}, nil))
	for method, want := range map[string]string{"BYE": "481", "INFO": "481", "CANCEL": "481", "OPTIONS": "200", "REGISTER": "200", "MESSAGE": "405", "SUBSCRIBE": "405", "REFER": "405"} {
		p.to, p.id = "<"+freeDial+">;tag=other", "none-"+method
		p.cseq++
		p.send(method, freeDial, "", "")
		if answer := p.gets("SIP/2.0 "); !strings.HasPrefix(answer, "SIP/2.0 "+want) {
			t.Errorf("%s: %.60s, want %s", method, answer, want)
		}
	}
	p.id = "none-INVITE"
	p.invite("")
	p.settles(p.gets("SIP/2.0 481"))
}

// TestAnotherVersionOfSIPIsRefused asks by every method that is answered.
func TestAnotherVersionOfSIPIsRefused(t *testing.T) {
	t.Parallel()
	p := newPhone(t, serve(t, &handler{}, nil))
	for _, method := range []string{"OPTIONS", "REGISTER", "INVITE", "BYE", "INFO", "UPDATE"} {
		for version, want := range map[string]string{"SIP/9.0": "505", "SIP/3.0": "505"} {
			p.cseq++
			p.raw(fmt.Sprintf("%s %s %s\r\nVia: SIP/2.0/UDP %s;branch=z9hG4bK-%s%d\r\nMax-Forwards: 70\r\nFrom: <sip:a@127.0.0.1>;tag=1\r\nTo: <%s>\r\n"+
				"Call-ID: version-%s-%s\r\nCSeq: %d %s\r\nContact: <sip:a@127.0.0.1>\r\nContent-Length: 0\r\n\r\n",
				method, freeDial, version, p.sip.LocalAddr(), method, p.cseq, freeDial, method, version[4:], p.cseq, method))
			if answer := p.gets("SIP/2.0 "); !strings.HasPrefix(answer, "SIP/2.0 "+want) {
				t.Errorf("%s by %s: %.60s", method, version, answer)
			}
		}
	}
}

// TestARequestNamesOneWorld: of two, which is meant is anybody's guess.
func TestARequestNamesOneWorld(t *testing.T) {
	t.Parallel()
	p := newPhone(t, serve(t, &handler{}, nil))
	for extra, want := range map[string]string{
		"X-Netanswer-World: mine\r\nX-Netanswer-World: yours\r\n": "400",
		"X-Netanswer-World: mine\r\nX-Netanswer-World: mine\r\n":  "200",
	} {
		p.id = "worlds-" + want
		p.send("OPTIONS", freeDial, extra, "")
		if answer := p.gets("SIP/2.0 "); !strings.HasPrefix(answer, "SIP/2.0 "+want) {
			t.Errorf("%q: %.60s, want %s", extra, answer, want)
		}
	}
}

// closed waits until the other end has closed a connection.
func closed(t *testing.T, c net.Conn) {
	t.Helper()
	if err := c.SetReadDeadline(clock.Machine().Add(timeout)); err != nil {
		t.Fatal(err)
	}
	var timeout net.Error
	if _, err := io.ReadAll(c); errors.As(err, &timeout) && timeout.Timeout() {
		t.Error("the connection stays open")
	}
}

func TestSlowAndEndlessConnectionsAreClosed(t *testing.T) {
	t.Parallel()
	s := serve(t, &handler{outcome: ivr.Unassigned}, nil)
	for name, begin := range map[string]string{
		"half a header":     "OPTIONS sip:x@127.0.0.1 SIP/2.0\r\nVia: ",
		"half a body":       "OPTIONS sip:x@127.0.0.1 SIP/2.0\r\nContent-Length: 10\r\n\r\n12345",
		"a keep-alive more": "\r\n\r\nO",
	} {
		c, err := net.Dial("tcp", s.Addr())
		if err != nil {
			t.Fatal(err)
		}
		if _, err := c.Write([]byte(begin)); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		closed(t, c)
		_ = c.Close() // it is closed
	}
	c, err := net.Dial("tcp", s.Addr())
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	for range 1000 { // never a line's end
		if _, err = c.Write([]byte(strings.Repeat("x", 1024))); err != nil {
			break // closed meanwhile
		}
	}
	closed(t, c)
}

func TestMoreConnectionsThanMayBe(t *testing.T) {
	t.Parallel()
	s := serve(t, &handler{outcome: ivr.Unassigned}, func(l *sip.Limits) { l.Connections = 2 })
	var open []net.Conn
	for range 3 {
		c, err := net.Dial("tcp", s.Addr())
		if err != nil {
			t.Fatal(err)
		}
		defer c.Close()
		open = append(open, c)
	}
	closed(t, open[2])
	if _, err := open[0].Write([]byte("\r\n\r\n")); err != nil {
		t.Error(err)
	}
	pong := make([]byte, 2)
	if _, err := io.ReadFull(open[0], pong); err != nil {
		t.Errorf("the first one: %v", err)
	}
}

func TestNobodyIsConnectedTo(t *testing.T) {
	t.Parallel()
	s := serve(t, &handler{outcome: ivr.Busy}, nil)
	trap, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	caught := make(chan net.Conn, 1)
	go func() {
		if c, err := trap.Accept(); err == nil {
			caught <- c
		}
		close(caught)
	}()
	p := newPhone(t, s)
	for range 20 { // gone before the answer, with the trap for a way back
		c, err := net.Dial("tcp", s.Addr())
		if err != nil {
			t.Fatal(err)
		}
		_, err = fmt.Fprintf(
			c,
			"INVITE %s SIP/2.0\r\nVia: SIP/2.0/TCP %s;branch=z9hG4bK1\r\nFrom: <sip:a@b>;tag=1\r\nTo: <sip:b@c>\r\nCall-ID: trap\r\nCSeq: 1 INVITE\r\n"+
				"Record-Route: <sip:%s;lr>\r\nContact: <sip:%s>\r\nContent-Length: 0\r\n\r\n",
			freeDial,
			trap.Addr(),
			trap.Addr(),
			trap.Addr(),
		)
		if err != nil {
			t.Fatal(err)
		}
		_ = c.Close() // that is the point
	}
	p.send("OPTIONS", freeDial, "", "")
	p.gets("SIP/2.0 200")
	_ = clock.Pass(t.Context(), 100*time.Millisecond) // for what must not happen
	_ = trap.Close()                                  // ends the Accept
	if c := <-caught; c != nil {
		t.Error("the way back that a caller named was taken")
	}
}

func TestAMessageTooLargeIsAnsweredWhereItCanBe(t *testing.T) {
	t.Parallel()
	p := newPhone(t, serve(t, &handler{outcome: ivr.Busy}, func(l *sip.Limits) { l.Message = 2048 }))
	for name, headers := range map[string]string{"by its body": "", "by its headers": "X-Much: " + strings.Repeat("y", 3000) + "\r\n"} {
		p.send("OPTIONS", freeDial, "Content-Type: text/plain\r\n"+headers, strings.Repeat("x", 3000))
		if answer := p.gets("SIP/2.0 "); !strings.HasPrefix(answer, "SIP/2.0 513 Message Too Large") {
			t.Errorf("%s: %.60s", name, answer)
		}
	}
	for name, text := range map[string]string{
		"an ACK":          "ACK " + freeDial + " SIP/2.0\r\nVia: SIP/2.0/UDP 127.0.0.1:9;branch=z9hG4bKy\r\nFrom: <sip:a@b>;tag=1\r\nTo: <sip:a@b>;tag=2\r\nCall-ID: y\r\nCSeq: 1 ACK\r\n\r\n" + strings.Repeat("x", 3000),
		"an answer":       "SIP/2.0 200 OK\r\nVia: SIP/2.0/UDP 127.0.0.1:9;branch=z9hG4bKx\r\nFrom: <sip:a@b>;tag=1\r\nTo: <sip:a@b>\r\nCSeq: 1 INVITE\r\nCall-ID: x\r\n\r\n" + strings.Repeat("x", 3000),
		"no end of it":    "OPTIONS " + freeDial + " SIP/2.0\r\nX: " + strings.Repeat("x", 3000),
		"nothing of SIP":  strings.Repeat("\x00\xff", 3000),
		"headers too few": "OPTIONS " + freeDial + " SIP/2.0\r\nCall-ID: x\r\n\r\n" + strings.Repeat("x", 3000),
	} {
		p.raw(text)
		p.send("OPTIONS", freeDial, "", "") // what is answered next is this
		if answer := p.gets("SIP/2.0 "); !strings.HasPrefix(answer, "SIP/2.0 200") {
			t.Errorf("after %s: %.60s", name, answer)
		}
	}
}
