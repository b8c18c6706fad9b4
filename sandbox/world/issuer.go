package world

import (
	"cmp"
	"context"
	"crypto/rand"

	"example.com/netanswer/mocks/issuer"
	"example.com/netanswer/mocks/outbound"
	"example.com/netanswer/sandbox/account"
	"example.com/netanswer/sandbox/registration"
)

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

// CardQuestion is what a member claims of a card, and Standing is what a member sees
// of one after log-in: both as the issuer API has them.
type (
	CardQuestion = issuer.CardQuestion
	Standing     = issuer.Standing
)

// ByIssuerAPI is the Issuer that asks an issuer API, in this process or over the
// wire.
func ByIssuerAPI(a issuer.API) Issuer { return byIssuerAPI{a} }

type byIssuerAPI struct{ api issuer.API }

// Verify implements Issuer.
func (b byIssuerAPI) Verify(ctx context.Context, world string, c CardQuestion) (registration.Holder, bool, error) {
	v, err := b.api.Verify(ctx, world, c)
	if err != nil || !v.Verified {
		return registration.Holder{}, false, err
	}
	h := v.Holder
	return registration.Holder{MemberID: h.MemberID, Name: h.Name, Brand: h.Brand, Phone: h.Phone, Email: h.Email,
		Barred: h.Status != "active", Product: h.Product, BirthDate: h.BirthDate}, true, nil
}

// Enrol implements Issuer. All tries of one enrolment have one key.
func (b byIssuerAPI) Enrol(ctx context.Context, world, number string) error {
	key := cmp.Or(outbound.DeliveryOf(ctx).Key, rand.Text())
	_, err := b.api.Enrol(ctx, world, issuer.EnrolmentQuestion{CardNumber: number, Key: key})
	return err
}

// CheckPIN implements Issuer.
func (b byIssuerAPI) CheckPIN(ctx context.Context, world, number, pin string) (registration.PINAnswer, error) {
	c, err := b.api.CheckPIN(ctx, world, issuer.PINQuestion{CardNumber: number, PIN: pin})
	return registration.PINAnswer{Right: c.Right, Left: c.Left, Stopped: c.Stopped}, err
}

// Standing implements Issuer.
func (b byIssuerAPI) Standing(ctx context.Context, world, number string) (Standing, error) {
	s, err := b.api.Standing(ctx, world, issuer.StandingQuestion{CardNumber: number})
	if unknown(err) {
		return Standing{}, nil // a card taken away since has nothing to show
	}
	return s, err
}

// sortedIssuer tells every statement newest first, whatever the order is that a core
// system keeps.
type sortedIssuer struct{ Issuer }

func (i sortedIssuer) Standing(ctx context.Context, world, number string) (Standing, error) {
	s, err := i.Issuer.Standing(ctx, world, number)
	s.Purchases = account.NewestFirst(s.Purchases)
	return s, err
}
