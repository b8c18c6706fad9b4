package smpp

import (
	"context"
	"errors"
	"time"

	"github.com/linxGnu/gosmpp/data"
	"github.com/linxGnu/gosmpp/pdu"

	"example.com/netanswer/mocks/sms"
)

// maxKnown bounds the numbers of parts, and of messages to many, that are known.
const maxKnown = 100_000

// known notes which message the numbers belong to that were given to its parts.
func (s *Server) known(ids []string, of string) {
	if len(ids) == 0 {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.others == nil || len(s.others) >= maxKnown {
		s.others = map[string]string{} // the oldest are of no use any more
	}
	for _, id := range ids {
		s.others[id] = of
	}
}

// whole is the number of the message that a number belongs to.
func (s *Server) whole(id string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	if of, ok := s.others[id]; ok {
		return of
	}
	return id
}

// query answers a query_sm (4.8).
func (n *session) query(ctx context.Context, p *pdu.QuerySM) error {
	out := pdu.NewQuerySMRespFromReq(p).(*pdu.QuerySMResp)
	out.MessageID = p.MessageID
	m, now, ok, err := n.server.Gateway.Find(ctx, n.systemID, n.server.whole(p.MessageID))
	switch {
	case !n.bound || n.may == pdu.Receiver:
		out.CommandStatus = data.ESME_RINVBNDSTS
	case err != nil:
		out.CommandStatus = data.ESME_RQUERYFAIL
	case !ok || !names(p.SourceAddr, m.From):
		out.CommandStatus = data.ESME_RINVMSGID
	default:
		status, since := m.Status(now)
		if out.MessageState, _ = state(status, m.Reason); final(status) {
			out.FinalDate = stamp(since)
		}
		out.ErrorCode = failure(m.Reason)[2] - '0'
	}
	return n.send(out)
}

// final tells whether nothing becomes of a message any more.
func final(s sms.Status) bool {
	switch s {
	case sms.Delivered, sms.Undelivered, sms.Failed, sms.Canceled:
		return true
	}
	return false
}

// names tells whether an address, which may be left out, is a message's sender.
func names(a pdu.Address, from string) bool {
	return a.Address() == "" || a.Address() == from || number(a) == from
}

// cancel answers a cancel_sm (4.9) of one message, named by its number.
func (n *session) cancel(ctx context.Context, p *pdu.CancelSM) error {
	out := pdu.NewCancelSMRespFromReq(p).(*pdu.CancelSMResp)
	switch {
	case !n.bound || n.may == pdu.Receiver:
		out.CommandStatus = data.ESME_RINVBNDSTS
	case p.MessageID == "":
		out.CommandStatus = data.ESME_RCANCELFAIL // all to somebody at once is not modelled
	default:
		out.CommandStatus = changed(
			n.server.Gateway.Cancel(
				ctx,
				n.systemID,
				n.server.whole(p.MessageID),
				func(m sms.Message) bool { return names(p.SourceAddr, m.From) },
			),
			data.ESME_RCANCELFAIL,
		)
	}
	return n.send(out)
}

// replace answers a replace_sm (4.10). The text is in the alphabet of the message
// that it replaces, which may be read as the default one or as UCS-2.
func (n *session) replace(ctx context.Context, p *pdu.ReplaceSM) error {
	out := pdu.NewReplaceSMRespFromReq(p).(*pdu.ReplaceSMResp)
	d := sms.Draft{}
	var at, until bool
	d.At, at = when(p.ScheduleDeliveryTime)
	d.Until, until = when(p.ValidityPeriod)
	text, _ := p.Message.GetMessageData() // it never fails of what was unmarshalled
	switch {
	case !n.bound || n.may == pdu.Receiver:
		out.CommandStatus = data.ESME_RINVBNDSTS
	case !at:
		out.CommandStatus = data.ESME_RINVSCHED
	case !until:
		out.CommandStatus = data.ESME_RINVEXPIRY
	default:
		d.Wish = incoming{registered: p.RegisteredDelivery}.wish(nil)
		err := n.server.Gateway.Replace(ctx, n.systemID, n.server.whole(p.MessageID), func(m sms.Message) (sms.Draft, error) {
			if !names(p.SourceAddr, m.From) {
				return d, sms.ErrMessage
			}
			alphabet := standard
			if m.Encoding == sms.UCS2 {
				alphabet = ucs2
			}
			var ok bool
			if d.Body, _, ok = alphabet.decode(text); !ok {
				return d, sms.ErrBody
			}
			return d, nil
		})
		out.CommandStatus = changed(err, data.ESME_RREPLACEFAIL)
	}
	return n.send(out)
}

// changed is the status of a change that was tried.
func changed(err error, fails data.CommandStatusType) data.CommandStatusType {
	switch {
	case errors.Is(err, sms.ErrMessage):
		return data.ESME_RINVMSGID
	case errors.Is(err, sms.ErrBegun):
		return fails
	}
	status, silent := statusOf(err)
	if silent {
		return fails
	}
	return status
}

// A Store is what a Gateway does with messages that it has taken.
type Store interface {
	// Find returns a message of a system_id by its number, and what its clock
	// shows.
	Find(ctx context.Context, systemID, id string) (m sms.Message, now time.Time, ok bool, err error)
	// Cancel takes back a message that is to be sent later, if may says so;
	// the errors are those of sms.Box.Cancel.
	Cancel(ctx context.Context, systemID, id string, may func(sms.Message) bool) error
	// Replace changes one as with says; the errors are those of sms.Box.Replace
	// and of with.
	Replace(ctx context.Context, systemID, id string, with func(sms.Message) (sms.Draft, error)) error
}
