package sip

import (
	"bytes"
	"errors"
	"log/slog"
	"net"
	"strconv"
	"time"

	"example.com/netanswer/mocks/clock"
	"example.com/netanswer/mocks/listener"
)

// open listens on UDP and TCP at the same port. One TCP connection more than there
// may be is closed, unless another was held for longer than a call can last.
func open(address string, l Limits, log *slog.Logger) (net.PacketConn, *listener.Listener, error) {
	var errs []error
	for range 10 { // a port that UDP has free may be taken on TCP
		packets, err := net.ListenPacket("udp", address)
		if err != nil {
			return nil, nil, err
		}
		connections, err := net.Listen("tcp", packets.LocalAddr().String())
		if err == nil {
			bounded := listener.New(
				connections,
				listener.Config{Name: "sip", Most: l.Connections, Refuse: true, NoHTTP: true, Share: l.call(), Write: l.Slow, Log: log},
			)
			return oversized{packets, l.Message}, bounded, nil
		}
		errs = append(errs, err, packets.Close())
		if _, port, _ := net.SplitHostPort(address); port != "0" {
			break
		}
	}
	return nil, nil, errors.Join(errs...)
}

// timed is a listener that lets nobody take for ever over a message.
type timed struct {
	*listener.Listener
	limits Limits
}

// Accept implements net.Listener.
func (t timed) Accept() (net.Conn, error) {
	c, err := t.Listener.Accept()
	if err != nil {
		return nil, err
	}
	return &connection{Conn: c, limits: t.limits}, nil
}

// A connection is one over TCP. It is read by one goroutine.
type connection struct {
	net.Conn
	limits Limits
	frame  frame
	until  time.Time // when the message under way has to be whole
}

// Read implements net.Conn. Between messages a connection may be quiet for as
// long as a call may last.
func (c *connection) Read(p []byte) (int, error) {
	until := c.until
	if until.IsZero() {
		until = clock.Machine().Add(c.limits.Duration + c.limits.Linger)
	}
	if err := c.SetReadDeadline(until); err != nil {
		return 0, err
	}
	n, err := c.Conn.Read(p)
	if c.frame.take(p[:n]); !c.frame.within() {
		c.until = time.Time{}
	} else if c.until.IsZero() {
		c.until = clock.Machine().Add(c.limits.Slow)
	}
	return n, err
}

// A frame follows where messages begin and end in a stream (RFC 3261, 18.3). It
// keeps the headers of the one under way, up to maxHeaders.
type frame struct {
	head []byte
	body int // bytes still to come
}

const maxHeaders = 64 << 10

// within tells whether a message has begun and not ended.
func (f *frame) within() bool { return len(f.head) > 0 || f.body > 0 }

func (f *frame) take(p []byte) {
	for len(p) > 0 {
		if f.body > 0 {
			n := min(f.body, len(p))
			f.body, p = f.body-n, p[n:]
			continue
		}
		if len(f.head) == 0 {
			if p = bytes.TrimLeft(p, "\r\n\x00"); len(p) == 0 { // what keeps a connection alive
				return
			}
		}
		before := max(0, len(f.head)-3)
		f.head = append(f.head, p...)
		end := bytes.Index(f.head[before:], []byte("\r\n\r\n"))
		if end < 0 {
			if len(f.head) > maxHeaders { // the parser gives up long before
				f.head = f.head[:1]
			}
			return
		}
		end += before + 4
		p = p[len(p)-(len(f.head)-end):]
		f.body = contentLength(f.head[:end])
		f.head = nil
	}
}

func contentLength(head []byte) int {
	for line := range bytes.Lines(head) {
		name, value, ok := bytes.Cut(line, []byte(":"))
		name = bytes.ToLower(bytes.TrimSpace(name))
		if !ok || string(name) != "content-length" && string(name) != "l" {
			continue
		}
		n, err := strconv.Atoi(string(bytes.TrimSpace(value)))
		if err != nil || n < 0 {
			return 0 // the parser refuses it
		}
		return n
	}
	return 0
}
