package web

import (
	"net/http"

	"example.com/netanswer/sandbox/page"
	"example.com/netanswer/sandbox/registration"
	"example.com/netanswer/sandbox/screen"
	"example.com/netanswer/sandbox/world"
)

// ahead tells whether the page asked for is of a later step than the state.
func ahead(asked, state registration.State) bool {
	way := map[registration.State]int{
		registration.Input:         1,
		registration.Confirm:       2,
		registration.AwaitPasscode: 3,
		registration.AwaitCall:     3,
		registration.Completed:     4,
	}
	return way[state] > 0 && way[asked] > way[state]
}

// The notices that an address may carry from one page to the next. Nothing
// else that stands there is ever shown.
const (
	noticeStep     = "step"
	noticeUnknown  = "registration_unknown"
	noticeLogin    = "login_required"
	noticeReissued = "reissued"
)

// current is the registration that the browser holds, as it is now; Refused is
// set where there is none. Where the world cannot be read, that is answered
// already and ok is false.
func (s *site) current(w http.ResponseWriter, r *http.Request) (step world.Step, ok bool) {
	step, err := s.web.Registration(r.Context(), page.WorldOf(r), page.Held(r, cookieRegistration))
	if err != nil {
		s.Trouble(w, r, err)
		return step, false
	}
	return step, true
}

// start goes on with the registration the browser holds, or begins a new one
// where there is none or it has ended (p25-2, p25-4).
func (s *site) start(w http.ResponseWriter, r *http.Request) {
	step, ok := s.current(w, r)
	if !ok {
		return
	}
	if step.Refused != nil || step.Registration.State.Final() {
		var err error
		if step, err = s.web.Start(r.Context(), page.WorldOf(r)); err != nil {
			s.Trouble(w, r, err)
			return
		}
		page.Keep(w, r, cookieRegistration, step.Registration.ID)
	}
	page.See(w, r, address(step.Registration.State), "")
}

// at shows the page of a state if the registration stands there, and leads to
// where it stands otherwise (a-22). Only who tried to skip ahead is told so.
func (s *site) at(asked registration.State) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		step, ok := s.current(w, r)
		if !ok {
			return
		}
		reg := step.Registration
		switch {
		case step.Refused != nil:
			page.Forget(w, r, cookieRegistration)
			page.See(w, r, "/login", noticeUnknown)
		case ahead(asked, reg.State):
			page.See(w, r, address(reg.State), noticeStep)
		case address(asked) != address(reg.State):
			page.See(w, r, address(reg.State), "")
		default:
			var told screen.Told
			switch page.Noticed(r) {
			case noticeStep:
				told.Alerts = []string{step.Snapshot.Say("error.step")}
			case noticeReissued:
				if reg.State == registration.AwaitPasscode && reg.Reissues > 0 {
					told.Notices = []string{step.Snapshot.Say("passcode.reissued")}
				}
			}
			s.screen(w, http.StatusOK, step.Snapshot, reg, told)
		}
	}
}

// land answers after something was done to a registration: it leads to the page
// of its state, there with a notice if it is not "", or shows that page with
// what was refused.
func (s *site) land(w http.ResponseWriter, r *http.Request, step world.Step, err error, notice string) {
	switch {
	case err != nil:
		s.Trouble(w, r, err)
	case step.Refused == nil:
		page.See(w, r, address(step.Registration.State), notice)
	case step.Registration.ID == "": // there is no such registration
		page.Forget(w, r, cookieRegistration)
		s.greet(w, step.Snapshot, "", step.Refused)
	default:
		s.screen(w, page.StatusOf(step.Refused), step.Snapshot, step.Registration, screen.Told{Refused: step.Refused})
	}
}

// screen writes the page of a registration's state, with what there is to tell.
func (s *site) screen(w http.ResponseWriter, status int, m world.Snapshot, reg registration.Registration, told screen.Told) {
	v := s.View(m, screen.Registration(m, reg, s.parts(m), told))
	v.Token = token(reg)
	s.Write(w, status, v)
}

// parts are what the form is made of besides the world's texts.
func (s *site) parts(m world.Snapshot) screen.FormParts {
	return screen.FormParts{Prefixes: s.web.Prefixes(), Keys: s.web.KeyboardDigits(m.Policy)}
}
