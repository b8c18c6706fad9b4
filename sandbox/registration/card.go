package registration

import (
	"strings"
	"time"
)

// A CardForm is what the member wrote of the card in the app (p12), unchecked.
// Spaces and hyphens between the groups of the number mean nothing.
type CardForm struct {
	CardNumber   string
	Expiry       string // 「●●/●●」 as on the card
	SecurityCode string
}

// Number is the card number without what people put between its groups.
func (c CardForm) Number() string { return ungrouped.Replace(c.CardNumber) }

// ungrouped takes out what a person writes between the groups of a card number.
var ungrouped = strings.NewReplacer(" ", "", "-", "")

// form is the card as the form of the web has it, whose rules hold here too.
func (c CardForm) form() Form {
	month, year, _ := strings.Cut(c.Expiry, "/") // without the slash there is no year, which is refused (p12-2)
	return Form{CardNumber: c.Number(), ExpiryMonth: month, ExpiryYear: year, SecurityCode: c.SecurityCode}
}

// Check returns everything that is wrong with the card by itself, in the
// order of its fields, as Errors; nil where nothing is.
func (c CardForm) Check(p Policy, now time.Time) error {
	var errs Errors
	c.form().checkCard(p, now, &errs)
	return errs.Err()
}

// Question is what the issuer is asked about a card that Check found right.
func (c CardForm) Question() (number, month, year, securityCode string) {
	f := c.form()
	return f.CardNumber, f.ExpiryMonth, f.ExpiryYear, f.SecurityCode
}

// SubmitCard takes a card that Check found right, with what the issuer told of
// its holder, and goes on to the destination of the passcode (p12-5). Sent
// again from there, it replaces what was there. The security code is not kept.
func (r Registration) SubmitCard(p Policy, now time.Time, c CardForm, holder Holder) (Registration, error) {
	r = r.At(p, now)
	if err := r.step(Submitted); err != nil {
		return r, err
	}
	r = r.Touch(now)
	if err := c.Check(p, now); err != nil {
		return r, err
	}
	if err := refuseProduct(holder); err != nil {
		return r, err
	}
	number, month, year, _ := c.Question()
	r = r.to(Submitted)
	r.Holder, r.Method = holder, ""
	r.Application = Application{CardNumber: number, ExpiryMonth: month, ExpiryYear: year}
	return r, nil
}
