package issuer

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"example.com/netanswer/mocks/strict"
)

// ErrWire is the error of a question or an answer that is not as the contract
// says. It tells the field at most, never what was in it.
var ErrWire = errors.New("not as the contract says")

// Wired is what goes over the wire: a question or an answer of this package.
type Wired interface {
	// required are the fields that must be there.
	required() []string
	// Check tells what is wrong with it by itself.
	Check() error
}

// Read reads a question or an answer. What it does not know is passed over, so
// that a core system may tell more; what the contract requires must be there.
func Read[W Wired](data []byte) (W, error) {
	var w, none W
	var fields map[string]json.RawMessage
	if err := one(data, &fields); err != nil {
		return none, fmt.Errorf("%w: no JSON object", ErrWire)
	}
	var other *strict.Error
	if err := strict.Check(data, 0); errors.As(err, &other) { // the place may be a name that is not ours
		return none, fmt.Errorf("%w: a value %s", ErrWire, other.Wrong)
	}
	for _, name := range w.required() {
		if v, ok := fields[name]; !ok || bytes.Equal(v, []byte("null")) {
			return none, fmt.Errorf("%w: %s is missing", ErrWire, name)
		}
	}
	if err := one(data, &w); err != nil {
		var mistyped *json.UnmarshalTypeError
		if errors.As(err, &mistyped) && mistyped.Field != "" {
			return none, fmt.Errorf("%w: %s has another type", ErrWire, mistyped.Field)
		}
		return none, fmt.Errorf("%w: a value has another form", ErrWire)
	}
	if err := w.Check(); err != nil {
		return none, err
	}
	return w, nil
}

// one decodes exactly one JSON value.
func one(data []byte, into any) error {
	d := json.NewDecoder(bytes.NewReader(data))
	if err := d.Decode(into); err != nil {
		return err
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return errors.New("more than one value")
	}
	return nil
}

// A form tells whether a value has it.
type form func(string) bool

var (
	cardForm    = digits(12, 19)
	twoDigits   = digits(2, 2)
	codeForm    = digits(3, 4)
	pinForm     = digits(1, 12)
	dateForm    = shaped("0000-00-00")
	monthForm   = shaped("0000-00")
	noDate      = form(func(s string) bool { return s == "" })
	brandForm   = oneOf("visa", "mastercard", "jcb", "amex")
	productForm = oneOf("saison", "corporate", "club_on")
	statusForm  = oneOf("active", "locked", "withdrawn")
)

// longestText is how many characters a text may have.
const longestText = 200

// anyText is a text of one line.
func anyText(s string) bool {
	return s != "" && utf8.RuneCountInString(s) <= longestText &&
		!strings.ContainsFunc(s, func(r rune) bool { return r < ' ' || r == 0x7f })
}

// digits are so many digits.
func digits(least, most int) form {
	return func(s string) bool { return least <= len(s) && len(s) <= most && strings.Trim(s, "0123456789") == "" }
}

// shaped has a digit where the shape has a zero, and is the shape elsewhere.
func shaped(shape string) form {
	return func(s string) bool {
		return len(s) == len(shape) && strings.Map(func(r rune) rune {
			if '1' <= r && r <= '9' {
				return '0'
			}
			return r
		}, s) == shape
	}
}

func oneOf(words ...string) form { return func(s string) bool { return slices.Contains(words, s) } }

// formed is a field and the forms of which it must have one.
type formed struct {
	name, value string
	forms       []form
}

func like(name, value string, forms ...form) formed { return formed{name, value, forms} }

func allLike(fields ...formed) error {
	for _, f := range fields {
		if !slices.ContainsFunc(f.forms, func(has form) bool { return has(f.value) }) {
			return fmt.Errorf("%w: %s has another form", ErrWire, f.name)
		}
	}
	return nil
}

func (CardQuestion) required() []string {
	return []string{"card_number", "expiry_month", "expiry_year", "security_code"}
}
func (EnrolmentQuestion) required() []string { return []string{"card_number"} }
func (PINQuestion) required() []string       { return []string{"card_number", "pin"} }
func (StandingQuestion) required() []string  { return []string{"card_number"} }
func (Verification) required() []string      { return []string{"verified"} }
func (Enrolment) required() []string         { return []string{"repeated"} }
func (PINCheck) required() []string          { return []string{"right", "tries_left", "stopped"} }
func (Standing) required() []string {
	return []string{"name", "points", "credit_limit", "cashing_limit"}
}

// Check tells what is wrong with a question.
func (q CardQuestion) Check() error {
	return allLike(like("card_number", q.CardNumber, cardForm), like("expiry_month", q.ExpiryMonth, twoDigits),
		like("expiry_year", q.ExpiryYear, twoDigits), like("security_code", q.SecurityCode, codeForm))
}

// Check tells what is wrong with a question.
func (q EnrolmentQuestion) Check() error { return allLike(like("card_number", q.CardNumber, cardForm)) }

// Check tells what is wrong with a question.
func (q StandingQuestion) Check() error { return allLike(like("card_number", q.CardNumber, cardForm)) }

// Check tells what is wrong with a question.
func (q PINQuestion) Check() error {
	return allLike(like("card_number", q.CardNumber, cardForm), like("pin", q.PIN, pinForm))
}

// Check tells what is wrong with an answer. A status, product or brand that is
// not of the contract is an error, never a default.
func (v Verification) Check() error {
	switch h := v.Holder; {
	case !v.Verified && h != nil:
		return fmt.Errorf("%w: a holder of a card that is not verified", ErrWire)
	case !v.Verified:
		return nil
	case h == nil:
		return fmt.Errorf("%w: holder is missing", ErrWire)
	default:
		return allLike(like("member_id", h.MemberID, anyText), like("name", h.Name, anyText), like("birth_date", h.BirthDate, dateForm),
			like("brand", h.Brand, brandForm), like("product", h.Product, productForm), like("status", h.Status, statusForm),
			like("phone", h.Phone, anyText, noDate), like("email", h.Email, anyText, noDate))
	}
}

// Check tells what is wrong with an answer.
func (Enrolment) Check() error { return nil }

// Check tells what is wrong with an answer.
func (c PINCheck) Check() error {
	switch {
	case c.Left < 0 || c.Left > 1000:
		return fmt.Errorf("%w: tries_left is out of range", ErrWire)
	case c.Stopped && (c.Right || c.Left > 0):
		return fmt.Errorf("%w: a stopped PIN is neither right nor has tries", ErrWire)
	}
	return nil
}

// Check tells what is wrong with an answer.
func (s Standing) Check() error {
	if s.Points < 0 || s.CreditLimit < 0 || s.CashingLimit < 0 {
		return fmt.Errorf("%w: a number is below zero", ErrWire)
	}
	fields := []formed{like("name", s.Name, anyText), like("payment_date", s.PaymentDate, dateForm, noDate)}
	for _, p := range s.Purchases {
		fields = append(fields, like("purchases.date", p.Date, dateForm), like("purchases.shop", p.Shop, anyText))
	}
	for _, m := range s.Usage {
		fields = append(fields, like("usage.month", m.Month, monthForm))
	}
	return allLike(fields...)
}
