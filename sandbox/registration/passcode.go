package registration

import (
	"crypto/subtle"
	"strconv"
	"strings"
	"time"
)

// A Method is how the member's identity is checked.
type Method string

// The methods that a registration can ask for.
const (
	BySMS   Method = "sms"
	ByEmail Method = "email"
	ByCall  Method = "call"
	ByPIN   Method = "pin" // the card's PIN, in the app (p13-2)
)

// A Passcode is a one-time passcode as issued.
type Passcode struct {
	Code      string    `json:"code,omitempty"`
	IssuedAt  time.Time `json:"issued_at"`
	ExpiresAt time.Time `json:"expires_at"`
	// Again tells of one that was asked for after another one had expired: it counts
	// as a reissue, and has no passcode before it to go back to.
	Again bool `json:"again,omitempty"`
}

// MethodFor decides from the contact the issuer has on file (a-19): a mobile
// telephone gets an SMS, any other telephone has to call; without a telephone, a
// mail address gets a mail. False where there is no way, or the issuer bars the
// card (p35-6).
func MethodFor(h Holder) (Method, bool) {
	switch {
	case h.Barred:
		return "", false
	case Mobile(h.Phone):
		return BySMS, true
	case h.Phone != "":
		return ByCall, true
	case h.Email != "":
		return ByEmail, true
	}
	return "", false
}

// Mobile tells whether a number in national form is one of the ranges that can
// receive SMS.
func Mobile(phone string) bool {
	for _, prefix := range []string{"060", "070", "080", "090"} {
		if strings.HasPrefix(phone, prefix) {
			return true
		}
	}
	return false
}

// Destination is where a passcode goes: a telephone number or a mail address.
func (r Registration) Destination() string {
	switch r.Method {
	case BySMS, ByCall:
		return r.Holder.Phone
	case ByEmail:
		return r.Holder.Email
	}
	return ""
}

// Proceed goes on to the identity check (p33-2). code is a fresh passcode; send
// tells whether it is to be sent, which it is not when the check was already
// asked for (a-16).
func (r Registration) Proceed(p Policy, now time.Time, code string) (next Registration, send bool, err error) {
	r = r.At(p, now)
	if err := r.step(Proceeded); err != nil {
		return r, false, err
	}
	if r.State == AwaitPasscode || r.State == AwaitCall {
		return r, false, nil
	}
	method, ok := MethodFor(r.Holder)
	if !ok {
		return r.end(Unavailable, ""), false, nil
	}
	r.Method = method
	if method == ByCall {
		return r.awaitCall(p, now), false, nil
	}
	r = r.to(Proceeded)
	return r.issue(p, now, code), true, nil
}

// Reissue makes the passcode before void and code the one that counts (a-07).
func (r Registration) Reissue(p Policy, now time.Time, code string) (Registration, error) {
	r = r.At(p, now)
	if err := r.step(Reissued); err != nil {
		return r, err
	}
	if err := r.mayReissue(p, now); err != nil {
		return r, err
	}
	r.Reissues++
	return r.issue(p, now, code), nil
}

func (r Registration) issue(p Policy, now time.Time, code string) Registration {
	r.Previous = r.Passcode
	r.Passcode = Passcode{Code: code, IssuedAt: now, ExpiresAt: now.Add(p.PasscodeLifetime.Of())}
	r.TouchedAt = now
	return r
}

// Undelivered takes back the passcode code, which could not be handed over: the
// one before counts again, or the member is back at the confirmation, in the app
// at the destination (a-15); a reissue that failed is none (a-07). Anything that happened since is left as it is.
func (r Registration) Undelivered(code string) Registration {
	if r.Passcode.Code != code {
		return r
	}
	again := r.Passcode.Again || r.Previous.Code != ""
	switch {
	case r.State == AwaitPIN: // the member did not wait for it
		r.Passcode, r.Previous = r.Previous, Passcode{}
	case r.State != AwaitPasscode:
		return r
	case r.Previous.Code == "":
		r = r.to(Undelivered)
		r.Passcode, r.Method = Passcode{}, ""
	default:
		r.Passcode, r.Previous = r.Previous, Passcode{}
	}
	if !again {
		return r
	}
	r.Reissues--
	return r
}

// Enter checks a passcode. The right one completes the registration, which is
// told by its state, and in the app leads on to the mail address; a wrong one is counted, and the last wrong one locks
// (a-06). One that is not made of the right number of digits is not counted.
func (r Registration) Enter(p Policy, now time.Time, code string) (Registration, error) {
	r = r.At(p, now)
	if r.proved() {
		return r, nil // a second click on the same button (a-16)
	}
	done := Verified
	if r.Channel == App {
		done = Identified
	}
	if err := r.stepIn(AwaitPasscode, done); err != nil {
		return r, err
	}
	r.TouchedAt = now
	if len(code) != p.PasscodeDigits || !digitsOnly(code) {
		return r, invalid(FieldPasscode, "passcode_form", "error.passcode_form", "digits", strconv.Itoa(p.PasscodeDigits))
	}
	if subtle.ConstantTimeCompare([]byte(code), []byte(r.Passcode.Code)) == 1 {
		if r.Channel == App {
			return r.identified(now), nil
		}
		return r.to(Verified), nil
	}
	r.Attempts++
	left := p.PasscodeAttempts - r.Attempts
	if left > 0 {
		return r, invalid(FieldPasscode, "passcode_wrong", "error.passcode_wrong", "remaining", strconv.Itoa(left))
	}
	r = r.end(Locked, TooManyWrong)
	return r, r.Ended()
}

// Complete forgets what a completed registration no longer needs.
func (r Registration) Complete() Registration {
	return r.end(Completed, "")
}
