package app

import (
	"net/http"
	"strconv"
	"time"

	"example.com/netanswer/sandbox/page"
	"example.com/netanswer/sandbox/registration"
	"example.com/netanswer/sandbox/world"
)

// fieldOnce is the hidden field with the key of a form's step.
const fieldOnce = "once"

// The notices that an address may carry from one page to the next. Nothing
// else that stands there is ever shown.
const (
	noticeStep     = "step"
	noticeReissued = "reissued"
	noticeAdded    = "added"
)

// address is the page of a state.
func address(state registration.State) string {
	if state.Final() && state != registration.Completed {
		return Prefix + "/registration/ended"
	}
	return Prefix + "/registration/" + string(state)
}

// order is how far a state is; a page that is farther cannot be opened yet.
var order = map[registration.State]int{
	registration.AwaitCard: 1, registration.CheckDestination: 2, registration.AwaitPasscode: 3, registration.AwaitPIN: 3,
	registration.AwaitEmail: 4, registration.AwaitPassword: 5, registration.AwaitTerms: 6, registration.Completed: 7,
}

func ahead(page, state registration.State) bool {
	return order[state] > 0 && order[page] > order[state]
}

// registrationView is the screen of a registration's state.
type registrationView struct {
	frame
	Registration registration.Registration
	Token        string
	Entry        entry
}

// An entry is what stands in the fields of a screen. What is secret is never
// shown again, so it is not in it.
type entry struct{ CardNumber, Expiry, Email string }

// Texted tells whether an SMS can be sent, Phone where to, behind the mask (p13-1).
func (v registrationView) Texted() bool { return registration.Mobile(v.Registration.Holder.Phone) }

// Phone is the telephone of the member behind the policy's mask.
func (v registrationView) Phone() string {
	return registration.MaskDestination(v.Snapshot.Policy.DestinationMask, v.Registration.Holder.Phone)
}

// Minutes is how long a passcode is good for, in whole minutes.
func (v registrationView) Minutes() string {
	return strconv.Itoa(int(v.Snapshot.Policy.PasscodeLifetime.Of() / time.Minute))
}

// PINDigits is how many digits the PIN of a card has.
func (v registrationView) PINDigits() string { return strconv.Itoa(v.Snapshot.Policy.PINDigits) }

// Anew tells whether the card is registered already (a-03). Before the identity
// was proved nobody is told.
func (v registrationView) Anew() bool { return v.Snapshot.RegisteredBefore(v.Registration) }

// Articles are the terms of use.
func (v registrationView) Articles() []page.Article { return page.Articles(v.Snapshot.Terms()) }

// NetAnswerID is the ID that the member was given.
func (v registrationView) NetAnswerID() string { return v.Registration.Application.NetAnswerID }

// Restart tells whether a new registration may help.
func (v registrationView) Restart() bool { return v.Registration.State != registration.Unavailable }

// entered is what was accepted of a registration before.
func entered(a registration.Application) entry {
	e := entry{CardNumber: a.CardNumber, Email: a.EmailMobile}
	if a.ExpiryMonth != "" {
		e.Expiry = a.ExpiryMonth + "/" + a.ExpiryYear
	}
	return e
}

// current is the registration that the app on the browser's smartphone goes on
// with, as it is now. Where there is none, or no app, or the world cannot be
// read, that is answered already and ok is false.
func (s *site) current(w http.ResponseWriter, r *http.Request) (step world.Step, ok bool) {
	phone, _, ok := s.opened(w, r)
	if !ok {
		return step, false
	}
	step, err := s.app.Registration(r.Context(), page.WorldOf(r), phone.RegistrationID)
	switch {
	case err != nil:
		s.Trouble(w, r, err)
		return step, false
	case step.Refused != nil:
		page.See(w, r, Prefix+"/company", "")
		return step, false
	}
	return step, true
}

// at shows the page of a state if the registration stands there, and leads to
// where it stands otherwise (a-22). Only who tried to skip ahead is told so.
func (s *site) at(wanted registration.State) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		step, ok := s.current(w, r)
		if !ok {
			return
		}
		reg := step.Registration
		switch {
		case ahead(wanted, reg.State):
			page.See(w, r, address(reg.State), noticeStep)
		case address(wanted) != address(reg.State):
			page.See(w, r, address(reg.State), "")
		default:
			f := s.newFrame(step.Snapshot, screenOf(reg.State))
			switch page.Noticed(r) {
			case noticeStep:
				f.Alerts = []string{f.Say("error.step")}
			case noticeReissued:
				if reg.State == registration.AwaitPasscode && reg.Reissues > 0 {
					f.Notices = []string{f.Say("app_passcode.reissued")}
				}
			}
			s.screen(w, http.StatusOK, f, reg, entered(reg.Application))
		}
	}
}

// screen writes the page of a registration's state.
func (s *site) screen(w http.ResponseWriter, status int, f frame, reg registration.Registration, e entry) {
	template := string(reg.State)
	if reg.State.Final() && reg.State != registration.Completed {
		template = "ended"
		if len(f.Alerts) == 0 {
			_ = f.Tell(reg.Ended()) // its status is that of refusing something; here only the sentence counts
		}
	}
	s.Write(w, status, template, registrationView{frame: f, Registration: reg, Token: reg.FormToken, Entry: e})
}
