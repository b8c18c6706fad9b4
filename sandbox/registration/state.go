package registration

// A State is where a registration stands. Screens are named after it.
type State string

// The states. states.md draws them; a test holds the two together.
const (
	Input         State = "input"       // the form (p26-p31)
	Confirm       State = "confirm"     // what was entered, to be checked (p33)
	AwaitPasscode State = "passcode"    // a passcode is on its way or there (p34)
	AwaitCall     State = "call"        // the member is to call the free-dial number (p35)
	Completed     State = "completed"   // p36
	Expired       State = "expired"     // time ran out, or a newer registration took over
	Locked        State = "locked"      // too many errors (a-06)
	Unavailable   State = "unavailable" // no way to check the identity (p35-6)
)

// Final tells whether nothing can happen to a registration any more.
func (s State) Final() bool {
	switch s {
	case Completed, Expired, Locked, Unavailable:
		return true
	case Input, Confirm, AwaitPasscode, AwaitCall:
		return false
	}
	panic("registration: unknown state " + string(s))
}

// A Reason tells why a registration ended without completion.
type Reason string

// The reasons. Each has a sentence "<state>.<reason>" in the text table.
const (
	PasscodeTooOld Reason = "passcode"   // the passcode expired (p34-8)
	CallTooLate    Reason = "call"       // no call came in time (a-12)
	Idle           Reason = "idle"       // nothing was done for too long (a-14)
	Superseded     Reason = "superseded" // the same card began another registration
	TooManyWrong   Reason = "passcode"   // with Locked: wrong passcodes (a-06)
)

// An Event is something that happens to a registration.
type Event string

// The events.
const (
	Submitted   Event = "submit"      // the form was sent and found right
	Revised     Event = "revise"      // 「戻って修正する」
	Proceeded   Event = "proceed"     // 「ご本人様確認へ進む」
	Telephoned  Event = "telephone"   // the same, where the member is to call
	Confirmed   Event = "confirm"     // the call was confirmed, its guidance heard to the end
	Refused     Event = "refuse"      // there is no way to check the identity
	Undelivered Event = "undelivered" // the passcode could not be handed over
	Reissued    Event = "reissue"     // 「ワンタイムパスコードを再発行する」
	Verified    Event = "verify"      // the right passcode was entered, or 「認証を完了する」 after the call
	Exhausted   Event = "exhaust"     // the last wrong passcode was entered
	TimeOut     Event = "expire"      // by the clock, or by a newer registration
)

// A Transition says that an event leads from one state to another.
type Transition struct {
	From State
	On   Event
	To   State
}

// Transitions is the whole table: what is not in it cannot happen (a-22).
func Transitions() []Transition {
	return []Transition{
		{Input, Submitted, Confirm},
		{Confirm, Submitted, Confirm},
		{Confirm, Revised, Input},
		{Input, Revised, Input},
		{Confirm, Proceeded, AwaitPasscode},
		{Confirm, Telephoned, AwaitCall},
		{Confirm, Refused, Unavailable},
		{AwaitPasscode, Proceeded, AwaitPasscode},
		{AwaitPasscode, Undelivered, Confirm},
		{AwaitPasscode, Reissued, AwaitPasscode},
		{AwaitPasscode, Verified, Completed},
		{AwaitPasscode, Exhausted, Locked},
		{AwaitCall, Proceeded, AwaitCall},
		{AwaitCall, Confirmed, AwaitCall},
		{AwaitCall, Verified, Completed},
		{Input, TimeOut, Expired},
		{Confirm, TimeOut, Expired},
		{AwaitPasscode, TimeOut, Expired},
		{AwaitCall, TimeOut, Expired},
	}
}

// Next answers with the state that event leads to from state, and whether it
// may happen at all.
func Next(from State, e Event) (State, bool) {
	for _, t := range transitions {
		if t.From == from && t.On == e {
			return t.To, true
		}
	}
	return from, false
}

// transitions is never changed.
var transitions = Transitions()
