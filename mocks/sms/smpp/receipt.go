package smpp

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/linxGnu/gosmpp/data"
	"github.com/linxGnu/gosmpp/pdu"

	"example.com/netanswer/mocks/fault"
	"example.com/netanswer/mocks/sms"
)

// receiptClass is esm_class of a delivery receipt.
const receiptClass = 0x04

// State is the message_state of a status, and its word in a receipt.
func state(s sms.Status, why fault.Reason) (state byte, word string) {
	switch {
	case s == sms.Scheduled, s == sms.Queued:
		return 6, "ACCEPTD"
	case s == sms.Sending, s == sms.Sent:
		return 1, "ENROUTE"
	case s == sms.Delivered:
		return 2, "DELIVRD"
	case s == sms.Failed:
		return 8, "REJECTD"
	case s == sms.Canceled:
		return 4, "DELETED"
	case why == sms.Expired:
		return 3, "EXPIRED"
	}
	return 5, "UNDELIV"
}

// failure is err of a receipt.
func failure(r fault.Reason) string {
	switch r {
	case fault.Overflow:
		return "001"
	case fault.Unreachable:
		return "003"
	case fault.Landline:
		return "006"
	case fault.Filtered:
		return "007"
	case sms.Expired:
		return "008"
	}
	return "000"
}

// A flight is what was sent together and is to be acknowledged.
type flight struct {
	left map[int32]int // place of a receipt by the sequence_number of a deliver_sm
	done chan struct{} // closed when nothing is left
}

// deliver sends receipts, one for each number of a message, and waits until
// they are acknowledged. A receiver that does not acknowledge is cut off.
func (n *session) deliver(ctx context.Context, all []Receipt) (failed []Receipt) {
	f := flight{left: map[int32]int{}, done: make(chan struct{})}
	var out []pdu.PDU
	for i, r := range all {
		for _, id := range r.IDs {
			p, err := receipt(r, id, n.old)
			if err != nil { // an address that no PDU can hold
				n.server.Log.Error("a delivery receipt cannot be written", "error", err)
				continue
			}
			f.left[p.GetSequenceNumber()] = i
			out = append(out, p)
		}
	}
	if len(out) == 0 {
		return nil
	}
	n.mu.Lock()
	n.flights = append(n.flights, f)
	n.mu.Unlock()
	sent := true
	n.order.Lock()
	for _, p := range out {
		sent = sent && n.send(p) == nil
	}
	n.order.Unlock()
	timeout := time.NewTimer(n.server.Idle)
	defer timeout.Stop()
	if sent && n.flush() {
		select {
		case <-f.done:
			return nil
		case <-ctx.Done():
		case <-timeout.C:
		}
	}
	_ = n.conn.Close() // it may be closed already
	n.mu.Lock()
	defer n.mu.Unlock()
	again := map[int]bool{}
	for _, i := range f.left {
		if !again[i] {
			again[i] = true
			failed = append(failed, all[i])
		}
	}
	return failed
}

// acknowledge notes a deliver_sm_resp.
func (n *session) acknowledge(sequence int32) {
	n.mu.Lock()
	defer n.mu.Unlock()
	for i, f := range n.flights {
		if _, ok := f.left[sequence]; !ok {
			continue
		}
		if delete(f.left, sequence); len(f.left) == 0 {
			close(f.done)
			n.flights = slices.Delete(n.flights, i, i+1)
		}
		return
	}
}

func receipt(r Receipt, id string, old bool) (pdu.PDU, error) {
	code, word := state(r.Status, r.Reason)
	delivered := 0
	if r.Status == sms.Delivered {
		delivered = 1
	}
	minute := func(t time.Time) string { return t.Format("0601021504") }
	text := fmt.Sprintf("id:%s sub:001 dlvrd:%03d submit date:%s done date:%s stat:%s err:%s text:", id, delivered,
		minute(r.AcceptedAt), minute(r.At), word, failure(r.Reason))

	p := pdu.NewDeliverSM().(*pdu.DeliverSM)
	p.EsmClass = receiptClass
	p.SourceAddr.SetTon(international)
	p.SourceAddr.SetNpi(1)
	if err := p.SourceAddr.SetAddress(plain(sms.International(r.To))); err != nil {
		return nil, fmt.Errorf("delivery receipt: %w", err)
	}
	if err := p.DestAddr.SetAddress(r.From); err != nil {
		return nil, fmt.Errorf("delivery receipt: %w", err)
	}
	if err := p.Message.SetMessageWithEncoding(text, data.GSM7BIT); err != nil {
		return nil, fmt.Errorf("delivery receipt: %w", err)
	}
	if old {
		return p, nil
	}
	if r.Ref != "" {
		p.RegisterOptionalParam(pdu.Field{Tag: pdu.TagUserMessageReference, Data: []byte(r.Ref)})
	}
	p.RegisterOptionalParam(pdu.Field{Tag: pdu.TagReceiptedMessageID, Data: append([]byte(id), 0)})
	p.RegisterOptionalParam(pdu.Field{Tag: pdu.TagMessageStateOption, Data: []byte{code}})
	return p, nil
}

// plain is a number without its +.
func plain(number string) string {
	if number != "" && number[0] == '+' {
		return number[1:]
	}
	return number
}
