package world

import (
	"context"
	"errors"
	"time"

	"example.com/netanswer/mocks/fault"
	"example.com/netanswer/mocks/mailbox"
	"example.com/netanswer/mocks/sms"
)

// Ports are the ways to what the service does not do itself. By default each is
// filled with the mock in the same process; a client of a real protocol can
// stand in its place. Nothing here is called while a world is locked.
type Ports struct {
	SMS    SMSGateway
	Mail   MailServer
	Issuer Issuer
}

// An SMSGateway hands an SMS over. An error means that it was not accepted.
type SMSGateway interface {
	SendSMS(ctx context.Context, world, to, body string) error
}

// A MailServer hands a message, as RFC 5322 writes it, over for one recipient.
// An error means that it was not accepted.
type MailServer interface {
	SendMail(ctx context.Context, world, to string, raw []byte) error
}

// Local are the ports filled with the mocks of the world itself.
func Local(store Store, machine func() time.Time, bounds Bounds) Ports {
	l := local{store: store, machine: machine, bounds: bounds}
	return Ports{SMS: l, Mail: l, Issuer: ByIssuerAPI(desk{l})}
}

type local struct {
	store   Store
	machine func() time.Time
	bounds  Bounds
}

// smsSender is how the gateway shows the sender to the member.
const smsSender = "SAISON"

// SendSMS implements SMSGateway.
func (l local) SendSMS(_ context.Context, world, to, body string) error {
	_, err := l.takeSMS(world, sms.Draft{From: smsSender, To: to, Body: body})
	return err
}

func (l local) takeSMS(world string, d sms.Draft) (taken sms.Message, err error) {
	err = l.planned(world, func(s *State, now time.Time) (err error) {
		taken, err = s.SMS.Take(d, now, l.bounds.Messages)
		s.noteSMS(taken, err, now)
		return err
	})
	return taken, err
}

func (s *State) noteSMS(taken sms.Message, err error, now time.Time) {
	if err == nil {
		s.Timeline.add(now, "sms", taken.To+" へSMSを送信しました"+fate(taken, now)+": "+taken.Body, taken.ID)
	}
}

// takeOne is takeSMS within a change of the world.
func (l local) takeOne(s *State, d sms.Draft, now time.Time) (sms.Message, error) {
	taken, err := s.SMS.Take(d, now, l.bounds.Messages)
	switch s.noteSMS(taken, err, now); {
	case errors.Is(err, fault.ErrFault):
		s.Timeline.add(now, "fault", err.Error(), "")
	case err != nil:
		s.Timeline.add(now, KindRequest, "SMSを受け付けませんでした: "+err.Error(), "")
	}
	return taken, err
}

// fate says what becomes of an SMS sent at now, where it is not there at once.
func fate(m sms.Message, now time.Time) string {
	switch m.Reason {
	case "":
		return arrival(now, m.DeliveredAt)
	case fault.Landline:
		return "（固定電話のため届きません）"
	case fault.Overflow:
		return "（送信待ちがあふれたため送られません）"
	case fault.Filtered:
		return "（迷惑メッセージとして止められ、届きません）"
	}
	return "（電話機につながらず、届きません）"
}

// planned changes a world; a fault as planned, or an address that refuses, is written down, used up, and the
// answer all the same.
func (l local) planned(world string, change func(*State, time.Time) error) error {
	var failed error
	err := l.store.Update(world, func(s *State) error {
		now := s.Clock.Now(l.machine())
		failed = change(s, now)
		if !errors.Is(failed, fault.ErrFault) && !errors.Is(failed, mailbox.ErrRefused) {
			return failed
		}
		s.Timeline.add(now, "fault", failed.Error(), "")
		return nil
	})
	return errors.Join(failed, err)
}

// arrival says when something sent at now arrives, where that is not at once.
func arrival(now, delivered time.Time) string {
	switch late := delivered.Sub(now); {
	case late <= 0:
		return ""
	case late > 100*365*24*time.Hour:
		return "（届きません）"
	default:
		return "（" + late.String() + "遅れて届きます）"
	}
}

// SendMail implements MailServer.
func (l local) SendMail(_ context.Context, world, to string, raw []byte) error {
	_, err := l.takeMail(world, to, raw)
	return err
}

func (l local) takeMail(world, to string, raw []byte) (taken mailbox.Mail, err error) {
	return l.noteMail(world, to, func(s *State, now time.Time) (mailbox.Mail, error) {
		return s.Mailbox.Accept(to, raw, now, l.bounds.Messages)
	})
}

// noteMail takes a mail over and writes that down.
func (l local) noteMail(world, to string, take func(*State, time.Time) (mailbox.Mail, error)) (taken mailbox.Mail, err error) {
	err = l.planned(world, func(s *State, now time.Time) (err error) {
		taken, err = take(s, now)
		switch {
		case err != nil:
			return err
		case taken.ID == "":
			s.Timeline.add(now, "mail", to+" は差出人のドメインを受信しないため、メールは届きません", "")
		default:
			s.Timeline.add(now, "mail", taken.To+" へメールを送信しました"+arrival(now, taken.DeliveredAt)+": "+taken.Subject, taken.ID)
		}
		return nil
	})
	return taken, err
}
