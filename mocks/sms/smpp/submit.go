package smpp

import (
	"crypto/rand"
	"encoding/binary"
	"errors"
	"strings"
	"time"

	"github.com/linxGnu/gosmpp/data"
	"github.com/linxGnu/gosmpp/pdu"

	"example.com/netanswer/mocks/fault"
	"example.com/netanswer/mocks/sms"
)

// An incoming is what submit_sm, submit_multi and data_sm have in common.
type incoming struct {
	sequence   int32
	command    data.CommandIDType
	from       pdu.Address
	to         []pdu.Address
	class      byte // esm_class
	coding     byte // data_coding
	header     pdu.UDH
	text       []byte
	params     map[pdu.Tag]pdu.Field
	registered byte
	schedule   string
	validity   string
	lists      bool // it is to a distribution list as well
}

// submitted reads a PDU that brings a message. raw is the PDU as it came: the
// library does not tell a data_coding that it does not know.
func incomingOf(p pdu.PDU, raw []byte) (in incoming, ok bool) {
	body := func(m *pdu.ShortMessage) {
		in.header = m.UDH()
		in.text, _ = m.GetMessageData() // it never fails of what was unmarshalled
	}
	switch p := p.(type) {
	case *pdu.SubmitSM:
		in = incoming{command: data.SUBMIT_SM, from: p.SourceAddr, to: []pdu.Address{p.DestAddr}, class: p.EsmClass,
			params: p.OptionalParameters, registered: p.RegisteredDelivery,
			schedule: p.ScheduleDeliveryTime, validity: p.ValidityPeriod}
		body(&p.Message)
		in.coding, ok = dataCoding(raw, false)
	case *pdu.SubmitMulti:
		in = incoming{command: data.SUBMIT_MULTI, from: p.SourceAddr, class: p.EsmClass, params: p.OptionalParameters,
			registered: p.RegisteredDelivery,
			schedule:   p.ScheduleDeliveryTime, validity: p.ValidityPeriod}
		for _, d := range p.DestAddrs.Get() {
			if in.lists = in.lists || d.IsDistributionList(); d.IsAddress() {
				in.to = append(in.to, d.Address())
			}
		}
		body(&p.Message)
		in.coding, ok = dataCoding(raw, true)
	case *pdu.DataSM:
		in = incoming{command: data.DATA_SM, from: p.SourceAddr, to: []pdu.Address{p.DestAddr}, class: p.EsmClass,
			coding: p.DataCoding, params: p.OptionalParameters, registered: p.RegisteredDelivery}
		ok = true
	}
	in.sequence = p.GetSequenceNumber()
	return in, ok
}

// dataCoding finds data_coding in a submit_sm or submit_multi.
func dataCoding(raw []byte, multi bool) (byte, bool) {
	at := headerLen
	skip := func(fixed int) { // so many bytes and a text that ends with 0
		for at += fixed; at < len(raw) && raw[at] != 0; {
			at++
		}
		at++
	}
	skip(0) // service_type
	skip(2) // source
	if multi {
		if at >= len(raw) {
			return 0, false
		}
		n := int(raw[at])
		for at++; n > 0 && at < len(raw); n-- {
			if raw[at] == 1 {
				skip(3)
			} else {
				skip(1) // a distribution list
			}
		}
	} else {
		skip(2)
	}
	skip(3) // esm_class, protocol_id, priority_flag; schedule_delivery_time
	skip(0) // validity_period
	at += 2 // registered_delivery, replace_if_present_flag
	if at >= len(raw) {
		return 0, false
	}
	return raw[at], true
}

// A submission is a message that is to be answered.
type submission struct {
	sequence int32
	command  data.CommandIDType
	id       string // of a part, or of a message to many; "" of one that came in one to one
	status   data.CommandStatusType
	drafts   []sms.Draft // one for each recipient of a whole message; none of a part or a refusal
	to       []pdu.Address
}

// submit notes a message to be returned the others.
func (n *session) submit(in incoming, ok bool) {
	s := submission{sequence: in.sequence, command: in.command, to: in.to}
	if s.status = n.refusal(in, ok); s.status != data.ESME_ROK {
		n.waiting = append(n.waiting, s)
		return
	}
	draft, status := in.draft(n.systemID)
	piece, read := in.read()
	switch {
	case status != data.ESME_ROK:
		s.status = status
	case read != data.ESME_ROK:
		s.status = read
	default:
		whole := true
		if piece.total > 1 {
			s.id = strings.ToLower(rand.Text())
			piece.id = s.id
			piece, whole, s.status = n.parts.add(piece)
		} else if in.command == data.SUBMIT_MULTI {
			s.id = strings.ToLower(rand.Text())
			piece.ids = []string{s.id}
		}
		if whole {
			s.status = s.fill(in, draft, piece)
		}
	}
	n.waiting = append(n.waiting, s)
}

// fill makes the drafts of a whole message.
func (s *submission) fill(in incoming, draft sms.Draft, p piece) data.CommandStatusType {
	var ok bool
	if draft.Body, draft.IfGSM, ok = p.coding.decode(p.text); !ok {
		return data.ESME_RSUBMITFAIL
	}
	draft.Binary, draft.Port = p.coding == octet, p.port
	draft.Wish = in.wish(p.ids)
	for _, to := range in.to {
		draft.To = number(to)
		s.drafts = append(s.drafts, draft)
	}
	return data.ESME_ROK
}

// refusal is why a message is refused before it is looked into.
func (n *session) refusal(in incoming, ok bool) data.CommandStatusType {
	switch {
	case !n.bound || n.may == pdu.Receiver:
		return data.ESME_RINVBNDSTS
	case !ok:
		return data.ESME_RSYSERR
	case in.lists:
		return data.ESME_RINVDLNAME // there are no lists
	case len(in.from.Address()) > longestSender && (in.command != data.DATA_SM || len(in.from.Address()) > longestDataSender):
		return data.ESME_RINVSRCADR
	case len(in.to) == 0 || len(in.to) > maxDestinations:
		return data.ESME_RINVNUMDESTS
	case in.command == data.SUBMIT_MULTI && in.class&0x03 == 2, in.command == data.SUBMIT_SM && in.class&0x03 == 1:
		return data.ESME_RINVESMCLASS // the transaction and the datagram mode
	}
	return data.ESME_ROK
}

// What source_addr holds (5.2.8), and that of data_sm.
const longestSender, longestDataSender = 20, 64

// maxDestinations is how many recipients a submit_multi may have (4.5.1).
const maxDestinations = 254

// draft reads all of a message but its text and recipient.
func (in incoming) draft(systemID string) (sms.Draft, data.CommandStatusType) {
	d := sms.Draft{From: in.from.Address(), Account: systemID}
	var ok bool
	if d.At, ok = when(in.schedule); !ok {
		return d, data.ESME_RINVSCHED
	}
	if d.Until, ok = when(in.validity); !ok {
		return d, data.ESME_RINVEXPIRY
	}
	if ttl, given := in.params[pdu.TagQosTimeToLive]; given && len(ttl.Data) == 4 {
		d.Until = sms.When{In: time.Duration(binary.BigEndian.Uint32(ttl.Data)) * time.Second}
	}
	_, d.Class = coded(in.coding)
	return d, data.ESME_ROK
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
func (in incoming) wish(ids []string) sms.Wish {
	w := sms.Wish{By: By, Parts: ids, Ref: string(in.params[pdu.TagUserMessageReference].Data)}
	switch in.registered & 3 {
	case 1:
		return w
	case 2:
		w.OnlyIll = true
		return w
	}
	return sms.Wish{}
}

// statusOf is the answer to what became of a message. A planned time-out has
// none.
func statusOf(err error) (status data.CommandStatusType, silent bool) {
	switch {
	case err == nil:
		return data.ESME_ROK, false
	case errors.Is(err, fault.ErrTimeOut):
		return 0, true
	case errors.Is(err, fault.ErrFault):
		return data.ESME_RTHROTTLED, false
	case errors.Is(err, sms.ErrFull):
		return data.ESME_RMSGQFUL, false
	case errors.Is(err, sms.ErrRecipient):
		return data.ESME_RINVDSTADR, false
	case errors.Is(err, sms.ErrBody):
		return data.ESME_RINVMSGLEN, false
	case errors.Is(err, sms.ErrSchedule):
		return data.ESME_RINVSCHED, false
	case errors.Is(err, sms.ErrExpiry):
		return data.ESME_RINVEXPIRY, false
	}
	return data.ESME_RSYSERR, false
}

// answer answers a message with what became of it for each recipient, and keeps
// by which number it can be asked for.
func (n *session) answer(s submission, taken []Taken) {
	n.traffic.Submitted++
	status, id := s.status, s.id
	var failed []pdu.UnsuccessSME
	first := ""
	for i, t := range taken {
		st, silent := statusOf(t.Err)
		if silent {
			return
		}
		if t.Err == nil {
			if first == "" {
				first = t.ID
			}
			continue
		}
		if status = st; s.command == data.SUBMIT_MULTI {
			u := pdu.NewUnsuccessSMEWithTonNpi(s.to[i].Ton(), s.to[i].Npi(), st)
			if u.SetAddress(s.to[i].Address()) == nil { // it came in a PDU
				failed = append(failed, u)
			}
		}
	}
	if first != "" {
		if status = data.ESME_ROK; id == "" {
			id = first
		}
		n.server.known(s.ids(taken), first)
	}
	if status != data.ESME_ROK {
		n.traffic.Refused++
		id = ""
	}
	_ = n.send(response(s, id, status, failed)) // that the client is gone is seen when it is read
}

// ids are the numbers that were given to what came in parts or to many.
func (s submission) ids(taken []Taken) []string {
	if s.id == "" || len(taken) == 0 {
		return nil
	}
	if parts := s.drafts[0].Wish.Parts; len(parts) > 0 {
		return parts
	}
	return []string{s.id}
}

func response(s submission, id string, status data.CommandStatusType, failed []pdu.UnsuccessSME) pdu.PDU {
	switch s.command {
	case data.SUBMIT_MULTI:
		p := pdu.NewSubmitMultiResp().(*pdu.SubmitMultiResp)
		p.MessageID, p.CommandStatus = id, status
		p.UnsuccessSMEs.Add(failed...)
		p.SetSequenceNumber(s.sequence)
		return p
	case data.DATA_SM:
		p := pdu.NewDataSMResp().(*pdu.DataSMResp)
		p.MessageID, p.CommandStatus = id, status
		p.SetSequenceNumber(s.sequence)
		return p
	}
	p := pdu.NewSubmitSMResp().(*pdu.SubmitSMResp)
	p.MessageID, p.CommandStatus = id, status
	p.SetSequenceNumber(s.sequence)
	return p
}
