package sip

import (
	"strconv"

	wire "github.com/emiago/sipgo/sip"
)

// again answers an INVITE or UPDATE within a call: sound is held, taken up or sent
// elsewhere as it says (RFC 3264, 8; 3311), and the session goes on (RFC 4028).
func (s *Server) again(q *wire.Request, tx wire.ServerTransaction) {
	t := s.find(q)
	if t == nil {
		s.respond(q, tx, 481, "Call/Transaction Does Not Exist")
		return
	}
	s.mu.Lock()
	l := t.line
	s.mu.Unlock()
	if l == nil {
		s.respond(q, tx, 491, "Request Pending")
		return
	}
	lasts, err := interval(q)
	if err != nil {
		s.respond(q, tx, 422, "Session Interval Too Small", wire.NewHeader("Min-SE", strconv.Itoa(minInterval)))
		return
	}
	contact := &wire.ContactHeader{Address: wire.Uri{Scheme: "sip", User: called(q), Host: s.local(q).String(), Port: s.port}}
	headers := append(sessionHeaders(lasts), contact)
	if q.Method == wire.UPDATE && len(q.Body()) == 0 {
		t.refreshes(lasts)
		s.respond(q, tx, 200, "OK", headers...)
		return
	}
	o, err := offered(q)
	if err != nil { // what was agreed on stays
		s.respond(q, tx, 488, "Not Acceptable Here", warning(err))
		return
	}
	said := o
	if o.ours { // what was agreed on is offered again
		_, o = l.agreed()
		said = o
		said.ours, said.deaf = true, false
	}
	body, err := said.answer(s.local(q), l.port())
	if err != nil {
		s.respond(q, tx, 500, "Server Internal Error")
		return
	}
	l.agree(o)
	t.refreshes(lasts)
	yes := wire.NewSDPResponseFromRequest(q, body)
	for _, h := range headers {
		yes.AppendHeader(h)
	}
	if err := tx.Respond(yes); err != nil {
		s.Log.Debug("sip: an answer was not sent", "error", err)
	}
	tx.Terminate()
}
