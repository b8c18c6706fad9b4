package world

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"strconv"
	"time"

	"example.com/netanswer/fixtures"
	"example.com/netanswer/mocks/issuer"
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

// ByIssuerAPI is the Issuer that a desk of the contract is, in this process or over
// the wire.
func ByIssuerAPI(d issuer.API) Issuer { return byIssuerAPI{d} }

type byIssuerAPI struct{ desk issuer.API }

// Verify implements Issuer.
func (b byIssuerAPI) Verify(ctx context.Context, world string, c CardQuestion) (registration.Holder, bool, error) {
	v, err := b.desk.Verify(ctx, world, issuer.CardQuestion{CardNumber: c.Number, ExpiryMonth: c.ExpiryMonth, ExpiryYear: c.ExpiryYear, SecurityCode: c.SecurityCode})
	if err != nil || !v.Verified {
		return registration.Holder{}, false, err
	}
	h := v.Holder
	return registration.Holder{MemberID: h.MemberID, Name: h.Name, Brand: h.Brand, Phone: h.Phone, Email: h.Email,
		Barred: h.Status != "active", Product: h.Product, BirthDate: h.BirthDate}, true, nil
}

// Enrol implements Issuer. All tries of one enrolment have one key.
func (b byIssuerAPI) Enrol(ctx context.Context, world, number string) error {
	_, err := b.desk.Enrol(ctx, world, issuer.EnrolmentQuestion{CardNumber: number, Key: rand.Text()})
	return err
}

// CheckPIN implements Issuer.
func (b byIssuerAPI) CheckPIN(ctx context.Context, world, number, pin string) (registration.PINAnswer, error) {
	c, err := b.desk.CheckPIN(ctx, world, issuer.PINQuestion{CardNumber: number, PIN: pin})
	return registration.PINAnswer{Right: c.Right, Left: c.Left, Stopped: c.Stopped}, err
}

// Standing implements Issuer.
func (b byIssuerAPI) Standing(ctx context.Context, world, number string) (Standing, error) {
	s, err := b.desk.Standing(ctx, world, issuer.StandingQuestion{CardNumber: number})
	if unknown(err) {
		return Standing{}, nil // a card taken away since has nothing to show
	}
	return Standing{Name: s.Name, Points: s.Points, CreditLimit: s.CreditLimit, CashingLimit: s.CashingLimit, PaymentDate: s.PaymentDate,
		Purchases: s.Purchases, Usage: s.Usage}, err
}

// heard is an Issuer whose failures over the wire are written into the timeline,
// each in its own words: a slow connection is not a broken one.
type heard struct {
	Issuer
	service *Service
}

// Verify implements Issuer.
func (t heard) Verify(ctx context.Context, world string, c CardQuestion) (registration.Holder, bool, error) {
	h, ok, err := t.Issuer.Verify(ctx, world, c)
	t.tell(world, "カードの確認", err)
	return h, ok, err
}

// Enrol implements Issuer.
func (t heard) Enrol(ctx context.Context, world, number string) error {
	err := t.Issuer.Enrol(ctx, world, number)
	t.tell(world, "本人認証サービス（3Dセキュア）の登録", err)
	return err
}

// CheckPIN implements Issuer.
func (t heard) CheckPIN(ctx context.Context, world, number, pin string) (registration.PINAnswer, error) {
	answer, err := t.Issuer.CheckPIN(ctx, world, number, pin)
	t.tell(world, "暗証番号の照合", err)
	return answer, err
}

// Standing implements Issuer.
func (t heard) Standing(ctx context.Context, world, number string) (Standing, error) {
	s, err := t.Issuer.Standing(ctx, world, number)
	t.tell(world, "ご利用状況の照会", err)
	return s, err
}

// ways words how a question came to no answer.
var ways = map[issuer.Way]string{
	issuer.Unreachable: "発行元に接続できませんでした",
	issuer.Slow:        "発行元から時間内に答えがありませんでした",
	issuer.Broken:      "発行元との接続が、答えの前に切れました",
	issuer.Refused:     "発行元が受け付けませんでした",
	issuer.Malformed:   "発行元の答えが、取り決めた形ではありませんでした",
	issuer.Open:        "発行元が続けて答えなかったため、しばらく問い合わせを控えています",
}

func (t heard) tell(world, question string, err error) {
	f := issuer.HowFailed(err)
	if f == nil || errors.Is(err, context.Canceled) {
		return // it answered, the world itself wrote down why not, or nobody waits any more
	}
	what := question + ": " + ways[f.Way]
	if f.Status != 0 {
		what += fmt.Sprintf("（HTTP %d）", f.Status)
	}
	if f.Tries > 1 {
		what += "（" + strconv.Itoa(f.Tries) + "回試しました）"
	}
	_, failed := t.service.update(world, func(st *State, now time.Time) error {
		st.Timeline.add(now, "fault", what, "")
		return nil
	})
	_ = failed // the world was deleted meanwhile: nobody is left to read it
}
