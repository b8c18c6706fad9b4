package sip_test

import (
	"context"
	"fmt"
	"log/slog"
	"net"
	"strings"
	"sync"
	"testing"
	"time"

	"example.com/netanswer/mocks/clock"
	"example.com/netanswer/mocks/ivr"
	"example.com/netanswer/mocks/ivr/sip"
)

// handler is a Handler that does as it is told and remembers.
type handler struct {
	outcome ivr.Outcome
	err     error
	script  []ivr.Verb
	sound   ivr.Sound // of each Say
	next    []ivr.Verb
	rings   time.Duration // before the answer
	legs    []string

	mu     sync.Mutex
	calls  []sip.Incoming
	digits []string
	ended  chan ivr.Heard
}

func (e *handler) Ring(_ context.Context, in sip.Incoming) (sip.Call, error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.calls = append(e.calls, in)
	return call{e}, e.err
}

type call struct{ *handler }

func (c call) Outcome() ivr.Outcome { return c.outcome }
func (c call) Rings() time.Duration { return c.rings }

func (c call) Leg(what string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.legs = append(c.legs, what)
}

func (c call) Conduct(ctx context.Context, line ivr.Line) ivr.Heard {
	conductor := ivr.Conductor{
		Speak: func(ivr.Verb) ivr.Sound { return c.sound },
		Next: func(_ context.Context, _, digits string) ([]ivr.Verb, error) {
			c.mu.Lock()
			defer c.mu.Unlock()
			c.digits = append(c.digits, digits)
			return c.next, nil
		},
	}
	return conductor.Conduct(ctx, c.script, line)
}

func (c call) End(h ivr.Heard) error { c.ended <- h; return nil }

// timeout bounds every wait of these tests.
const timeout = 10 * time.Second

// serve answers calls as e says, within limits that tests can wait for.
func serve(t testing.TB, e *handler, change func(*sip.Limits)) *sip.Server {
	t.Helper()
	limits := sip.DefaultLimits()
	limits.Linger, limits.Ring, limits.Slow = 100*time.Millisecond, 300*time.Millisecond, 300*time.Millisecond
	if change != nil {
		change(&limits)
	}
	e.ended = make(chan ivr.Heard, 10)
	s, err := sip.Listen(sip.Config{Address: "127.0.0.1:0", Limits: limits, Handler: e, Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

// heard is how the next call ended.
func (e *handler) heard(t *testing.T) ivr.Heard {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), timeout)
	defer cancel()
	select {
	case h := <-e.ended:
		return h
	case <-ctx.Done():
		t.Fatal("the call does not end")
		return ivr.Heard{}
	}
}

// phone is a telephone that writes SIP by hand, over UDP.
type phone struct {
	t      *testing.T
	server net.Addr
	sip    net.PacketConn
	rtp    net.PacketConn
	cseq   int
	id     string
	to     string // the To of the call, with its tag
	last   string // the last answer
}

func newPhone(t *testing.T, s *sip.Server) *phone {
	t.Helper()
	p := &phone{t: t, id: strings.ReplaceAll(t.Name(), "/", "-")}
	var err error
	if p.server, err = net.ResolveUDPAddr("udp", s.Addr()); err != nil {
		t.Fatal(err)
	}
	for _, c := range []*net.PacketConn{&p.sip, &p.rtp} {
		if *c, err = net.ListenPacket("udp", "127.0.0.1:0"); err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = (*c).Close() }) // nobody reads on
	}
	return p
}

// send sends a request of the phone's call.
func (p *phone) send(method, uri, extra, body string) {
	p.t.Helper()
	if method != "ACK" && method != "CANCEL" {
		p.cseq++
	}
	to := p.to
	if to == "" {
		to = "<" + uri + ">"
	}
	branch := fmt.Sprintf("z9hG4bK-%s-%d", p.id, p.cseq)
	if method == "ACK" && strings.HasPrefix(p.last, "SIP/2.0 2") {
		branch += "-ack"
	}
	headers := fmt.Sprintf(
		"Via: SIP/2.0/UDP %s;branch=%s\r\nFrom: <sip:test@127.0.0.1>;tag=1\r\nTo: %s\r\nCall-ID: %s\r\nCSeq: %d %s\r\nContact: <sip:test@%s>\r\n",
		p.sip.LocalAddr(),
		branch,
		to,
		p.id,
		p.cseq,
		method,
		p.sip.LocalAddr(),
	)
	if strings.Contains(extra, "From: ") {
		headers = strings.Replace(headers, "From: <sip:test@127.0.0.1>;tag=1\r\n", "", 1)
	}
	p.raw(fmt.Sprintf("%s %s SIP/2.0\r\n%s%sContent-Length: %d\r\n\r\n%s", method, uri, headers, extra, len(body), body))
}

func (p *phone) raw(text string) {
	p.t.Helper()
	if _, err := p.sip.WriteTo([]byte(text), p.server); err != nil {
		p.t.Fatal(err)
	}
}

// gets waits for a message that begins with want and returns it.
func (p *phone) gets(want string) string {
	p.t.Helper()
	if err := p.sip.SetReadDeadline(clock.Machine().Add(timeout)); err != nil {
		p.t.Fatal(err)
	}
	buffer := make([]byte, 65536)
	var seen []string
	for {
		n, _, err := p.sip.ReadFrom(buffer)
		if err != nil {
			p.t.Fatalf("waiting for %q: %v; there came %q", want, err, seen)
		}
		text := string(buffer[:n])
		if strings.HasPrefix(text, "SIP/2.0") {
			p.last = text
			for line := range strings.Lines(text) {
				if to, ok := strings.CutPrefix(line, "To: "); ok && strings.Contains(to, "tag=") {
					p.to = strings.TrimSpace(to)
				}
			}
		}
		if strings.HasPrefix(text, want) {
			return text
		}
		seen = append(seen, strings.SplitN(text, "\r\n", 2)[0])
	}
}

// offers is the SDP of the phone.
func (p *phone) offers(more string) string {
	address, _ := p.rtp.LocalAddr().(*net.UDPAddr) // it was opened as such
	return fmt.Sprintf(
		"v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio %d RTP/AVP 8 0 101\r\na=rtpmap:101 telephone-event/8000\r\n%s",
		address.Port,
		more,
	)
}

const (
	freeDial = "sip:0120000111@127.0.0.1"
	sdpType  = "Content-Type: application/sdp\r\n"
)

// invite calls the free-dial number.
func (p *phone) invite(extra string) { p.send("INVITE", freeDial, sdpType+extra, p.offers("")) }

// talks calls and is answered.
func (p *phone) talks() (answer string) {
	p.t.Helper()
	p.invite("")
	answer = p.gets("SIP/2.0 200")
	p.send("ACK", freeDial, "", "")
	return answer
}

// packet is the next RTP packet.
func (p *phone) packet() ([]byte, net.Addr) {
	p.t.Helper()
	if err := p.rtp.SetReadDeadline(clock.Machine().Add(timeout)); err != nil {
		p.t.Fatal(err)
	}
	buffer := make([]byte, 2048)
	n, from, err := p.rtp.ReadFrom(buffer)
	if err != nil {
		p.t.Fatal(err)
	}
	return buffer[:n], from
}

// settles acknowledges the end of a call, so that nobody waits for it.
func (p *phone) settles(last string) {
	p.t.Helper()
	if strings.HasPrefix(last, "SIP/2.0") {
		p.send("ACK", freeDial, "", "")
		return
	}
	answer := "SIP/2.0 200 OK\r\n"
	for line := range strings.Lines(last) {
		for _, name := range []string{"Via: ", "From: ", "To: ", "Call-ID: ", "CSeq: "} {
			if strings.HasPrefix(line, name) {
				answer += line
			}
		}
	}
	p.raw(answer + "Content-Length: 0\r\n\r\n")
}

func now() time.Time { return clock.Machine() }

// until waits until done, which looks at the handler under its lock.
func (e *handler) until(t *testing.T, done func() bool) {
	t.Helper()
	for end := now().Add(timeout); now().Before(end); {
		e.mu.Lock()
		ok := done()
		e.mu.Unlock()
		if ok {
			return
		}
		if err := clock.Pass(t.Context(), 10*time.Millisecond); err != nil {
			t.Fatal(err)
		}
	}
	t.Fatal("it does not come")
}
