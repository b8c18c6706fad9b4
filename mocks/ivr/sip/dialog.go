package sip

import (
	"context"
	"errors"
	"strings"

	"github.com/emiago/sipgo"
	wire "github.com/emiago/sipgo/sip"

	"example.com/netanswer/mocks/clock"
	"example.com/netanswer/mocks/ivr"
)

// routes says who answers what.
func (s *Server) routes(server *sipgo.Server) {
	server.OnInvite(s.read(s.invite))
	server.OnAck(func(q *wire.Request, _ wire.ServerTransaction) { s.ack(q) })
	server.OnBye(s.read(s.bye))
	server.OnInfo(s.read(s.info))
	server.OnUpdate(s.read(s.update))
	server.OnCancel(func(q *wire.Request, tx wire.ServerTransaction) { // of no INVITE that is pending
		s.respond(q, tx, 481, "Call/Transaction Does Not Exist")
	})
	server.OnOptions(s.read(func(q *wire.Request, tx wire.ServerTransaction) {
		if s.requires(q, tx) {
			return
		}
		s.respond(
			q,
			tx,
			200,
			"OK",
			wire.NewHeader("Allow", allow),
			wire.NewHeader("Accept", "application/sdp"),
			wire.NewHeader("Supported", supported),
		)
	}))
	server.OnRegister(s.read(func(q *wire.Request, tx wire.ServerTransaction) { // for telephones that must
		if s.requires(q, tx) {
			return
		}
		headers := []wire.Header{wire.NewHeader("Expires", "3600")}
		if contact := q.Contact(); contact != nil {
			headers = append(headers, wire.HeaderClone(contact))
		}
		s.respond(q, tx, 200, "OK", headers...)
	}))
	server.OnNoRoute(func(q *wire.Request, tx wire.ServerTransaction) {
		s.respond(q, tx, 405, "Method Not Allowed", wire.NewHeader("Allow", allow))
	})
}

const allow = "INVITE, ACK, CANCEL, BYE, INFO, UPDATE, OPTIONS, REGISTER"

// read answers a request of another version of SIP (RFC 3261, 21.5.6), and one that
// names two worlds; any other is next's.
func (s *Server) read(next func(*wire.Request, wire.ServerTransaction)) func(*wire.Request, wire.ServerTransaction) {
	return func(q *wire.Request, tx wire.ServerTransaction) {
		switch {
		case !strings.EqualFold(q.SipVersion, version):
			s.respond(q, tx, 505, "Version Not Supported")
		case len(worldsOf(q)) > 1:
			s.respond(q, tx, 400, "Bad Request", warning(errWorlds))
		default:
			next(q, tx)
		}
	}
}

const version = "SIP/2.0"

var errWorlds = errors.New("the request names two worlds")

// respond answers a request outside of a call. Nothing is kept of it: the same
// request again gets the same answer, and any number of them costs no memory.
func (s *Server) respond(q *wire.Request, tx wire.ServerTransaction, status int, reason string, headers ...wire.Header) {
	answer := wire.NewResponseFromRequest(q, status, reason, nil)
	answer.SipVersion = version // whatever was asked by
	for _, h := range headers {
		answer.AppendHeader(h)
	}
	if err := tx.Respond(answer); err != nil {
		s.Log.Debug("sip: an answer was not sent", "error", err)
	}
	tx.Terminate()
}

// ack tells a call that its answer has arrived.
func (s *Server) ack(q *wire.Request) {
	t := s.find(q)
	if t == nil || q.CSeq() == nil {
		return // of a refusal, or of nothing
	}
	s.mu.Lock()
	select {
	case <-t.acked:
		s.mu.Unlock()
		return // again
	default:
		t.said = q.Body()
		close(t.acked)
	}
	s.mu.Unlock()
	if err := t.dialog.ReadAck(q, nil); err != nil {
		s.Log.Debug("sip: an ACK of another INVITE", "error", err)
	}
}

// bye ends a call. It is answered when the call is written down, so that who
// hung up finds what became of it.
func (s *Server) bye(q *wire.Request, tx wire.ServerTransaction) {
	t := s.find(q)
	if t == nil || q.CSeq() == nil {
		s.respond(q, tx, 481, "Call/Transaction Does Not Exist")
		return
	}
	select {
	case <-t.acked:
		t.stop(ivr.ErrHungUp)
		s.await(t)
	default: // nobody waits for the end of a call that has not begun
	}
	if err := t.dialog.ReadBye(q, tx); err != nil {
		s.respond(q, tx, 400, "Bad Request")
	}
}

// await waits until a call is written down, for as long as calls have to end.
func (s *Server) await(t *talk) {
	ctx, cancel := context.WithCancel(s.ctx)
	defer cancel()
	go func() {
		select {
		case <-t.ended:
			cancel()
		case <-ctx.Done():
		}
	}()
	_ = clock.Pass(ctx, leave) // that it was cut short is what is waited for
}

// update changes what was agreed on, or says that the call goes on.
func (s *Server) update(q *wire.Request, tx wire.ServerTransaction) {
	if q.To() == nil || q.From() == nil || q.CallID() == nil || q.CSeq() == nil || q.Via() == nil {
		s.respond(q, tx, 400, "Bad Request")
		return
	}
	if !s.requires(q, tx) {
		s.again(q, tx)
	}
}

// info takes a key pressed.
func (s *Server) info(q *wire.Request, tx wire.ServerTransaction) {
	t := s.find(q)
	if t == nil {
		s.respond(q, tx, 481, "Call/Transaction Does Not Exist")
		return
	}
	media := ""
	if h := q.ContentType(); h != nil {
		media = h.Value()
	}
	key := infoKey(media, q.Body())
	if key == "" {
		s.respond(q, tx, 415, "Unsupported Media Type", wire.NewHeader("Accept", "application/dtmf-relay, application/dtmf"))
		return
	}
	s.mu.Lock()
	l := t.line
	s.mu.Unlock()
	if l != nil {
		l.press(key)
	}
	s.respond(q, tx, 200, "OK")
}

// find is the call that a request belongs to, nil if there is none.
func (s *Server) find(q *wire.Request) *talk {
	id, err := wire.DialogIDFromRequestUAS(q)
	if err != nil {
		return nil
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.calls[id]
}

// enter takes one of the calls that may be at once.
func (s *Server) enter() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.busy >= s.Limits.Calls || s.ctx.Err() != nil {
		return false
	}
	s.busy++
	return true
}

func (s *Server) exit() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.busy--
}

// forget is the end of a call.
func (s *Server) forget(t *talk) {
	s.mu.Lock()
	delete(s.calls, t.dialog.ID)
	s.mu.Unlock()
	t.stop(context.Canceled)
	t.release()
	if t.line != nil {
		if err := t.line.close(); err != nil {
			s.Log.Debug("sip: a line was not closed", "error", err)
		}
	}
}
