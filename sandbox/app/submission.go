package app

import (
	"net/http"

	"example.com/netanswer/sandbox/page"
	"example.com/netanswer/sandbox/registration"
	"example.com/netanswer/sandbox/screen"
	"example.com/netanswer/sandbox/world"
)

// A sent is a form of the app's registration, found to be from our page.
type sent struct {
	page.Form
	step world.AppStep
}

// submission reads a form of the registration that the app goes on with, and
// checks its token. Where something is not right, that is answered already,
// nothing has changed and ok is false.
func (s *site) submission(w http.ResponseWriter, r *http.Request, known ...string) (f sent, ok bool) {
	form, err := page.Read(r, append([]string{page.FieldToken, fieldOnce}, known...)...)
	if err != nil {
		s.Trouble(w, r, err)
		return f, false
	}
	step, ok := s.current(w, r)
	if !ok {
		return f, false
	}
	if !form.Bears(step.Registration.FormToken) {
		s.screen(
			w,
			http.StatusForbidden,
			step.Snapshot,
			step.Registration,
			screen.Told{Alerts: []string{step.Snapshot.Say("error.form_token")}},
		)
		return f, false
	}
	return sent{form, world.AppStep{World: page.WorldOf(r), ID: step.Registration.ID, Key: form[fieldOnce]}}, true
}

// land answers after a step: it leads to the page of the registration's state,
// there with a notice if it is not "", or shows that page with what was refused
// and what was written.
func (s *site) land(w http.ResponseWriter, r *http.Request, step world.Step, err error, notice string, again map[string]string) {
	switch {
	case err != nil:
		s.Trouble(w, r, err)
	case step.Refused == nil:
		page.See(w, r, address(step.Registration.State), notice)
	case step.Registration.ID == "": // the world was made anew meanwhile
		page.See(w, r, Prefix+"/company", "")
	default:
		s.screen(w, page.StatusOf(step.Refused), step.Snapshot, step.Registration, screen.Told{Refused: step.Refused, Entered: again})
	}
}

// card sends the card (p12-5).
func (s *site) card(w http.ResponseWriter, r *http.Request) {
	f, ok := s.submission(w, r, "card_number", "expiry", "security_code")
	if !ok {
		return
	}
	c := registration.CardForm{CardNumber: f.Form["card_number"], Expiry: f.Form["expiry"], SecurityCode: f.Form["security_code"]}
	step, err := s.app.SubmitCard(r.Context(), f.step, c)
	s.land(w, r, step, err, "", map[string]string{"card_number": page.Shown(c.CardNumber), "expiry": page.Shown(c.Expiry)})
}

// requestPasscode sends the passcode to the destination shown (p13-3).
func (s *site) requestPasscode(w http.ResponseWriter, r *http.Request) {
	if f, ok := s.submission(w, r); ok {
		step, err := s.app.RequestPasscode(r.Context(), f.step)
		s.land(w, r, step, err, "", nil)
	}
}

// reissue sends another passcode.
func (s *site) reissue(w http.ResponseWriter, r *http.Request) {
	if f, ok := s.submission(w, r); ok {
		step, err := s.app.Reissue(r.Context(), f.step)
		s.land(w, r, step, err, noticeReissued, nil)
	}
}

// passcode checks a passcode (p14-3).
func (s *site) passcode(w http.ResponseWriter, r *http.Request) {
	if f, ok := s.submission(w, r, "passcode"); ok {
		step, err := s.app.Enter(r.Context(), f.step, f.Form["passcode"])
		s.land(w, r, step, err, "", nil)
	}
}

// choosePIN goes on to the card's PIN (p13-2).
func (s *site) choosePIN(w http.ResponseWriter, r *http.Request) {
	if f, ok := s.submission(w, r); ok {
		step, err := s.app.ChoosePIN(r.Context(), f.step)
		s.land(w, r, step, err, "", nil)
	}
}

// pin checks the card's PIN (p13-2).
func (s *site) pin(w http.ResponseWriter, r *http.Request) {
	if f, ok := s.submission(w, r, "pin"); ok {
		step, err := s.app.EnterPIN(r.Context(), f.step, f.Form["pin"])
		s.land(w, r, step, err, "", nil)
	}
}

// email takes the mail address (p15-1).
func (s *site) email(w http.ResponseWriter, r *http.Request) {
	if f, ok := s.submission(w, r, "email"); ok {
		step, err := s.app.SetEmail(r.Context(), f.step, f.Form["email"])
		s.land(w, r, step, err, "", map[string]string{"email": page.Shown(f.Form["email"])})
	}
}

// password takes the Net Answer password (p16-6).
func (s *site) password(w http.ResponseWriter, r *http.Request) {
	if f, ok := s.submission(w, r, "password"); ok {
		step, err := s.app.SetPassword(r.Context(), f.step, f.Form["password"])
		s.land(w, r, step, err, "", nil)
	}
}

// terms completes the registration; to press the button is to agree (p17-2).
func (s *site) terms(w http.ResponseWriter, r *http.Request) {
	f, ok := s.submission(w, r, "terms_agreed")
	if !ok {
		return
	}
	agreed, err := f.Yes("terms_agreed")
	if err != nil {
		s.Trouble(w, r, err)
		return
	}
	step, err := s.app.Agree(r.Context(), f.step, agreed)
	s.land(w, r, step, err, "", nil)
}

// back goes back to an earlier step.
func (s *site) back(w http.ResponseWriter, r *http.Request) {
	if f, ok := s.submission(w, r, "to"); ok {
		step, err := s.app.Back(r.Context(), f.step, registration.State(f.Form["to"]))
		s.land(w, r, step, err, "", nil)
	}
}
