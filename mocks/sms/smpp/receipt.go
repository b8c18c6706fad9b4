package smpp

import (
	"errors"
	"fmt"
	"time"

	"github.com/linxGnu/gosmpp/data"
	"github.com/linxGnu/gosmpp/pdu"

	"example.com/netanswer/mocks/fault"
	"example.com/netanswer/mocks/sms"
)

// errGone is the error of a receipt whose receiver is not there any more.
var errGone = errors.New("the receiver is gone")

// receiptClass is esm_class of a delivery receipt.
const receiptClass = 0x04

// State is the message_state of a status, and its word in a receipt.
func state(s sms.Status) (state byte, word string) {
	if s == sms.Delivered {
		return 2, "DELIVRD"
	}
	return 5, "UNDELIV"
}

// failure is err of a receipt.
func failure(r fault.Reason) string {
	switch r {
	case fault.Unreachable:
		return "003"
	case fault.Landline:
		return "006"
	case fault.Filtered:
		return "007"
	}
	return "000"
}

// deliver sends the receipts of a message, one for each of its numbers.
func (n *session) deliver(r Receipt) error {
	for _, id := range r.IDs {
		p, err := receipt(r, id)
		if err != nil {
			return err
		}
		if err := n.send(p); err != nil {
			return err
		}
	}
	if !n.flush() {
		return errGone
	}
	return nil
}

func receipt(r Receipt, id string) (pdu.PDU, error) {
	code, word := state(r.Status)
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
