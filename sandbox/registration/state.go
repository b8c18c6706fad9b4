package registration

// A Channel is the way a registration goes: the two halves of the guide.
type Channel string

// The channels.
const (
	Web Channel = "web" // by the pages of the web (p23-p38)
	App Channel = "app" // by セゾンPortal, the smartphone app (p4-p22)
)

// A State is where a registration stands. Screens are named after it.
type State string

// The states. states.md draws them; a test holds the two together.
const (
	Input            State = "input"       // web: the form (p26-p31)
	Confirm          State = "confirm"     // web: what was entered, to be checked (p33)
	AwaitCall        State = "call"        // web: the member is to call the free-dial number (p35)
	AwaitCard        State = "card"        // app: the card is to be entered (p12)
	CheckDestination State = "destination" // app: where the passcode will go, to be checked (p13)
	AwaitPIN         State = "pin"         // app: the card's PIN is to be entered (p13-2)
	AwaitEmail       State = "email"       // app: the mail address is to be entered (p15)
	AwaitPassword    State = "password"    // app: the password is to be set (p16)
	AwaitTerms       State = "terms"       // app: the terms are to be agreed to (p17)

	AwaitPasscode State = "passcode"    // a passcode is on its way or there (p34, p14)
	Completed     State = "completed"   // p36, p18
	Expired       State = "expired"     // time ran out, or a newer registration took over
	Locked        State = "locked"      // too many errors (a-06, a-09)
	Unavailable   State = "unavailable" // no way to check the identity (p35-6)
)

// Final tells whether nothing can happen to a registration any more.
func (s State) Final() bool {
	switch s {
	case Completed, Expired, Locked, Unavailable:
		return true
	case Input, Confirm, AwaitCall, AwaitPasscode,
		AwaitCard, CheckDestination, AwaitPIN, AwaitEmail, AwaitPassword, AwaitTerms:
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
	WrongPIN       Reason = "pin"        // with Locked: wrong PINs (a-09)
)

// An Event is something that happens to a registration.
type Event string

// The events.
const (
	Submitted   Event = "submit"      // form or card was sent and found right
	Revised     Event = "revise"      // 「戻って修正する」, or back in the app
	Proceeded   Event = "proceed"     // 「ご本人様確認へ進む」, or 「認証」 at the destination
	Telephoned  Event = "telephone"   // the same, where the member is to call
	PINChosen   Event = "choose_pin"  // the way by the card's PIN was chosen (p13-2)
	Confirmed   Event = "confirm"     // the call was confirmed, its guidance heard to the end
	Refused     Event = "refuse"      // there is no way to check the identity
	Undelivered Event = "undelivered" // the passcode could not be handed over
	Reissued    Event = "reissue"     // 「ワンタイムパスコードを再発行する」
	Verified    Event = "verify"      // web: the right passcode was entered, or 「認証を完了する」 after the call
	Identified  Event = "identify"    // app: the right passcode or PIN was entered
	Exhausted   Event = "exhaust"     // the last wrong passcode or PIN was entered
	Addressed   Event = "address"     // app: a mail address was entered
	Secured     Event = "secure"      // app: a password was set
	Agreed      Event = "agree"       // app: 「規約に同意して登録」
	TimeOut     Event = "expire"      // by the clock, or by a newer registration
)

// A Transition says that an event leads from one state to another.
type Transition struct {
	Channel Channel
	From    State
	On      Event
	To      State
}

// Transitions is the whole table: what is not in it cannot happen (a-22).
func Transitions() []Transition {
	return []Transition{
		{Web, Input, Submitted, Confirm},
		{Web, Confirm, Submitted, Confirm},
		{Web, Confirm, Revised, Input},
		{Web, Input, Revised, Input},
		{Web, Confirm, Proceeded, AwaitPasscode},
		{Web, Confirm, Telephoned, AwaitCall},
		{Web, Confirm, Refused, Unavailable},
		{Web, AwaitPasscode, Proceeded, AwaitPasscode},
		{Web, AwaitPasscode, Undelivered, Confirm},
		{Web, AwaitPasscode, Reissued, AwaitPasscode},
		{Web, AwaitPasscode, Verified, Completed},
		{Web, AwaitPasscode, Exhausted, Locked},
		{Web, AwaitCall, Proceeded, AwaitCall},
		{Web, AwaitCall, Confirmed, AwaitCall},
		{Web, AwaitCall, Verified, Completed},
		{Web, Input, TimeOut, Expired},
		{Web, Confirm, TimeOut, Expired},
		{Web, AwaitPasscode, TimeOut, Expired},
		{Web, AwaitCall, TimeOut, Expired},

		{App, AwaitCard, Submitted, CheckDestination},
		{App, CheckDestination, Submitted, CheckDestination},
		{App, CheckDestination, Revised, AwaitCard},
		{App, CheckDestination, Proceeded, AwaitPasscode},
		{App, CheckDestination, PINChosen, AwaitPIN},
		{App, CheckDestination, Refused, Unavailable},
		{App, AwaitPasscode, Proceeded, AwaitPasscode},
		{App, AwaitPasscode, Undelivered, CheckDestination},
		{App, AwaitPasscode, Reissued, AwaitPasscode},
		{App, AwaitPasscode, PINChosen, AwaitPIN},
		{App, AwaitPasscode, Identified, AwaitEmail},
		{App, AwaitPasscode, Exhausted, Locked},
		{App, AwaitPIN, PINChosen, AwaitPIN},
		{App, AwaitPIN, Proceeded, AwaitPasscode},
		{App, AwaitPIN, Identified, AwaitEmail},
		{App, AwaitPIN, Exhausted, Locked},
		{App, AwaitPIN, Refused, Unavailable},
		{App, AwaitEmail, Addressed, AwaitPassword},
		{App, AwaitPassword, Addressed, AwaitPassword},
		{App, AwaitPassword, Revised, AwaitEmail},
		{App, AwaitPassword, Secured, AwaitTerms},
		{App, AwaitTerms, Secured, AwaitTerms},
		{App, AwaitTerms, Revised, AwaitPassword},
		{App, AwaitTerms, Agreed, Completed},
		{App, AwaitCard, TimeOut, Expired},
		{App, CheckDestination, TimeOut, Expired},
		{App, AwaitPasscode, TimeOut, Expired},
		{App, AwaitPIN, TimeOut, Expired},
		{App, AwaitEmail, TimeOut, Expired},
		{App, AwaitPassword, TimeOut, Expired},
		{App, AwaitTerms, TimeOut, Expired},
	}
}

// Next returns the state that event leads to from state in a channel, and
// whether it may happen at all.
func Next(c Channel, from State, e Event) (State, bool) {
	for _, t := range transitions {
		if t.Channel == c && t.From == from && t.On == e {
			return t.To, true
		}
	}
	return from, false
}

// transitions is never changed.
var transitions = Transitions()
