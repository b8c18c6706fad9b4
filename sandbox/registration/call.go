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
	// Lines are the calls over the wire that this registration answered: the
	// newest MaxLines, those that have ended too.
	Lines []Line `json:"heard_out,omitempty"`
}

// MaxLines is how many calls over the wire a registration remembers. Those that
// have ended make room first.
const MaxLines = 16

// A Line is a call of which a telephone over the wire tells by a name of its own.
// It was placed for one registration and confirms no other.
type Line struct {
	ID      string    `json:"id"`
	Placed  time.Time `json:"placed"`
	Unheard bool      `json:"unheard,omitempty"` // its guidance is not heard to its end yet
	Over    bool      `json:"over,omitempty"`    // it has ended, and serves nothing any more
	Lost    bool      `json:"lost,omitempty"`    // it ended because the line was lost
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
	return r.State == AwaitCall && !now.Before(r.Call.ShownAt) && from != "" && Digits(from) == Digits(r.Holder.Phone) &&
		Digits(to) == Digits(r.Call.Number)
}

// Heard takes a call that the member made for this registration at started and
// whose guidance they heard to its end at now. A call that began in time counts
// although the window closed meanwhile; one from before the screen does not.
func (r Registration) Heard(p Policy, started, now time.Time) Registration {
	if r.At(p, started).State != AwaitCall || started.Before(r.Call.ShownAt) {
		return r.At(p, now)
	}
	if r.Call.ConfirmedAt.IsZero() {
		r.Call.ConfirmedAt = now
	}
	return r.Touch(now)
}

// Keeps remembers a call over the wire as it now is.
func (r Registration) Keeps(l Line) Registration {
	kept := slices.DeleteFunc(slices.Clone(r.Call.Lines), func(k Line) bool { return k.ID == l.ID })
	if len(kept) >= MaxLines {
		oldest := max(0, slices.IndexFunc(kept, func(k Line) bool { return k.Over }))
		kept = slices.Delete(kept, oldest, oldest+1)
	}
	r.Call.Lines = append(kept, l)
	return r
}

// Line is the call that a telephone over the wire calls id, if this registration
// answered it.
func (c Call) Line(id string) (Line, bool) {
	for _, l := range c.Lines {
		if l.ID == id {
			return l, true
		}
	}
	return Line{}, false
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
