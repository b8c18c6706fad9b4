package web

import (
	"net/http"

	"example.com/netanswer/sandbox/middleware"
	"example.com/netanswer/sandbox/page"
	"example.com/netanswer/sandbox/registration"
	"example.com/netanswer/sandbox/screen"
)

// inputFields are all fields of the form (p26-p31).
var inputFields = append(screen.NumberFields[:], "expiry_month", "expiry_year", "security_code", "net_answer_id", "password",
	"password_confirmation", "email_pc", "email_mobile", "newsletter", "terms_agreed")

// submit takes the form (p31-2).
func (s *site) submit(w http.ResponseWriter, r *http.Request) {
	step, f, ok := s.submission(w, r, inputFields...)
	if !ok {
		return
	}
	sent, again, err := application(f)
	if err != nil {
		s.Trouble(w, r, err)
		return
	}
	step, err = s.web.Submit(r.Context(), page.WorldOf(r), step.Registration.ID, sent)
	if err == nil && step.Refused != nil && takesForm(step.Registration.State) {
		withoutCard(again, step.Refused)
		reg := step.Registration
		reg.State = registration.Input
		s.screen(w, page.StatusOf(step.Refused), step.Snapshot, reg, screen.Told{Refused: step.Refused, Entered: again})
		return
	}
	s.land(w, r, step, err, "")
}

// withoutCard takes out of what is shown again the card number that was refused: it
// may be a real one.
func withoutCard(again map[string]string, refused error) {
	for _, e := range middleware.Each(refused) {
		if e.Field == registration.FieldCardNumber {
			for _, name := range screen.NumberFields[1:] {
				again[name] = ""
			}
		}
	}
}

// takesForm tells whether a refused form is shown again: from the confirmation,
// the browser's back button leads to a form that may be sent once more.
func takesForm(state registration.State) bool {
	return state == registration.Input || state == registration.Confirm
}

// application is the form as the rules read it, and as it is shown again. What
// is secret is never shown again.
func application(f page.Form) (sent registration.Form, again map[string]string, err error) {
	newsletter, err := f.Yes("newsletter")
	if err != nil {
		return sent, nil, err
	}
	agreed, err := f.Yes("terms_agreed")
	if err != nil {
		return sent, nil, err
	}
	again = map[string]string{}
	for _, name := range inputFields {
		if name != "security_code" && name != "password" && name != "password_confirmation" {
			again[name] = page.Shown(f[name])
		}
	}
	screen.Secret(again, f["security_code"]+f["password"]+f["password_confirmation"] != "", agreed)
	number := ""
	for _, name := range screen.NumberFields {
		number += f[name]
	}
	return registration.Form{
		CardNumber: number, ExpiryMonth: f["expiry_month"], ExpiryYear: f["expiry_year"], SecurityCode: f["security_code"],
		NetAnswerID: f["net_answer_id"], Password: f["password"], PasswordConfirmation: f["password_confirmation"],
		EmailPC: f["email_pc"], EmailMobile: f["email_mobile"], Newsletter: newsletter, TermsAgreed: agreed,
	}, again, nil
}
