package server

import (
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"net/http"
	"syscall"

	"example.com/netanswer/mocks/listener"
)

// listen listens within limits: more connections wait. flag is the setting that
// says where.
func (s *Sandbox) listen(what, flag, address string, limits listener.Config) (net.Listener, error) {
	l, err := net.Listen("tcp", address)
	if err != nil {
		return nil, busy(what, flag, address, err)
	}
	s.outbound.Own(l.Addr())
	limits.Name, limits.Most, limits.Log = flag, min(limits.Most, share()), s.log
	bounded := listener.New(l, limits)
	s.states = append(s.states, namedState{flag, bounded.State})
	return bounded, nil
}

// A namedState asks a listener how it is.
type namedState struct {
	name  string
	state func() listener.State
}

// share is how many connections a listener may hold so that all of them together
// leave descriptors for everything else.
func share() int {
	const all = 8 // seven listeners, and as much as one of them for the rest
	return max(2, descriptors()/all)
}

// connState tells a listener which of its connections are between two requests.
func connState(conn net.Conn, state http.ConnState) {
	if secured, ok := conn.(*tls.Conn); ok {
		conn = secured.NetConn()
	}
	if c, ok := conn.(*listener.Conn); ok {
		c.Idle(state == http.StateIdle)
	}
}

// busy tells what to change where another process has the port.
func busy(what, flag, address string, err error) error {
	if errors.Is(err, syscall.EADDRINUSE) {
		return fmt.Errorf(
			"%s: another process listens at %s: choose another port by -%s, or other ports for all by -ports 25000 (-%[3]s 127.0.0.1:0 takes any free one): %w",
			what,
			address,
			flag,
			err,
		)
	}
	return fmt.Errorf("%s: -%s: %w", what, flag, err)
}
