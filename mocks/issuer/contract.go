package issuer

import (
	"context"
	"errors"

	"example.com/netanswer/fixtures"
)

// The contract over HTTP. Every question is a POST with a JSON body, reads
// included: a card number must stand in no address, which logs and proxies keep.
const (
	Prefix           = "/issuer/v1/"
	VerificationPath = Prefix + "card-verifications"
	EnrolmentPath    = Prefix + "three-d-secure-enrolments"
	PINPath          = Prefix + "pin-checks"
	StandingPath     = Prefix + "standings"

	// WorldHeader names the world that a question is about.
	WorldHeader = "Netanswer-World"
	// KeyHeader is the same for every try of one enrolment, so that it is done once.
	KeyHeader = "Idempotency-Key"

	// ProblemType begins the type of every problem; a code ends it.
	ProblemType = "urn:netanswer:problem:"
	// CodeUnknownCard is the code of the problem that says ErrUnknownCard.
	CodeUnknownCard = "card_unknown"
)

// A API answers what a backend asks of the card company's core system. An error
// means that there was no answer, unless it is ErrUnknownCard or ErrWorld.
type API interface {
	// Verify tells the holder of a card if number, expiry and code are all right.
	Verify(ctx context.Context, world string, q CardQuestion) (Verification, error)
	// Enrol enrols a card in 3-D Secure; asked again, it changes nothing.
	Enrol(ctx context.Context, world string, q EnrolmentQuestion) (Enrolment, error)
	// CheckPIN checks a card's PIN and counts the wrong ones: never ask twice.
	CheckPIN(ctx context.Context, world string, q PINQuestion) (PINCheck, error)
	// Standing tells the name, points and statement of a card.
	Standing(ctx context.Context, world string, q StandingQuestion) (Standing, error)
}

// ErrUnknownCard is the answer to a question about a card that does not exist.
// Verify never answers so: whether a card exists is told to nobody who guesses.
var ErrUnknownCard = errors.New("the issuer does not know the card")

// ErrWorld is the answer to a question about a world that cannot be.
var ErrWorld = errors.New("the name of the world cannot be one")

// A CardQuestion is what a member claims of a card.
type CardQuestion struct {
	CardNumber   string `json:"card_number" pattern:"^[0-9]{12,19}$" example:"4242420000010017" doc:"digits only"`
	ExpiryMonth  string `json:"expiry_month" pattern:"^[0-9]{2}$" example:"11"`
	ExpiryYear   string `json:"expiry_year" pattern:"^[0-9]{2}$" example:"35"`
	SecurityCode string `json:"security_code" pattern:"^[0-9]{3,4}$" example:"123"`
}

// A Verification is the answer to a CardQuestion. Which of the values was wrong
// is not told.
type Verification struct {
	Verified bool    `json:"verified" doc:"number, expiry and security code are all right"`
	Holder   *Holder `json:"holder,omitempty" doc:"whose card it is; left out where it is not verified"`
}

// A Holder is the person of a card, with the contact on file and the standing
// of the card.
type Holder struct {
	MemberID  string `json:"member_id" example:"hanako"`
	Name      string `json:"name" example:"山田 花子"`
	BirthDate string `json:"birth_date" example:"1985-04-12" doc:"YYYY-MM-DD"`
	Brand     string `json:"brand" enum:"visa,mastercard,jcb,amex"`
	Product   string `json:"product" enum:"saison,corporate,club_on"`
	Status    string `json:"status" enum:"active,locked,withdrawn" doc:"an identity check is possible for active cards only"`
	Phone     string `json:"phone,omitempty" example:"090-0000-1001" doc:"as registered, in national form; left out where there is none"`
	Email     string `json:"email,omitempty" example:"hanako@example.jp" doc:"as registered; left out where there is none"`
}

// An EnrolmentQuestion asks to enrol a card. Key goes in the header.
type EnrolmentQuestion struct {
	CardNumber string `json:"card_number" pattern:"^[0-9]{12,19}$" example:"4242420000010017"`
	Key        string `json:"-"`
}

// An Enrolment is the answer to an EnrolmentQuestion.
type Enrolment struct {
	Repeated bool `json:"repeated" doc:"the card was enrolled before; nothing has changed"`
}

// A PINQuestion asks whether a PIN is a card's.
type PINQuestion struct {
	CardNumber string `json:"card_number" pattern:"^[0-9]{12,19}$" example:"4242420000010017"`
	PIN        string `json:"pin" pattern:"^[0-9]{1,12}$" example:"2580"`
}

// A StandingQuestion asks for the standing of a card.
type StandingQuestion struct {
	CardNumber string `json:"card_number" pattern:"^[0-9]{12,19}$" example:"4242420000010017"`
}

// A Standing is the answer to a StandingQuestion.
type Standing struct {
	Name         string              `json:"name"`
	Points       int                 `json:"points" minimum:"0"`
	CreditLimit  int                 `json:"credit_limit" minimum:"0" doc:"yen"`
	CashingLimit int                 `json:"cashing_limit" minimum:"0" doc:"yen; 0 for none"`
	PaymentDate  string              `json:"payment_date,omitempty" doc:"YYYY-MM-DD; left out where nothing is to be paid"`
	Purchases    []fixtures.Purchase `json:"purchases,omitempty" doc:"newest first"`
	Usage        []fixtures.Month    `json:"usage,omitempty" doc:"of the months before those of the purchases, oldest first"`
}

// Told is what is told of a card that was verified.
func (c Card) Told() Verification {
	h := &Holder{MemberID: c.MemberID, Name: c.Name, BirthDate: c.BirthDate, Brand: c.Brand, Product: c.Product, Status: c.Status,
		Phone: c.Phone, Email: c.Email}
	if h.Product == "" {
		h.Product = "saison"
	}
	if h.Status == "" {
		h.Status = "active"
	}
	return Verification{Verified: true, Holder: h}
}

// Standing is what is told of a card's standing.
func (c Card) Standing() Standing {
	return Standing{Name: c.Name, Points: c.Points, CreditLimit: c.CreditLimit, CashingLimit: c.CashingLimit, PaymentDate: c.PaymentDate,
		Purchases: c.Purchases, Usage: c.Usage}
}
