package model

import "time"

// A Verb names what is done.
type Verb string

// An Act is one thing done, by whom and how. What a verb has no use for is zero.
type Act struct {
	Do    Verb          `json:"do"`
	Who   string        `json:"who,omitempty"`
	Of    string        `json:"of,omitempty"`    // whose passcode is typed; "" for their own
	Rows  [][2]string   `json:"rows,omitempty"`  // fields that differ from what the person would write
	N     int           `json:"n,omitempty"`     // which message, or how often
	Digit int           `json:"digit,omitempty"` // which digit is changed, from 1; 0 for none
	Text  string        `json:"text,omitempty"`
	More  string        `json:"more,omitempty"`
	Span  time.Duration `json:"span,omitempty"`
}

// The verbs. The first need nobody.
const (
	Wait   Verb = "wait"   // Span passes
	Clock  Verb = "clock"  // the clock shows Text
	Choose Verb = "policy" // the policy's Text is More
	Break  Verb = "break"  // the next N times Text (a provider) does More
	// Contact is before anything else: the telephone on file of Who is Text, "" for none.
	Contact Verb = "contact"
	// Use is before anything else: the first card of Who was used as Text says: lines of a date, a shop and an amount.
	Use Verb = "use"

	Swap      Verb = "swap" // goes to the other window or smartphone
	Look      Verb = "look"
	Again     Verb = "again"
	Restart   Verb = "restart"
	Jump      Verb = "jump" // to the step of the title Text
	Enter     Verb = "enter"
	EnterText Verb = "enter text"
	Reissue   Verb = "reissue"
	Login     Verb = "login" // as Text with the password More; Digit: of the password

	OpenForm   Verb = "open form"
	Submit     Verb = "submit"
	Revise     Verb = "revise"
	Proceed    Verb = "proceed"
	Dial       Verb = "dial" // from Text; "" their own, 非通知 withheld; More: part
	FinishCall Verb = "finish call"

	OpenCard   Verb = "open card" // Text: 入れなおして, where the app was used before
	SubmitCard Verb = "submit card"
	Request    Verb = "request"
	ChoosePIN  Verb = "choose pin"
	ChooseSMS  Verb = "choose sms"
	EnterPIN   Verb = "enter pin" // Text: not their own
	Email      Verb = "email"
	Password   Verb = "password"
	Agree      Verb = "agree"
	Decline    Verb = "decline"
	Back       Verb = "back"
	StartApp   Verb = "start app"
	Wallet     Verb = "wallet" // answers Text
	Tap        Verb = "tap"    // Text
	MailLogin  Verb = "mail login"
	TapAmount  Verb = "tap amount"
)

// verbs tell how each is done. run returns false where it cannot be.
var verbs map[Verb]struct {
	person bool
	run    func(*teller) bool
}

func init() {
	type entry = struct {
		person bool
		run    func(*teller) bool
	}
	verbs = map[Verb]entry{
		Wait: {false, (*teller).wait}, Clock: {false, (*teller).clock}, Choose: {false, (*teller).choose}, Break: {false, (*teller).breaks},
		Contact: {false, (*teller).contact}, Use: {false, (*teller).uses},
		Swap: {
			true,
			(*teller).swap,
		}, Look: {true, (*teller).look}, Again: {true, (*teller).again}, Restart: {true, (*teller).restart}, Jump: {true, (*teller).jump},
		Enter: {
			true,
			(*teller).enter,
		}, EnterText: {true, (*teller).enterText}, Reissue: {true, (*teller).reissue}, Login: {true, (*teller).login},
		OpenForm: {
			true,
			(*teller).openForm,
		}, Submit: {true, (*teller).submit}, Revise: {true, (*teller).revise}, Proceed: {true, (*teller).proceed},
		Dial: {true, (*teller).dial}, FinishCall: {true, (*teller).finishCall},
		OpenCard: {true, (*teller).openCard}, SubmitCard: {true, (*teller).submitCard}, Request: {true, (*teller).request},
		ChoosePIN: {true, (*teller).choosePIN}, ChooseSMS: {true, (*teller).chooseSMS}, EnterPIN: {true, (*teller).enterPIN},
		Email: {
			true,
			(*teller).email,
		}, Password: {true, (*teller).password}, Agree: {true, (*teller).agree}, Decline: {true, (*teller).decline},
		Back: {true, (*teller).back}, StartApp: {true, (*teller).startApp}, Wallet: {true, (*teller).wallet}, Tap: {true, (*teller).tap},
		MailLogin: {true, (*teller).mailLogin}, TapAmount: {true, (*teller).tapAmount},
	}
}
