package app

import (
	"net/http"

	"example.com/netanswer/sandbox/page"
	"example.com/netanswer/sandbox/registration"
	"example.com/netanswer/sandbox/screen"
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
			var told screen.Told
			switch page.Noticed(r) {
			case noticeStep:
				told.Alerts = []string{step.Snapshot.Say("error.step")}
			case noticeReissued:
				if reg.State == registration.AwaitPasscode && reg.Reissues > 0 {
					told.Notices = []string{step.Snapshot.Say("app_passcode.reissued")}
				}
			}
			s.screen(w, http.StatusOK, step.Snapshot, reg, told)
		}
	}
}

// screen writes the page of a registration's state, with what there is to tell.
func (s *site) screen(w http.ResponseWriter, status int, m world.Snapshot, reg registration.Registration, told screen.Told) {
	v := s.View(m, screen.Registration(m, reg, screen.FormParts{}, told))
	v.Token, v.Once = reg.FormToken, once()
	s.Write(w, status, v)
}
