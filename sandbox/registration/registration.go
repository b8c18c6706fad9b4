// Package registration is a new registration as rules: what may be entered, how
// long each thing is good for, which step follows which. It follows the guide's
// pages 10 to 18 (the app) and 23 to 36 (the web) and the assumed rules a-01 to
// a-22, each named where it is carried out.
//
// It is pure and knows the standard library only. The time, a fresh passcode,
// ids and what the issuer says come in as values; what a member would receive
// goes out as values. Nothing is stored, sent or scheduled here, so an expiry
// is a comparison made whenever a registration is looked at.
//
// Not modelled here: how a passcode travels (package world and its ports) and
// what an account is afterwards (package account).
package registration

import (
	"strconv"
	"time"
)

// A Registration is one member's way from an empty form to an account. It is a
// plain value: each step returns the registration as it then is.
type Registration struct {
	ID        string    `json:"id"`
	Channel   Channel   `json:"channel"`
	Device    Device    `json:"device,omitempty"` // the phone, in the app
	State     State     `json:"state"`
	Reason    Reason    `json:"reason,omitempty"` // why it ended without completion
	StartedAt time.Time `json:"started_at"`
	TouchedAt time.Time `json:"touched_at"` // the member's last own action
	FormToken string    `json:"form_token"` // proves that a form came from our page

	Application Application `json:"application"`
	Holder      Holder      `json:"holder"`
	Method      Method      `json:"method,omitempty"` // how the identity is checked

	Passcode Passcode `json:"passcode"`
	Previous Passcode `json:"previous"` // what a reissue that could not be sent falls back to
	Call     Call     `json:"call"`
	Attempts int      `json:"attempts"` // wrong passcodes so far, reissued or not
	Reissues int      `json:"reissues"`

	IdentifiedAt time.Time `json:"identified_at"`          // app: when the identity was proved, zero before
	PINAttempts  int       `json:"pin_attempts,omitempty"` // wrong PINs of the card, as the issuer counted them last
}

// An Application is what the member entered, once it was found right. The
// password is kept as its digest only.
type Application struct {
	CardNumber     string `json:"card_number,omitempty"`
	ExpiryMonth    string `json:"expiry_month,omitempty"`
	ExpiryYear     string `json:"expiry_year,omitempty"`
	SecurityCode   string `json:"security_code,omitempty"`
	NetAnswerID    string `json:"net_answer_id,omitempty"`
	PasswordDigest string `json:"password_digest,omitempty"`
	EmailPC        string `json:"email_pc,omitempty"`
	EmailMobile    string `json:"email_mobile,omitempty"`
	Newsletter     bool   `json:"newsletter,omitempty"`

	PersonalInID       bool `json:"personal_in_net_answer_id,omitempty"` // taken all the same, with a warning (p29-3)
	PersonalInPassword bool `json:"personal_in_password,omitempty"`
}

// A Holder is what the issuer tells of the person a card belongs to.
type Holder struct {
	MemberID string `json:"member_id,omitempty"`
	Name     string `json:"name,omitempty"`
	Brand    string `json:"brand,omitempty"`
	Barred   bool   `json:"barred,omitempty"`  // locked or withdrawn at the issuer: no identity check (p35-6)
	Product  string `json:"product,omitempty"` // "" is ProductSaison
	Phone    string `json:"phone,omitempty"`   // national form, "" if none
	Email    string `json:"email,omitempty"`   // as registered with the issuer, "" if none

	BirthDate string `json:"birth_date,omitempty"` // YYYY-MM-DD
}

// Start returns a new registration at its first step.
func Start(id, formToken string, now time.Time) Registration {
	return Registration{ID: id, Channel: Web, State: Input, StartedAt: now, TouchedAt: now, FormToken: formToken}
}

// At returns the registration as it is at now: expired, if time alone has
// ended it (p34-8, a-14). Every step looks through At first.
func (r Registration) At(p Policy, now time.Time) Registration {
	if r.State.Final() {
		return r
	}
	at, why := r.ending(p)
	if now.Before(at) || why == CallTooLate && now.Equal(at) { // 「15分以内」 has the fifteenth minute's end in it (a-12)
		return r
	}
	return r.end(Expired, why)
}

// ExpiresAt is when the registration ends by itself if nothing is done; zero
// once it has ended.
func (r Registration) ExpiresAt(p Policy) time.Time {
	if r.State.Final() {
		return time.Time{}
	}
	at, _ := r.ending(p)
	return at
}

// ending is when and why a registration that has not ended does so if nothing is
// done. Why is what comes first, whenever it is looked at.
func (r Registration) ending(p Policy) (at time.Time, why Reason) {
	idle := r.TouchedAt.Add(p.RegistrationIdle.Of())
	switch {
	case r.State == AwaitPasscode && !idle.Before(r.Passcode.ExpiresAt):
		return r.Passcode.ExpiresAt, PasscodeTooOld
	case r.State == AwaitCall && r.Call.ConfirmedAt.IsZero() && idle.After(r.Call.Until):
		return r.Call.Until, CallTooLate
	}
	return idle, Idle
}

// Touch returns the registration after an action of the member's at now
// that changed nothing else: it starts the idle time again (a-14).
func (r Registration) Touch(now time.Time) Registration {
	r.TouchedAt = now
	return r
}

// Supersede ends a registration because the same card began another one. One
// that has ended already stays as it is.
func (r Registration) Supersede() Registration {
	if r.State.Final() {
		return r
	}
	return r.end(Expired, Superseded)
}

// end moves to a final state and forgets what is no longer needed.
func (r Registration) end(s State, why Reason) Registration {
	r.State, r.Reason = s, why
	r.Application = Application{NetAnswerID: r.Application.NetAnswerID}
	r.Passcode, r.Previous = Passcode{}, Passcode{}
	return r
}

// step checks that event may happen to r now. Where it may not, the error tells
// the member why in the words of the screen they belong to.
func (r Registration) step(e Event) error {
	if err := r.Ended(); err != nil {
		return err
	}
	if _, ok := Next(r.Channel, r.State, e); !ok {
		return &Error{Kind: Conflict, Code: "step_not_allowed", Text: "error.step"}
	}
	return nil
}

// to moves to where e leads; step has checked that it may.
func (r Registration) to(e Event) Registration {
	r.State, _ = Next(r.Channel, r.State, e)
	return r
}

// stepIn is step for an event that means something else in other states.
func (r Registration) stepIn(s State, e Event) error {
	if r.State.Final() || r.State == s {
		return r.step(e)
	}
	return &Error{Kind: Conflict, Code: "step_not_allowed", Text: "error.step"}
}

// Ended is the error of doing anything to a registration that has ended
// without completion; nil for any other.
func (r Registration) Ended() error {
	switch r.State {
	case Expired:
		return &Error{Kind: Gone, Code: "registration_expired", Text: "expired." + string(r.Reason)}
	case Locked:
		attempts := r.Attempts
		if r.Reason == WrongPIN {
			attempts = r.PINAttempts
		}
		return &Error{Kind: Gone, Code: "registration_locked", Text: "locked." + string(r.Reason),
			Args: pairs([]string{"attempts", strconv.Itoa(attempts)})}
	case Unavailable:
		return &Error{Kind: Gone, Code: "identity_check_unavailable", Text: "unavailable.reason"}
	}
	return nil
}
