package registration

import (
	"slices"
	"time"
)

// Submit takes a form that Check found right, with what the issuer told of the
// card's holder, and goes on to the confirmation (p31-2). digest is the
// password's. Sent again from the confirmation, it replaces what was there.
func (r Registration) Submit(p Policy, now time.Time, f Form, digest string, holder Holder) (Registration, error) {
	r = r.At(p, now)
	if err := r.step(Submitted); err != nil {
		return r, err
	}
	r = r.Touch(now)
	if err := f.Check(p, now); err != nil {
		return r, err
	}
	if err := refuseProduct(holder); err != nil {
		return r, err
	}
	if err := f.refusePersonal(p, holder); err != nil {
		return r, err
	}
	r = r.to(Submitted)
	r.Holder = holder
	personal := f.personalIn(holder) // of what the policy does not refuse the confirmation warns
	r.Application = Application{
		CardNumber: f.CardNumber, ExpiryMonth: f.ExpiryMonth, ExpiryYear: f.ExpiryYear, SecurityCode: f.SecurityCode,
		NetAnswerID: f.NetAnswerID, PasswordDigest: digest,
		EmailPC: f.EmailPC, EmailMobile: f.EmailMobile, Newsletter: f.Newsletter,
		PersonalInID: slices.Contains(personal, FieldNetAnswerID), PersonalInPassword: slices.Contains(personal, FieldPassword),
	}
	return r, nil
}

// Revise goes back to the form with what was entered (p33-3).
func (r Registration) Revise(p Policy, now time.Time) (Registration, error) {
	r = r.At(p, now)
	if err := r.step(Revised); err != nil {
		return r, err
	}
	r = r.to(Revised)
	return r.Touch(now), nil
}
