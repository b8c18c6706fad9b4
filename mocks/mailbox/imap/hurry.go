package imap

import (
	"crypto/tls"
	"net"
	"time"

	"example.com/netanswer/mocks/clock"
)

// hurrying is a listener whose connections give what is arriving no more time
// than idle: the library's own limits cannot be set. Its long wait for the next
// command stays. Before each stands a front.
type hurrying struct {
	net.Listener
	idle time.Duration
	tls  *tls.Config
}

// Accept implements net.Listener.
func (h hurrying) Accept() (net.Conn, error) {
	c, err := h.Listener.Accept()
	if err != nil {
		return nil, err
	}
	return newFront(hurried{c, h.idle}, h.idle, h.tls), nil
}

type hurried struct {
	net.Conn
	idle time.Duration
}

// nextCommand is longer than the library gives a command or a literal to arrive, and
// shorter than it waits for the next command.
const nextCommand = 20 * time.Minute

// SetReadDeadline implements net.Conn.
func (h hurried) SetReadDeadline(t time.Time) error {
	if now := clock.Machine(); !t.IsZero() && t.Sub(now) < nextCommand && t.Sub(now) > h.idle {
		t = now.Add(h.idle)
	}
	return h.Conn.SetReadDeadline(t)
}
