package web

import (
	"net/http"
	"strings"

	"example.com/netanswer/sandbox/page"
	"example.com/netanswer/sandbox/registration"
	"example.com/netanswer/sandbox/screen"
	"example.com/netanswer/sandbox/world"
)

// submission reads a form of the registration that the browser holds, and checks
// its token. Where something is not right, that is answered already, nothing
// has changed and ok is false.
func (s *site) submission(w http.ResponseWriter, r *http.Request, known ...string) (step world.Step, f page.Form, ok bool) {
	f, err := page.Read(r, append([]string{page.FieldToken}, known...)...)
	if err != nil {
		s.Trouble(w, r, err)
		return step, nil, false
	}
	if step, ok = s.current(w, r); !ok {
		return step, nil, false
	}
	if step.Refused != nil {
		s.land(w, r, step, nil, "")
		return step, nil, false
	}
	token, seen, confirmed := strings.Cut(f[page.FieldToken], ".")
	f[page.FieldToken] = token
	stale := confirmed && step.Registration.State == registration.Confirm && seen != shown(step.Registration)
	if !f.Bears(step.Registration.FormToken) || stale {
		told := screen.Told{Alerts: []string{step.Snapshot.Say("error.form_token")}}
		s.screen(w, http.StatusForbidden, step.Snapshot, step.Registration, told)
		return step, nil, false
	}
	return step, f, true
}
