package registration

import (
	"strconv"
	"time"
)

// A PINAnswer is what the issuer says of a card's PIN.
type PINAnswer struct {
	Right   bool
	Left    int  // how many tries are left after this one
	Stopped bool // there were none left before this one, so it was not looked at
}

// ChoosePIN goes on to the card's PIN, the way out when the SMS does not come
// (p13-2). A passcode on its way stays good.
func (r Registration) ChoosePIN(p Policy, now time.Time) (Registration, error) {
	r = r.At(p, now)
	if err := r.step(PINChosen); err != nil {
		return r, err
	}
	if r.Holder.Barred {
		return r.end(Unavailable, ""), nil
	}
	r = r.to(PINChosen).Touch(now)
	r.Method = ByPIN
	return r, nil
}

// CheckPIN tells what is wrong with a PIN before the issuer is asked: a step
// that cannot be taken now, or digits that are none. Neither counts as a try.
// asked is false where there is nothing to ask any more (a-16).
func (r Registration) CheckPIN(p Policy, now time.Time, pin string) (asked bool, err error) {
	r = r.At(p, now)
	if r.proved() {
		return false, nil
	}
	if err := r.stepIn(AwaitPIN, Identified); err != nil {
		return false, err
	}
	if len(pin) != p.PINDigits || !digitsOnly(pin) {
		return false, invalid(FieldPIN, "pin_form", "error.pin_form", "digits", strconv.Itoa(p.PINDigits))
	}
	return true, nil
}

// EnterPIN takes what the issuer says of a PIN that CheckPIN found worth asking
// about. The right one proves the identity; the last wrong one locks (a-09).
// The issuer counts over all registrations of the card, so that beginning again
// buys no tries; a PIN that was stopped before leaves the way by SMS open, or
// none where no SMS can be received.
func (r Registration) EnterPIN(p Policy, now time.Time, pin string, answer PINAnswer) (Registration, error) {
	r = r.At(p, now)
	if asked, err := r.CheckPIN(p, now, pin); !asked {
		if r.State == AwaitPIN { // digits that are none are an action of the member's all the same (a-14)
			r = r.Touch(now)
		}
		return r, err
	}
	r = r.Touch(now)
	switch {
	case answer.Right:
		return r.identified(now), nil
	case answer.Stopped && !Mobile(r.Holder.Phone):
		return r.end(Unavailable, ""), nil // no way is left
	case answer.Stopped:
		return r, &Error{Kind: Conflict, Code: "pin_stopped", Field: FieldPIN, Text: "error.pin_stopped"}
	case answer.Left > 0:
		return r, invalid(FieldPIN, "pin_wrong", "error.pin_wrong", "remaining", strconv.Itoa(answer.Left))
	}
	r.PINAttempts = p.PINAttempts
	r = r.end(Locked, WrongPIN)
	return r, r.Ended()
}

// identified is the registration once the identity was proved in the app.
func (r Registration) identified(now time.Time) Registration {
	r = r.to(Identified)
	r.IdentifiedAt = now
	r.Passcode, r.Previous = Passcode{}, Passcode{}
	return r
}

// proved tells whether the identity check is over, so that doing it again
// changes nothing (a-16).
func (r Registration) proved() bool {
	return r.State == Completed || !r.State.Final() && !r.IdentifiedAt.IsZero()
}
