package integrator

import (
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/linxGnu/gosmpp/data"
	"github.com/linxGnu/gosmpp/pdu"

	"example.com/netanswer/client"
	"example.com/netanswer/steps/actor"
)

// nothing is what stands for no passcode.
const nothing = "なし"

// readAs expects a passcode, or none.
func readAs(want string, p *client.Passcode) error {
	got := nothing
	if p != nil {
		got = p.Code
	}
	return equal("読み取られたパスコード", want, got)
}

// PasscodeIs expects the passcode that is read out of the SMS sent last.
func PasscodeIs(ctx context.Context, want string) error {
	b, s, err := in(ctx)
	if err != nil {
		return err
	}
	m, ok, err := b.received(ctx, s.World.Name)
	if err != nil {
		return err
	}
	if !ok {
		return errors.New("SMSが届いていません")
	}
	return readAs(want, m.Passcode)
}

// ExpiryIs expects when it says that its passcode expires.
func ExpiryIs(ctx context.Context, want string) error {
	b, s, err := in(ctx)
	if err != nil {
		return err
	}
	m, ok, err := b.received(ctx, s.World.Name)
	if err != nil {
		return err
	}
	if !ok || m.Passcode == nil {
		return errors.New("パスコードのあるSMSは届いていません")
	}
	return equal("パスコードの期限", want, m.Passcode.ExpiresAt.Format("15:04:05"))
}

// CallPasscodeIs expects the passcode that was said in the last call.
func CallPasscodeIs(ctx context.Context, want string) error {
	c, err := lastCall(ctx)
	if err != nil {
		return err
	}
	return readAs(want, c.Passcode)
}

// TextsLater hands over an SMS by REST that is to be sent so much later.
func TextsLater(ctx context.Context, name, after string) error {
	b, s, p, at, err := ready(ctx, name)
	if err != nil {
		return err
	}
	d, err := actor.ParseSpan(after)
	if err != nil {
		return err
	}
	clock, err := b.Controls.Clock(ctx, s.World.Name)
	if err != nil {
		return err
	}
	b.text = text{to: p.Phone, body: "予約 " + s.World.Name}
	b.text.sid, b.refused, err = b.account(s, at.REST).
		create(ctx, url.Values{"To": {p.Phone}, "MessagingServiceSid": {pool}, "Body": {b.text.body},
			"ScheduleType": {"fixed"}, "SendAt": {clock.Now.Add(d).UTC().Format(time.RFC3339)}})
	return err
}

// pool is the messaging service that the backend sends by.
const pool = "MG0123456789abcdef0123456789abcdef"

// TakesBack cancels the SMS handed over last.
func TakesBack(ctx context.Context) error {
	b, s, err := in(ctx)
	if err != nil {
		return err
	}
	b.refused, err = b.account(s, b.at.REST).change(ctx, b.text.sid, url.Values{"Status": {"canceled"}})
	return err
}

// TextsCoded sends an SMS by SMPP in an alphabet and a message class.
func TextsCoded(ctx context.Context, name, coding, body string) error {
	b, s, p, at, err := ready(ctx, name)
	if err != nil {
		return err
	}
	if b.line == nil {
		if b.line, err = b.connect(ctx, at.SMPP, b.systemID(s)); err != nil {
			return err
		}
	}
	var dcs byte
	if _, err := fmt.Sscanf(coding, "0x%02X", &dcs); err != nil {
		return fmt.Errorf("%s is no data_coding: %w", coding, err)
	}
	b.text = text{to: p.Phone, body: body}
	raw := []byte(body)
	if strings.ContainsFunc(body, func(c rune) bool { return c > 0x7F }) {
		if raw, err = data.UCS2.Encode(body); err != nil {
			return err
		}
	}
	b.refused, err = b.line.submitBytes(p.Phone, dcs, raw)
	return err
}

// A coding is one that the library does not know, for bytes that are written.
type coding byte

// Encode implements data.Encoding.
func (coding) Encode(text string) ([]byte, error) { return []byte(text), nil }

// Decode implements data.Encoding.
func (coding) Decode(raw []byte) (string, error) { return string(raw), nil }

// DataCoding implements data.Encoding.
func (c coding) DataCoding() byte { return byte(c) }

// submitBytes sends a message of bytes in whatever coding.
func (l *line) submitBytes(to string, dcs byte, raw []byte) (refused string, err error) {
	p := pdu.NewSubmitSM().(*pdu.SubmitSM)
	err = errors.Join(p.DestAddr.SetAddress(strings.ReplaceAll(to, "-", "")), p.Message.SetMessageDataWithEncoding(raw, coding(dcs)))
	if err != nil {
		return "", err
	}
	status, err := l.request(p)
	if err != nil || status == data.ESME_ROK {
		return "", err
	}
	return status.String(), nil
}

// AsksFor asks the REST API for what it may not have.
func AsksFor(ctx context.Context, resource string) error {
	b, s, at, err := reached(ctx)
	if err != nil {
		return err
	}
	b.refused, b.text.body, err = b.account(s, at.REST).lacks(ctx, resource+".json")
	return err
}

// IsNamed expects the last refusal to say what it is about.
func IsNamed(ctx context.Context, what string) error {
	b, _, err := in(ctx)
	if err != nil {
		return err
	}
	if !strings.Contains(b.text.body, what) {
		return fmt.Errorf("断りに「%s」とあるはずが「%s」です", what, b.text.body)
	}
	return nil
}

// AnswersWith lets the backend answer calls with a document of its own.
func AnswersWith(ctx context.Context, document string) error {
	if err := xml.Unmarshal([]byte(document), new(struct{ XMLName xml.Name })); err != nil {
		return fmt.Errorf("the document is no XML: %w", err)
	}
	if err := AnswersCalls(ctx, ""); err != nil {
		return err
	}
	b, _, err := in(ctx)
	if err == nil {
		b.hook.document = document
	}
	return err
}

// IsSuperseded expects the passcode of the first message that somebody got, SMS or メール,
// to be void because a later message carries another, or not to be: among their own
// messages and among everybody's.
func IsSuperseded(ctx context.Context, name, way string, want bool) error {
	b, s, p, err := about(ctx, name)
	if err != nil {
		return err
	}
	list, to := b.mailed, p.Email
	if way == "SMS" {
		list, to = b.texted, p.Phone
	}
	own, err := list(ctx, s.World.Name, to)
	if err != nil {
		return err
	}
	if len(own) == 0 || own[0].passcode == nil {
		return fmt.Errorf("%sに届いた%sにパスコードがありません", name, way)
	}
	everybodys, err := list(ctx, s.World.Name, "")
	if err != nil {
		return err
	}
	same := slices.DeleteFunc(everybodys, func(c carrier) bool { return c.id != own[0].id })
	for _, c := range append(same, own[0]) {
		switch is := c.passcode != nil && c.passcode.Superseded; {
		case want && !is:
			return fmt.Errorf("%sに届いた%sのパスコードは、新しいものに替わったと見えるはずが、見えません", name, way)
		case !want && is:
			return fmt.Errorf("%sに届いた%sのパスコードは、新しいものに替わっていないはずが、替わったと見えます", name, way)
		}
	}
	return nil
}

// A carrier is a message, and the passcode that it carries; nil for none.
type carrier struct {
	id       string
	passcode *client.Passcode
}

// texted and mailed are what arrived for somebody, oldest first; for everybody where
// to is "".
func (b *Backend) texted(ctx context.Context, world, to string) (all []carrier, err error) {
	found, err := b.Controls.SMS(ctx, world, to)
	for _, m := range found {
		all = append(all, carrier{m.ID, m.Passcode})
	}
	return all, err
}

func (b *Backend) mailed(ctx context.Context, world, to string) (all []carrier, err error) {
	found, err := b.Controls.Mails(ctx, world, to)
	for _, m := range found {
		all = append(all, carrier{m.ID, m.Passcode})
	}
	return all, err
}
