package registration

import (
	"slices"
	"strings"
	"time"
)

// A Call is the identity check by telephone (p35): the member calls the
// free-dial number from the telephone on file, in time, and hears the guidance
// to its end.
type Call struct {
	Number      string    `json:"number,omitempty"` // the free-dial number to call
	ShownAt     time.Time `json:"shown_at"`
	Shown       int       `json:"shown,omitempty"` // of two shown at one moment, the greater was shown later
	Until       time.Time `json:"until"`           // a call at exactly this time is too late (a-12)
	ConfirmedAt time.Time `json:"confirmed_at"`    // zero until a call was confirmed
	// HeardOut are the calls whose guidance was heard to its end and of which it
	// is not known that they have ended: the newest MaxHeardOut.
	HeardOut []HeardOut `json:"heard_out,omitempty"`
}

// MaxHeardOut is how many calls of a registration can be on the line at once.
const MaxHeardOut = 4

// A HeardOut is a call of which a telephone over the wire tells by a name of its
// own, and when it was placed.
type HeardOut struct {
	ID     string    `json:"id"`
	Placed time.Time `json:"placed"`
}

func (r Registration) awaitCall(p Policy, now time.Time) Registration {
	r = r.to(Telephoned)
	r.Call = Call{Number: p.FreeDialNumber, ShownAt: now, Until: now.Add(p.CallWindow.Of())}
	return r.Touch(now)
}

// Answers tells whether a call from that number, to that number, at now would
// confirm the registration. A withheld number is "" and never does (a-10).
func (r Registration) Answers(p Policy, now time.Time, from, to string) bool {
	r = r.At(p, now)
	return r.State == AwaitCall && from != "" && Digits(from) == Digits(r.Holder.Phone) && Digits(to) == Digits(r.Call.Number)
}

// Heard takes a call that the member made at started and whose guidance they
// heard to its end at now. A call that began in time counts although the window
// closed meanwhile.
func (r Registration) Heard(p Policy, started, now time.Time) Registration {
	if r.At(p, started).State != AwaitCall {
		return r.At(p, now)
	}
	if r.Call.ConfirmedAt.IsZero() {
		r.Call.ConfirmedAt = now
	}
	return r.Touch(now)
}

// HearsOut takes a call whose guidance the member has heard to its end, and that
// goes on.
func (r Registration) HearsOut(c HeardOut) Registration {
	r = r.Forgets(c.ID)
	kept := append(slices.Clone(r.Call.HeardOut), c)
	r.Call.HeardOut = kept[max(0, len(kept)-MaxHeardOut):]
	return r
}

// Heard tells whether a call was heard to its end, and when it was placed.
func (c Call) Heard(id string) (placed time.Time, ok bool) {
	for _, h := range c.HeardOut {
		if h.ID == id {
			return h.Placed, true
		}
	}
	return time.Time{}, false
}

// Forgets takes a call that has ended out of those on the line.
func (r Registration) Forgets(id string) Registration {
	r.Call.HeardOut = slices.DeleteFunc(slices.Clone(r.Call.HeardOut), func(h HeardOut) bool { return h.ID == id })
	return r
}

// Finish completes the registration after the call, 「認証を完了する」 (p35-5).
// Before a call was confirmed the member is told so and stays (a-11).
func (r Registration) Finish(p Policy, now time.Time) (Registration, error) {
	r = r.At(p, now)
	if r.State == Completed {
		return r, nil // a second click on the same button (a-16)
	}
	if err := r.stepIn(AwaitCall, Verified); err != nil {
		return r, err
	}
	r = r.Touch(now)
	if r.Call.ConfirmedAt.IsZero() {
		return r, &Error{Kind: Conflict, Code: "call_not_confirmed", Text: "error.call_not_confirmed"}
	}
	r = r.to(Verified)
	return r, nil
}

// Digits is a telephone number without what people put between its digits.
func Digits(phone string) string {
	return strings.Map(func(c rune) rune {
		if strings.ContainsRune(digits, c) {
			return c
		}
		return -1
	}, phone)
}
