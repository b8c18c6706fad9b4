package world

import (
	"context"
	"time"

	"example.com/netanswer/fixtures"
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
	// Standing tells the name, points and statement of a card.
	Standing(ctx context.Context, world, number string) (Standing, error)
}

// A CardQuestion is what a member claims of a card.
type CardQuestion struct {
	Number, ExpiryMonth, ExpiryYear, SecurityCode string
}

// Standing is what a member sees of a card after log-in.
type Standing struct {
	Name      string
	Points    int
	Purchases []fixtures.Purchase
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
	return l.store.Update(world, func(s *State) error {
		now := s.Clock.Now(l.machine())
		m, err := s.SMS.Accept(smsSender, to, body, now, l.bounds.Messages)
		if err != nil {
			return err
		}
		s.Timeline.add(now, "sms", m.To+" へSMSが届きました: "+m.Body, m.ID)
		return nil
	})
}

// SendMail implements MailServer.
func (l local) SendMail(_ context.Context, world, to string, raw []byte) error {
	return l.store.Update(world, func(s *State) error {
		now := s.Clock.Now(l.machine())
		m, err := s.Mailbox.Accept(to, raw, now, l.bounds.Messages)
		if err != nil {
			return err
		}
		s.Timeline.add(now, "mail", m.To+" へメールが届きました: "+m.Subject, m.ID)
		return nil
	})
}

// Verify implements Issuer.
func (l local) Verify(_ context.Context, world string, c CardQuestion) (registration.Holder, bool, error) {
	s, err := l.store.View(world)
	if err != nil {
		return registration.Holder{}, false, err
	}
	card, ok := s.Issuer.Verify(c.Number, c.ExpiryMonth+"/"+c.ExpiryYear, c.SecurityCode)
	if !ok {
		return registration.Holder{}, false, nil
	}
	return registration.Holder{MemberID: card.MemberID, Name: card.Name, Brand: card.Brand, Phone: card.Phone, Email: card.Email}, true, nil
}

// Enrol implements Issuer.
func (l local) Enrol(_ context.Context, world, number string) error {
	return l.store.Update(world, func(s *State) error {
		now := s.Clock.Now(l.machine())
		if s.Issuer.Enrol(number, now) {
			s.Timeline.add(now, "issuer", "本人認証サービス（3Dセキュア）に登録しました: "+registration.MaskNumber(s.Policy.CardMask, number), "")
		}
		return nil
	})
}

// Standing implements Issuer.
func (l local) Standing(_ context.Context, world, number string) (Standing, error) {
	s, err := l.store.View(world)
	if err != nil {
		return Standing{}, err
	}
	card, _ := s.Issuer.Find(number) // a card taken away since has nothing to show
	return Standing{Name: card.Name, Points: card.Points, Purchases: card.Purchases}, nil
}
