// Package smpp is the server of the fake SMS gateway for clients of SMPP 3.4, which
// may bind as 3.3 or 5.0: the server's side of bind, submit_sm, submit_multi,
// data_sm, query_sm, cancel_sm and replace_sm of one message, deliver_sm with
// receipts, enquire_link and unbind, with TLS or without on one port. It decodes
// with gosmpp's pdu package, calls a Gateway, encodes.
//
// It models transmitters, receivers and transceivers, any number of requests
// under way at once, every data_coding of SMPP 3.4 and 3GPP TS 23.038 that is not
// compressed, with its message class, message_payload, long messages joined by
// user data header or by sar_ parameters, schedule_delivery_time and
// validity_period by the world's clock, and receipts as appendix B writes them.
// Text in IA5 with control characters is of the default alphabet, as some clients
// mean it; other IA5 is what it says, unless the world has it otherwise.
// Bytes that are no text are taken and never read. It does not model distribution
// lists, broadcasting, outbind, alert_notification, replace_if_present_flag,
// messages to the client, or more than 254 recipients.
//
// Any password is taken. The system_id says which world is spoken for; the empty
// one and "netanswer" speak for none, and the recipient decides. A planned time-out
// is a request without a response; a planned refusal is ESME_RTHROTTLED.
package smpp

import (
	"context"
	"crypto/tls"
	"errors"
	"log/slog"
	"net"
	"sync"
	"time"

	"example.com/netanswer/mocks/sms"
)

// By is the name of this protocol in a message's wish.
const By = "smpp"

// A Gateway is what this package speaks for. Errors are those of sms.Box.Take.
type Gateway interface {
	Store
	// Enter tells whether a system_id can be; an error means that it cannot.
	// kind is bind_transmitter, bind_receiver or bind_transceiver.
	Enter(systemID, kind string) error
	// Leave is told of the end of a connection that was bound.
	Leave(systemID string, t Traffic)
	// Submit takes messages over, in order, and answers for each with its
	// number or an error.
	Submit(ctx context.Context, systemID string, drafts []sms.Draft) []Taken
	// Receipts hands over what is to be told of the messages of a system_id as
	// it becomes due, until ctx ends. deliver returns those that were not
	// acknowledged, which stay due; then the connection is at its end. It may
	// call deliver from several goroutines.
	Receipts(ctx context.Context, systemID string, deliver func([]Receipt) (failed []Receipt))
}

// Traffic is what a connection has carried.
type Traffic struct {
	Submitted int // submit_sm
	Refused   int // of them
}

// Taken is what became of a submission.
type Taken struct {
	ID  string
	Err error
}

// A Receipt is what a sender is told of a message.
type Receipt struct {
	sms.Message
	IDs    []string // the message's number, or those of its parts
	Ref    string   // user_message_reference, as the sender gave it
	Status sms.Status
	At     time.Time
}

// A Config is what a Server is made of.
type Config struct {
	Gateway Gateway
	Machine func() time.Time
	// Idle is how long a client may be silent before it is asked whether it is
	// there, and then how long until its connection is cut; also how long one
	// PDU may take to arrive.
	Idle time.Duration
	// Parts bounds the parts of unfinished long messages of a connection.
	Parts int
	// TLS is spoken with a client that begins so, on the same port; nil is not.
	TLS *tls.Config
	Log *slog.Logger
}

// maxPDU bounds the bytes of one PDU: a message_payload and all around it.
const maxPDU = 32 << 10

// A Server serves SMPP on one listener.
type Server struct {
	Config
	ctx   context.Context
	end   context.CancelFunc
	tasks sync.WaitGroup

	mu       sync.Mutex
	listener net.Listener
	conns    map[net.Conn]bool
	others   map[string]string // messages by the numbers of their parts
}

// New returns a server.
func New(c Config) *Server {
	ctx, end := context.WithCancel(context.Background())
	return &Server{Config: c, ctx: ctx, end: end, conns: map[net.Conn]bool{}}
}

// Serve serves until Close; then its error is nil.
func (s *Server) Serve(l net.Listener) error {
	s.mu.Lock()
	s.listener = l
	s.mu.Unlock()
	for {
		conn, err := l.Accept()
		if err != nil {
			if errors.Is(err, net.ErrClosed) || s.ctx.Err() != nil {
				return nil
			}
			return err
		}
		s.mu.Lock()
		if s.ctx.Err() != nil {
			s.mu.Unlock()
			return conn.Close()
		}
		s.conns[conn] = true
		s.tasks.Go(func() { s.serve(conn) })
		s.mu.Unlock()
	}
}

// Close cuts every connection and waits until all is still.
func (s *Server) Close() error {
	s.end()
	s.mu.Lock()
	var err error
	if s.listener != nil {
		err = s.listener.Close()
	}
	for conn := range s.conns {
		_ = conn.Close() // it may be closed already
	}
	s.mu.Unlock()
	s.tasks.Wait()
	return err
}

func (s *Server) serve(conn net.Conn) {
	ctx, end := context.WithCancel(s.ctx)
	plain := conn
	conn = s.secured(conn)
	n := newSession(s, conn)
	defer func() {
		if p := recover(); p != nil {
			s.Log.Error("an SMPP connection failed", "panic", p) // nothing of what was sent
		}
		end()
		_ = conn.Close() // it may be closed already
		n.receipts.Wait()
		if n.bound {
			s.Gateway.Leave(n.systemID, n.traffic)
		}
		s.mu.Lock()
		delete(s.conns, plain)
		s.mu.Unlock()
	}()
	n.run(ctx)
}

// secured speaks TLS with a client that begins with it: no PDU is as long as its
// first byte would say.
func (s *Server) secured(conn net.Conn) net.Conn {
	if s.TLS == nil {
		return conn
	}
	return &sniffed{Conn: conn, config: s.TLS}
}

// A sniffed connection is plain or TLS, as its first byte says.
type sniffed struct {
	net.Conn
	config *tls.Config
	known  bool
}

// handshake is the first byte of TLS.
const handshake = 0x16

// Read implements net.Conn.
func (c *sniffed) Read(p []byte) (int, error) {
	if c.known || len(p) == 0 {
		return c.Conn.Read(p)
	}
	n, err := c.Conn.Read(p)
	if n == 0 {
		return n, err
	}
	c.known = true
	if p[0] != handshake {
		return n, err
	}
	c.Conn = tls.Server(&begun{c.Conn, append([]byte{}, p[:n]...)}, c.config)
	return c.Conn.Read(p)
}

// begun is a connection of which something was read already.
type begun struct {
	net.Conn
	first []byte
}

// Read implements net.Conn.
func (c *begun) Read(p []byte) (int, error) {
	if len(c.first) == 0 {
		return c.Conn.Read(p)
	}
	n := copy(p, c.first)
	c.first = c.first[n:]
	return n, nil
}
