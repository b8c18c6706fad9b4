// Package smpp is the face of the fake SMS gateway for clients of SMPP 3.4: the
// server's side of bind, submit_sm, deliver_sm with receipts, enquire_link and
// unbind. It decodes with gosmpp's pdu package, calls a Gateway, encodes.
//
// It models transmitters, receivers and transceivers, any number of requests
// under way at once, messages in UCS-2, GSM 7-bit (also as data_coding 1, which
// some clients send), ISO 8859-1 and message_payload, long messages joined by
// user data header or by sar_ parameters, and receipts as appendix B writes them.
// It does not model data_sm, submit_multi, querying, replacing or cancelling a
// message, scheduled delivery, or outbind.
//
// Any password is taken. The system_id says which world is spoken for; the empty
// one and "netanswer" speak for none, and the recipient decides. A planned time-out
// is a request without a response; a planned refusal is ESME_RTHROTTLED.
package smpp

import (
	"context"
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
	Log   *slog.Logger
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
		delete(s.conns, conn)
		s.mu.Unlock()
	}()
	n.run(ctx)
}
