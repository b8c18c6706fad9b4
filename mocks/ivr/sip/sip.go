// Package sip answers the telephone over SIP (RFC 3261) on UDP and TCP, and
// speaks G.711 over RTP (RFC 3550, 3551): a thin adapter that decodes a
// call, asks a Handler what becomes of it, and carries what that says.
//
// The caller is who P-Asserted-Identity names (RFC 3325), else who From names;
// Privacy (RFC 3323), anonymous.invalid and 184 before the number withhold it.
// Keys are heard as telephone events (RFC 4733), in INFO, and as tones where a
// caller has no events. Sound is paced by the machine's clock, 20 ms a packet. A
// call without an offer gets one; a re-INVITE or UPDATE holds a call, takes it up
// again and refreshes its session (RFC 3264, 3311, 4028). What a request requires
// besides is refused with 420.
//
// Not modelled: calls to a member, transfer, early media, reliable provisional
// answers, TLS, WebSocket, SRTP (488), IPv6 literals in SDP and any codec but PCMU
// and PCMA. REGISTER is answered and forgotten. Nothing is ever sent to another machine than the one
// a call came from.
package sip

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"sync"
	"syscall"
	"time"

	"github.com/emiago/sipgo"
	wire "github.com/emiago/sipgo/sip"

	"example.com/netanswer/mocks/clock"
	"example.com/netanswer/mocks/ivr"
	"example.com/netanswer/mocks/listener"
)

// A Handler decides what becomes of calls. It is asked by many at once.
type Handler interface {
	// Ring is told of a call, once. ivr.ErrNumber means that nobody could have
	// the number, ivr.ErrFull that no more calls are taken, ErrWorld that there
	// can be no such world.
	Ring(ctx context.Context, in Incoming) (Call, error)
}

// ErrWorld is the error of a Handler that knows no such world.
var ErrWorld = errors.New("there is no such world")

// Incoming is a call as it comes in.
type Incoming struct {
	World    string // named by the call; "" if it names none
	From     string // the caller's number, digits only; "" if it is not told
	Withheld bool   // the number is not to be told to who is called
	To       string // the number called, digits only
	Via      string // UDP or TCP
}

// A Call is one call at a Handler.
type Call interface {
	Outcome() ivr.Outcome
	// Rings is how long it rings before it is answered.
	Rings() time.Duration
	// Conduct says on the line what the caller is to hear. It returns when all
	// of it was heard, or cannot be any more.
	Conduct(ctx context.Context, line ivr.Line) ivr.Heard
	// Leg is told of what was answered to the caller, as it stands in the
	// protocol: 200 OK, or why not.
	Leg(what string)
	// End is told once how an answered call went; its Leg is who hung up.
	End(heard ivr.Heard) error
}

// Limits bound what callers can ask for.
type Limits struct {
	Calls       int           // at once; one more is returned 503
	Duration    time.Duration // of a call
	Ring        time.Duration // how long it rings where nobody answers
	Linger      time.Duration // how long the callee waits for a BYE after all is said
	Message     int           // bytes of a SIP message
	Connections int           // over TCP at once
	Slow        time.Duration // for a message to come in whole over TCP
}

// DefaultLimits suit a test machine.
func DefaultLimits() Limits {
	return Limits{Calls: 1000, Duration: 5 * time.Minute, Ring: 30 * time.Second, Linger: 5 * time.Second,
		Message: 16 << 10, Connections: 500, Slow: 10 * time.Second}
}

// Check returns an error if no call could be taken within the limits.
func (l Limits) Check() error {
	if l.Calls < 1 || l.Connections < 1 || l.Message < 1<<10 || l.Message > 32<<10 ||
		min(l.Duration, l.Ring, l.Linger, l.Slow) < 100*time.Millisecond {
		return errors.New("sip: at least 1 call, 1 connection, 100ms of each time, and messages of 1024 to 32768 bytes")
	}
	return nil
}

// call is how long a call may take in all.
func (l Limits) call() time.Duration { return l.Ring + l.Duration + l.Linger }

// A Config is what a Server is made of.
type Config struct {
	Address string // host:port, for UDP and TCP alike; port 0 for any that is free
	Limits  Limits
	Handler Handler
	Log     *slog.Logger
}

// A Server answers calls until it is closed.
type Server struct {
	Config
	connections *listener.Listener // over TCP
	agent       *sipgo.UserAgent
	client      *sipgo.Client
	host        net.IP // where it listens
	port        int

	ctx    context.Context
	cancel context.CancelFunc
	failed chan error
	work   sync.WaitGroup

	mu    sync.Mutex
	calls map[string]*talk // by dialog
	busy  int              // calls being answered
}

// Listen returns a server that takes calls.
func Listen(c Config) (*Server, error) {
	if err := c.Limits.Check(); err != nil {
		return nil, err
	}
	packets, connections, err := open(c.Address, c.Limits, c.Log)
	if err != nil {
		return nil, fmt.Errorf("listen for SIP: %w", err)
	}
	s := &Server{Config: c, connections: connections, failed: make(chan error, 2), calls: map[string]*talk{}}
	local, _ := packets.LocalAddr().(*net.UDPAddr) // a packet connection of open's
	s.host, s.port = local.IP, local.Port
	s.ctx, s.cancel = context.WithCancel(context.Background())
	if err := s.serve(packets, timed{connections, c.Limits}); err != nil {
		s.cancel()
		return nil, errors.Join(err, packets.Close(), connections.Close())
	}
	return s, nil
}

// silenceLibrary keeps the SIP library, which would write whatever anybody sends,
// out of the process's log: some of it asks for no logger.
var silenceLibrary = sync.OnceFunc(func() { wire.SetDefaultLogger(slog.New(slog.DiscardHandler)) })

// Whatever a message names, nothing is looked up and nobody is connected to:
// answers, and a BYE, go back the way the call came.
var (
	nowhere      = &net.Resolver{PreferGo: true, Dial: func(context.Context, string, string) (net.Conn, error) { return nil, errDial }}
	refuseToDial = func(string, string, syscall.RawConn) error { return errDial }
	errDial      = errors.New("sip: nobody is connected to")
)

func (s *Server) serve(packets net.PacketConn, connections net.Listener) error {
	silenceLibrary()
	onlyAnswers := wire.TransportsConfig{TCP: &wire.TransportTCP{
		DialerCreate: func(net.Addr) net.Dialer { return net.Dialer{Control: refuseToDial} }}}
	quiet := slog.New(slog.DiscardHandler)
	parser := wire.NewParser()
	parser.MaxMessageLength = s.Limits.Message
	var err error
	s.agent, err = sipgo.NewUA(sipgo.WithUserAgent("netanswer"), sipgo.WithUserAgentParser(parser), sipgo.WithUserAgentDNSResolver(nowhere),
		sipgo.WithUserAgentTransportLayerOptions(wire.WithTransportLayerLogger(quiet), wire.WithTransportLayerTransports(onlyAnswers)),
		sipgo.WithUserAgentTransactionLayerOptions(wire.WithTransactionLayerLogger(quiet)))
	if err != nil {
		return fmt.Errorf("sip: %w", err)
	}
	server, err := sipgo.NewServer(s.agent, sipgo.WithServerLogger(quiet))
	if err != nil {
		return fmt.Errorf("sip: %w", err)
	}
	if s.client, err = sipgo.NewClient(s.agent, sipgo.WithClientLogger(quiet)); err != nil {
		return fmt.Errorf("sip: %w", err)
	}
	s.routes(server)
	for _, serve := range []func() error{
		func() error { return server.ServeUDP(packets) },
		func() error { return server.ServeTCP(connections) },
	} {
		s.work.Go(func() {
			if err := serve(); s.ctx.Err() == nil {
				s.failed <- fmt.Errorf("sip: listening ended: %w", err)
			}
		})
	}
	context.AfterFunc(s.ctx, func() {
		_, _ = packets.Close(), connections.Close() // nobody reads from them any more
	})
	return nil
}

// Addr is where the server listens, host and port.
func (s *Server) Addr() string { return s.NetAddr().String() }

// NetAddr is Addr as the network knows it.
func (s *Server) NetAddr() net.Addr { return &net.UDPAddr{IP: s.host, Port: s.port} }

// State is how the listener over TCP is.
func (s *Server) State() listener.State { return s.connections.State() }

// Failed tells of a listener that ended by itself.
func (s *Server) Failed() <-chan error { return s.failed }

// Going is how many calls are being answered.
func (s *Server) Going() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.busy
}

// leave is how long calls have to end when the server is closed.
const leave = 2 * time.Second

// Close hangs up every call and stops listening.
func (s *Server) Close() error {
	ctx, cancel := context.WithTimeout(context.Background(), leave)
	defer cancel()
	s.mu.Lock()
	for _, t := range s.calls {
		t.stop(context.Canceled)
	}
	s.mu.Unlock()
	for s.Going() > 0 && clock.Pass(ctx, 5*time.Millisecond) == nil {
	}
	s.cancel()
	err := s.agent.Close()
	s.work.Wait()
	close(s.failed)
	return err
}
