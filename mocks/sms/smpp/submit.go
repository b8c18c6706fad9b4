package smpp

import (
	"crypto/rand"
	"errors"
	"strings"

	"github.com/linxGnu/gosmpp/data"
	"github.com/linxGnu/gosmpp/pdu"

	"example.com/netanswer/mocks/fault"
	"example.com/netanswer/mocks/sms"
)

// A submission is a submit_sm that is to be answered.
type submission struct {
	sequence int32
	id       string // of a part; "" of a message that came in one
	status   data.CommandStatusType
	whole    bool // draft is a whole message
	draft    sms.Draft
}

// submit notes a submit_sm to be returned the others.
func (n *session) submit(p *pdu.SubmitSM) {
	s := submission{sequence: p.GetSequenceNumber()}
	if !n.bound || n.may == pdu.Receiver {
		s.status = data.ESME_RINVBNDSTS
		n.waiting = append(n.waiting, s)
		return
	}
	piece, status := read(p)
	s.status, s.whole = status, status == data.ESME_ROK
	if s.whole && piece.total > 1 {
		s.id = strings.ToLower(rand.Text())
		piece.id = s.id
		piece, s.whole, s.status = n.parts.add(piece)
	}
	if s.whole {
		text, err := piece.decode()
		if err != nil {
			s.status, s.whole = data.ESME_RSUBMITFAIL, false
		}
		s.draft = sms.Draft{From: p.SourceAddr.Address(), To: number(p.DestAddr), Body: text, Account: n.systemID, Wish: wish(p, piece.ids)}
	}
	n.waiting = append(n.waiting, s)
}

// international is the type of number that is written without its +.
const international = 1

func number(a pdu.Address) string {
	if a.Ton() == international && !strings.HasPrefix(a.Address(), "+") {
		return "+" + a.Address()
	}
	return a.Address()
}

// wish is what registered_delivery asks for.
func wish(p *pdu.SubmitSM, ids []string) sms.Wish {
	switch p.RegisteredDelivery & 3 {
	case 1:
		return sms.Wish{By: By, Parts: ids}
	case 2:
		return sms.Wish{By: By, Parts: ids, OnlyIll: true}
	}
	return sms.Wish{}
}

// answerTo is the answer to what became of a submission. A planned time-out has
// none.
func answerTo(t Taken, part string) (id string, status data.CommandStatusType, silent bool) {
	switch {
	case t.Err == nil && part != "":
		return part, data.ESME_ROK, false
	case t.Err == nil:
		return t.ID, data.ESME_ROK, false
	case errors.Is(t.Err, fault.ErrTimeOut):
		return "", 0, true
	case errors.Is(t.Err, fault.ErrFault):
		return "", data.ESME_RTHROTTLED, false
	case errors.Is(t.Err, sms.ErrFull):
		return "", data.ESME_RMSGQFUL, false
	case errors.Is(t.Err, sms.ErrRecipient):
		return "", data.ESME_RINVDSTADR, false
	case errors.Is(t.Err, sms.ErrBody):
		return "", data.ESME_RINVMSGLEN, false
	}
	return "", data.ESME_RSYSERR, false
}
