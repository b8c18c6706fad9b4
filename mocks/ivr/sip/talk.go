package sip

import (
	"context"
	"errors"
	"net"
	"runtime/debug"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/emiago/sipgo"
	wire "github.com/emiago/sipgo/sip"

	"example.com/netanswer/mocks/clock"
	"example.com/netanswer/mocks/ivr"
)

// A talk is one call being answered.
type talk struct {
	dialog  *sipgo.DialogServerSession
	tx      wire.ServerTransaction
	ctx     context.Context
	stop    context.CancelCauseFunc // with ivr.ErrHungUp where the caller did
	release context.CancelFunc
	acked   chan struct{} // closed once, by ack
	ended   chan struct{} // closed when the call is over and written down
	line    *line         // held by the server's lock; nil before the answer
	said    []byte        // the caller's answer, in the ACK; held by the server's lock
	lasts   time.Duration // between refreshes, 0 for no bound

	mu    sync.Mutex
	fresh context.CancelFunc // keeps the session from its end; nil where it has none
}

// invite answers one INVITE and carries its call to the end.
func (s *Server) invite(q *wire.Request, tx wire.ServerTransaction) {
	defer func() {
		if r := recover(); r != nil { // one call must not end all
			s.Log.Error("sip: a call failed", "panic", r, "stack", string(debug.Stack()))
		}
	}()
	if q.To() == nil || q.From() == nil || q.CallID() == nil || q.CSeq() == nil || q.Contact() == nil || q.Via() == nil {
		s.respond(q, tx, 400, "Bad Request")
		return
	}
	if s.requires(q, tx) {
		return
	}
	if to := q.To(); to.Params.Has("tag") {
		s.again(q, tx)
		return
	}
	if !s.enter() {
		s.respond(q, tx, 503, "Service Unavailable", wire.NewHeader("Retry-After", "5"))
		return
	}
	defer s.exit()
	o, err := offered(q)
	if err != nil {
		s.respond(q, tx, 488, "Not Acceptable Here", warning(err))
		return
	}
	lasts, err := interval(q)
	if err != nil {
		s.respond(q, tx, 422, "Session Interval Too Small", wire.NewHeader("Min-SE", strconv.Itoa(minInterval)))
		return
	}
	t, err := s.newTalk(q, tx)
	if err != nil {
		s.respond(q, tx, 400, "Bad Request")
		return
	}
	t.lasts = lasts
	defer t.refreshes(0)
	defer s.forget(t)
	call, err := s.Handler.Ring(t.ctx, incoming(q))
	if err != nil {
		s.refuse(t, err)
		return
	}
	switch call.Outcome() {
	case ivr.Answered:
		if s.waits(t, call, call.Rings()) {
			s.answer(t, call, o)
			return
		}
		if err := call.End(ivr.Heard{Early: true}); err != nil {
			s.Log.Warn("sip: a call could not be written down", "error", err)
		}
	case ivr.Busy:
		s.declines(t, call, 486, "Busy Here")
	case ivr.Unassigned:
		s.declines(t, call, 404, "Not Found")
	case ivr.Refused:
		s.declines(t, call, 503, "Service Unavailable")
	default:
		s.waits(t, call, s.Limits.Ring+1)
	}
}

// declines answers a call in the negative that was placed.
func (s *Server) declines(t *talk, call Call, status int, reason string) {
	call.Leg(strconv.Itoa(status) + " " + reason)
	s.final(t, status, reason)
}

// newTalk begins a call; it lasts no longer than it may.
func (s *Server) newTalk(q *wire.Request, tx wire.ServerTransaction) (*talk, error) {
	contact := wire.ContactHeader{Address: wire.Uri{Scheme: "sip", User: called(q), Host: s.local(q).String(), Port: s.port}}
	if wire.NetworkToLower(q.Transport()) == "tcp" {
		contact.Address.UriParams = wire.NewParams()
		contact.Address.UriParams.Add("transport", "tcp")
	}
	// Requests go back to where the call came from, whatever its Contact names.
	ua := &sipgo.DialogUA{Client: s.client, ContactHDR: contact, RewriteContact: true}
	d, err := ua.ReadInvite(q, tx)
	if err != nil {
		return nil, err
	}
	t := &talk{dialog: d, tx: tx, acked: make(chan struct{}), ended: make(chan struct{})}
	var limited context.Context
	limited, t.release = context.WithTimeout(s.ctx, s.Limits.Duration)
	t.ctx, t.stop = context.WithCancelCause(limited)
	context.AfterFunc(d.Context(), func() { t.stop(ivr.ErrHungUp) }) // CANCEL and BYE end the dialog
	s.mu.Lock()
	s.calls[d.ID] = t
	s.mu.Unlock()
	return t, nil
}

// waits rings before an answer and tells whether the caller waits for it. It
// rings no longer than it may.
func (s *Server) waits(t *talk, call Call, rings time.Duration) bool {
	if rings <= 0 {
		return true
	}
	if err := t.dialog.Respond(180, "Ringing", nil); err != nil {
		return false // cancelled already
	}
	over := clock.Pass(t.ctx, min(rings, s.Limits.Ring)) == nil
	if over && rings <= s.Limits.Ring {
		return true
	}
	if over || !errors.Is(context.Cause(t.ctx), ivr.ErrHungUp) {
		s.declines(t, call, 480, "Temporarily Unavailable")
	} else {
		call.Leg("CANCEL")
	}
	return false
}

// answer picks up, says what there is to say, and writes down how it went.
func (s *Server) answer(t *talk, call Call, o offer) {
	var heard ivr.Heard
	l, err := s.pickUp(t, o)
	if err != nil {
		s.Log.Debug("sip: the caller did not take the answer", "error", err)
	} else {
		call.Leg("200 OK、ACK")
		heard = s.conduct(t.ctx, call, l)
		_, agreed := l.agreed()
		if heard.All = heard.All && !agreed.deaf; heard.All {
			_ = clock.Pass(t.ctx, s.Limits.Linger) // who hung up shows below
		}
	}
	hungUp := errors.Is(context.Cause(t.ctx), ivr.ErrHungUp)
	if heard.Leg = "BYE（こちらから）"; hungUp {
		heard.Leg = "BYE（発信者から）"
	}
	if err := call.End(heard); err != nil {
		s.Log.Warn("sip: a call could not be written down", "error", err)
	}
	close(t.ended)
	if hungUp {
		return
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(t.ctx), leave)
	defer cancel()
	if err := t.dialog.WriteBye(ctx, t.bye()); err != nil {
		s.Log.Debug("sip: BYE was not answered", "error", err)
	}
}

// bye is the BYE of this side. It names the way back that the caller's proxies want
// (RFC 3261, 12.2.1.1) and goes to the hop that the call came from, which is the first
// of them: a caller could name any other address. The library would go where the first
// of what stays in the INVITE leads.
func (t *talk) bye() *wire.Request {
	invite := t.dialog.InviteRequest
	bye := wire.NewRequest(wire.BYE, invite.Contact().Address)
	bye.SetTransport(invite.Transport())
	for _, hop := range invite.GetHeaders("Record-Route") {
		bye.AppendHeader(wire.NewHeader("Route", hop.Value()))
	}
	for invite.RemoveHeader("Record-Route") {
	}
	return bye
}

// conduct says what there is to say. A mistake of the handler's ends the call
// as any other end does.
func (s *Server) conduct(ctx context.Context, call Call, l *line) (heard ivr.Heard) {
	defer func() {
		if r := recover(); r != nil {
			s.Log.Error("sip: a call failed", "panic", r, "stack", string(debug.Stack()))
			heard = ivr.Heard{}
		}
	}()
	return call.Conduct(ctx, l)
}

var errNoACK = errors.New("no ACK came")

// pickUp answers a call and returns when the caller knows.
func (s *Server) pickUp(t *talk, o offer) (*line, error) {
	if err := t.dialog.Respond(180, "Ringing", nil); err != nil {
		return nil, err
	}
	host := s.local(t.dialog.InviteRequest)
	l, err := openLine(host, source(t.dialog.InviteRequest), o)
	if err != nil {
		s.final(t, 500, "Server Internal Error")
		return nil, err
	}
	s.mu.Lock()
	t.line = l
	s.mu.Unlock()
	body, err := o.answer(host, l.port())
	if err != nil {
		s.final(t, 500, "Server Internal Error")
		return nil, err
	}
	go func() { // an ACK within the transaction, as some write it
		select {
		case q := <-t.tx.Acks():
			s.ack(q)
		case <-t.tx.Done():
		case <-t.ctx.Done():
		}
	}()
	go l.listen() // until forget closes the line
	yes := wire.NewSDPResponseFromRequest(t.dialog.InviteRequest, body)
	for _, h := range sessionHeaders(t.lasts) {
		yes.AppendHeader(h)
	}
	if err := t.dialog.WriteResponse(yes); err != nil { // waits for the ACK
		return nil, err
	}
	select {
	case <-t.acked:
	default:
		return nil, errNoACK
	}
	if o.ours {
		s.mu.Lock()
		said := t.said
		s.mu.Unlock()
		if o, err = o.answered(said); err != nil {
			return nil, err
		}
		l.agree(o)
	}
	t.refreshes(t.lasts)
	return l, nil
}

// refuse answers an INVITE that the handler did not take.
func (s *Server) refuse(t *talk, err error) {
	switch {
	case errors.Is(err, ivr.ErrNumber):
		s.final(t, 404, "Not Found")
	case errors.Is(err, ErrWorld):
		s.final(t, 400, "Bad Request", warning(err))
	case errors.Is(err, ivr.ErrFull):
		s.final(t, 503, "Service Unavailable", warning(err))
	default:
		s.Log.Error("sip: a call could not be placed", "error", err)
		s.final(t, 500, "Server Internal Error")
	}
}

// final answers an INVITE in the negative and waits for the ACK, or until it is
// clear that none comes.
func (s *Server) final(t *talk, status int, reason string, headers ...wire.Header) {
	if err := t.dialog.Respond(status, reason, nil, headers...); err != nil {
		s.Log.Debug("sip: an answer was not sent", "error", err)
	}
}

// warning says in a header what was wrong (RFC 3261, 20.43).
func warning(err error) wire.Header {
	text := []rune(err.Error())
	for i, c := range text {
		if c < ' ' || c == '"' || c == '\\' {
			text[i] = ' '
		}
	}
	return wire.NewHeader("Warning", `399 netanswer "`+string(text[:min(len(text), 200)])+`"`)
}

// source is the machine that a request came from.
func source(q *wire.Request) net.IP {
	host, _, _ := net.SplitHostPort(q.Source()) // the transport wrote it
	return net.ParseIP(host)
}

// local is the address by which the caller reaches this machine.
func (s *Server) local(q *wire.Request) net.IP {
	if !s.host.IsUnspecified() {
		return s.host
	}
	route, err := net.Dial("udp", q.Source()) // sends nothing
	if err != nil {
		return net.IPv4(127, 0, 0, 1)
	}
	defer func() { _ = route.Close() }() // it carried nothing
	local, _ := route.LocalAddr().(*net.UDPAddr)
	return local.IP
}

// offered is what a request offers; an offer of ours where it has none.
func offered(q *wire.Request) (offer, error) {
	if len(q.Body()) == 0 {
		return ownOffer(), nil
	}
	return readOffer(q.Body())
}

// requires answers a request that requires what nobody has here.
func (s *Server) requires(q *wire.Request, tx wire.ServerTransaction) bool {
	tags := unsupported(q)
	if len(tags) == 0 {
		return false
	}
	s.respond(q, tx, 420, "Bad Extension", wire.NewHeader("Unsupported", strings.Join(tags, ", ")))
	return true
}
