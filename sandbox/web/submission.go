package web

import (
	"crypto/subtle"
	"errors"
	"mime"
	"net/http"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"example.com/netanswer/sandbox/world"
)

// fieldToken is the hidden field that proves that a form came from our page of
// the very registration it is for.
const fieldToken = "form_token"

// A form is what a POST carried: one value for each field that was sent.
type form map[string]string

// An unreadableError is a POST that is no form of ours.
type unreadableError struct {
	status int
	text   string
}

func (e *unreadableError) Error() string { return e.text }

// read takes a form apart. Fields the page does not have, or has once and that
// came twice, and bytes that are no text are errors.
func read(r *http.Request, known ...string) (form, error) {
	media, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err != nil || media != "application/x-www-form-urlencoded" {
		return nil, &unreadableError{http.StatusUnsupportedMediaType, "error.malformed"}
	}
	if err := r.ParseForm(); err != nil {
		var tooLarge *http.MaxBytesError
		if errors.As(err, &tooLarge) {
			return nil, &unreadableError{http.StatusRequestEntityTooLarge, "error.too_large"}
		}
		return nil, &unreadableError{http.StatusBadRequest, "error.malformed"}
	}
	f := make(form, len(r.PostForm))
	for name, values := range r.PostForm {
		if !slices.Contains(known, name) || len(values) != 1 || !utf8.ValidString(values[0]) {
			return nil, &unreadableError{http.StatusBadRequest, "error.malformed"}
		}
		f[name] = values[0]
	}
	return f, nil
}

// yes tells whether a box was ticked or a button pressed. Any other value than
// the page's own is an error.
func (f form) yes(name string) (bool, error) {
	switch v, sent := f[name]; {
	case !sent:
		return false, nil
	case v == "yes":
		return true, nil
	}
	return false, &unreadableError{http.StatusBadRequest, "error.malformed"}
}

// shown is a value as it may stand on a page again: without what is no
// character of a page.
func shown(value string) string {
	return strings.Map(func(c rune) rune {
		if unicode.IsControl(c) {
			return -1
		}
		return c
	}, value)
}

// submission reads a form of the registration that the browser holds, and checks
// its token. Where something is not right, that is answered already, nothing
// has changed and ok is false.
func (s *site) submission(w http.ResponseWriter, r *http.Request, known ...string) (step world.Step, f form, ok bool) {
	f, err := read(r, append([]string{fieldToken}, known...)...)
	if err != nil {
		s.trouble(w, r, err)
		return step, nil, false
	}
	if step, ok = s.current(w, r); !ok {
		return step, nil, false
	}
	if step.Refused != nil {
		s.land(w, r, step, nil, "")
		return step, nil, false
	}
	if subtle.ConstantTimeCompare([]byte(f[fieldToken]), []byte(step.Registration.FormToken)) != 1 {
		page := s.newFrame(step.Moment, string(step.Registration.State))
		page.Alerts = []string{page.Say("error.form_token")}
		s.screen(w, http.StatusForbidden, page, step.Registration)
		return step, nil, false
	}
	return step, f, true
}
