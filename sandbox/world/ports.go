package world

import (
	"context"
	"errors"
	"time"

	"example.com/netanswer/fixtures"
	"example.com/netanswer/mocks/fault"
	"example.com/netanswer/mocks/mailbox"
	"example.com/netanswer/mocks/sms"
	"example.com/netanswer/sandbox/registration"
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

// An Issuer is the card company's core system. An error means that it did not
// answer; what it answers in the negative is no error.
type Issuer interface {
	// Verify tells the holder of a card if number, expiry and code are right.
	Verify(ctx context.Context, world string, c CardQuestion) (holder registration.Holder, ok bool, err error)
	// Enrol enrols a card in 3-D Secure; doing it again changes nothing.
	Enrol(ctx context.Context, world, number string) error
	// CheckPIN checks a card's PIN (p13-2). It counts the wrong ones.
	CheckPIN(ctx context.Context, world, number, pin string) (registration.PINAnswer, error)
	// Standing tells the name, points and statement of a card.
	Standing(ctx context.Context, world, number string) (Standing, error)
}

// A CardQuestion is what a member claims of a card.
type CardQuestion struct {
	Number, ExpiryMonth, ExpiryYear, SecurityCode string
}

// Standing is what a member sees of a card after log-in.
type Standing struct {
	Name         string
	Points       int
	CreditLimit  int    // yen
	CashingLimit int    // yen, 0 for none
	PaymentDate  string // YYYY-MM-DD, "" where nothing is to be paid
	Purchases    []fixtures.Purchase
	Usage        []fixtures.Month // of the months before those of the purchases
}

// Local are the ports filled with the mocks of the world itself.
func Local(store Store, machine func() time.Time, bounds Bounds) Ports {
	l := local{store: store, machine: machine, bounds: bounds}
	return Ports{SMS: l, Mail: l, Issuer: l}
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

// answers uses up a planned fault of the issuer, if there is one; a world without
// any is not changed for it.
func (l local) answers(world string) error {
	s, err := l.store.View(world)
	if err != nil || len(s.Issuer.Faults.Faults) == 0 {
		return err
	}
	return l.planned(world, func(s *State, _ time.Time) error { return s.Issuer.Answer() })
}

// Verify implements Issuer.
func (l local) Verify(_ context.Context, world string, c CardQuestion) (registration.Holder, bool, error) {
	if err := l.answers(world); err != nil {
		return registration.Holder{}, false, err
	}
	s, err := l.store.View(world)
	if err != nil {
		return registration.Holder{}, false, err
	}
	card, ok := s.Issuer.Verify(c.Number, c.ExpiryMonth+"/"+c.ExpiryYear, c.SecurityCode)
	if !ok {
		return registration.Holder{}, false, nil
	}
	return registration.Holder{MemberID: card.MemberID, Name: card.Name, Brand: card.Brand, Phone: card.Phone, Email: card.Email,
		Barred: card.Status != "" && card.Status != "active", Product: card.Product, BirthDate: card.BirthDate}, true, nil
}

// Enrol implements Issuer.
func (l local) Enrol(_ context.Context, world, number string) error {
	if err := l.answers(world); err != nil {
		return err
	}
	return l.store.Update(world, func(s *State) error {
		now := s.Clock.Now(l.machine())
		if s.Issuer.Enrol(number, now) {
			s.Timeline.add(now, "issuer", "本人認証サービス（3Dセキュア）に登録しました: "+registration.MaskNumber(s.Policy.CardMask, number), "")
		}
		return nil
	})
}

// CheckPIN implements Issuer.
func (l local) CheckPIN(_ context.Context, world, number, pin string) (registration.PINAnswer, error) {
	if err := l.answers(world); err != nil {
		return registration.PINAnswer{}, err
	}
	var answer registration.PINAnswer
	err := l.store.Update(world, func(s *State) error {
		c := s.Issuer.CheckPIN(number, pin, s.Policy.PINAttempts)
		answer = registration.PINAnswer{Right: c.Right, Left: c.Left, Stopped: c.Stopped}
		said := map[bool]string{true: "暗証番号が一致しました", false: "暗証番号が一致しませんでした"}[c.Right]
		if c.Stopped {
			said = "暗証番号の照合は止まっています"
		}
		s.Timeline.add(s.Clock.Now(l.machine()), "issuer", said+": "+registration.MaskNumber(s.Policy.CardMask, number), "")
		return nil
	})
	return answer, err
}

// Standing implements Issuer.
func (l local) Standing(_ context.Context, world, number string) (Standing, error) {
	if err := l.answers(world); err != nil {
		return Standing{}, err
	}
	s, err := l.store.View(world)
	if err != nil {
		return Standing{}, err
	}
	card, _ := s.Issuer.Find(number) // a card taken away since has nothing to show
	return Standing{Name: card.Name, Points: card.Points, CreditLimit: card.CreditLimit, CashingLimit: card.CashingLimit,
		PaymentDate: card.PaymentDate, Purchases: card.Purchases, Usage: card.Usage}, nil
}
