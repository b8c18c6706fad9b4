package integrator

import (
	"context"
	"errors"
	"fmt"
	"net"
	"slices"
	"strings"
	"time"

	"github.com/linxGnu/gosmpp/data"
	"github.com/linxGnu/gosmpp/pdu"

	"example.com/netanswer/steps/actor"
)

// A line is an SMPP connection bound as a transceiver.
type line struct {
	net.Conn
	deadline func() time.Time
	receipts []*pdu.DeliverSM // come while something else was awaited
	told     string           // the receipt that was read last
}

// systemID is who the backend binds as.
func (b *Backend) systemID(s *actor.Scene) string {
	if b.anonymous {
		return "netanswer"
	}
	return s.World.Name
}

func (b *Backend) connect(ctx context.Context, address, systemID string) (*line, error) {
	conn, err := (&net.Dialer{Timeout: timeout}).DialContext(ctx, "tcp", address)
	if err != nil {
		return nil, err
	}
	l := &line{Conn: conn, deadline: b.deadline}
	bind := pdu.NewBindRequest(pdu.Transceiver)
	bind.SystemID, bind.Password = systemID, "any"
	status, err := l.request(bind)
	if err != nil || status != data.ESME_ROK {
		return nil, errors.Join(err, fmt.Errorf("bind as %s: %s", systemID, status), conn.Close())
	}
	return l, nil
}

// submit sends a message, in parts where it is long, and wants a receipt. Three parts
// and more go out in another order than they are read in, as they may on their way. It
// returns how it was refused, "" if it was taken.
func (l *line) submit(to, body string) (refused string, err error) {
	long := pdu.NewSubmitSM().(*pdu.SubmitSM)
	long.RegisteredDelivery = 1
	encoding := data.Encoding(data.GSM7BIT)
	if len(data.ValidateGSM7String(body)) > 0 {
		encoding = data.UCS2
	}
	if err := errors.Join(long.DestAddr.SetAddress(to), long.Message.SetLongMessageWithEnc(body, encoding)); err != nil {
		return "", err
	}
	parts, err := long.Split()
	if err != nil {
		return "", err
	}
	if len(parts) > 2 {
		slices.Reverse(parts)
	}
	for _, part := range parts {
		status, err := l.request(part)
		if errors.Is(err, errUnanswered) {
			return unanswered, nil
		}
		if err != nil {
			return "", err
		}
		if status != data.ESME_ROK {
			return status.String(), nil
		}
	}
	return "", nil
}

// errUnanswered is the error of a request whose successor was answered first.
var errUnanswered = errors.New("no response")

// request sends a request, and after it asks whether the line is alive, so that
// a request which is never answered is known to be one without waiting.
func (l *line) request(p pdu.PDU) (data.CommandStatusType, error) {
	alive := pdu.NewEnquireLink()
	if err := errors.Join(l.say(p), l.say(alive)); err != nil {
		return 0, err
	}
	status, answered := data.CommandStatusType(0), false
	for {
		heard, err := l.hear()
		if err != nil {
			return 0, err
		}
		switch heard := heard.(type) {
		case *pdu.DeliverSM:
			l.receipts = append(l.receipts, heard)
		case *pdu.EnquireLinkResp:
			if !answered {
				return 0, errUnanswered
			}
			return status, nil
		default:
			if heard.GetSequenceNumber() == p.GetSequenceNumber() {
				status, answered = heard.GetHeader().CommandStatus, true
			}
		}
	}
}

func (l *line) say(p pdu.PDU) error {
	out := pdu.NewBuffer(nil)
	p.Marshal(out)
	_, err := l.Write(out.Bytes())
	return err
}

// hear reads what comes next, and acknowledges it where it is a receipt.
func (l *line) hear() (pdu.PDU, error) {
	if err := l.SetReadDeadline(l.deadline()); err != nil {
		return nil, err
	}
	p, err := pdu.Parse(l.Conn)
	if receipt, ok := p.(*pdu.DeliverSM); ok && err == nil {
		err = l.say(receipt.GetResponse())
	}
	return p, err
}

// receipt waits for one and returns its words.
func (l *line) receipt() (told string, err error) {
	for len(l.receipts) == 0 {
		p, err := l.hear()
		if err != nil {
			return "", fmt.Errorf("wait for a receipt: %w", err)
		}
		if r, ok := p.(*pdu.DeliverSM); ok {
			l.receipts = append(l.receipts, r)
		}
	}
	first := l.receipts[0]
	l.receipts = l.receipts[1:]
	l.told, err = first.Message.GetMessage()
	return l.told, err
}

// outcomes are how a receipt words what became of an SMS.
var outcomes = map[string]string{"期限切れ": "EXPIRED", "配信済み": "DELIVRD", "不達": "UNDELIV"}

// IsReported expects a receipt that tells when and what became of the SMS.
func IsReported(ctx context.Context, at, outcome string) error {
	b, _, err := in(ctx)
	if err != nil {
		return err
	}
	when, err := time.Parse("2006-01-02 15:04", at)
	if err != nil {
		return err
	}
	if b.line == nil {
		return errors.New("SMPPでは何も送っていません")
	}
	told, err := b.line.receipt()
	if err != nil {
		return err
	}
	want := "done date:" + when.Format("0601021504") + " stat:" + outcomes[outcome] + " "
	if outcomes[outcome] == "" || !strings.Contains(told, want) {
		return fmt.Errorf("「%s」に「%s」のはずが、報告は %s", at, outcome, told)
	}
	return nil
}

// WasAcceptedAt expects when the SMS was handed over, as the receipt that was read last
// tells it.
func WasAcceptedAt(ctx context.Context, at string) error {
	b, _, err := in(ctx)
	if err != nil {
		return err
	}
	when, err := time.Parse("2006-01-02 15:04", at)
	if err != nil {
		return err
	}
	if b.line == nil {
		return errors.New("SMPPでは何も送っていません")
	}
	if !strings.Contains(b.line.told, " submit date:"+when.Format("0601021504")+" ") {
		return fmt.Errorf("受付は「%s」のはずが、報告は %s", at, b.line.told)
	}
	return nil
}
