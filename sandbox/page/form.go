package page

import (
	"crypto/subtle"
	"errors"
	"mime"
	"net/http"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// FieldToken is the hidden field that proves that a form came from our page of
// the very registration it is for.
const FieldToken = "form_token"

// A Form is what a POST carried: one value for each field that was sent.
type Form map[string]string

// An UnreadableError is a POST that is no form of ours. Site.Trouble answers it.
type UnreadableError struct {
	Status int    // of HTTP
	Text   string // id of the sentence
}

// Error is the id of the sentence; nothing that was sent is in it.
func (e *UnreadableError) Error() string { return e.Text }

// Read takes a form apart. Fields the page does not have, or has once and that
// came twice, and bytes that are no text are an UnreadableError, and so is a
// body that is too large or no form at all.
func Read(r *http.Request, known ...string) (Form, error) {
	media, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err != nil || media != "application/x-www-form-urlencoded" {
		return nil, &UnreadableError{http.StatusUnsupportedMediaType, "error.malformed"}
	}
	if err := r.ParseForm(); err != nil {
		var tooLarge *http.MaxBytesError
		if errors.As(err, &tooLarge) {
			return nil, &UnreadableError{http.StatusRequestEntityTooLarge, "error.too_large"}
		}
		return nil, &UnreadableError{http.StatusBadRequest, "error.malformed"}
	}
	f := make(Form, len(r.PostForm))
	for name, values := range r.PostForm {
		if !slices.Contains(known, name) || len(values) != 1 || !utf8.ValidString(values[0]) {
			return nil, &UnreadableError{http.StatusBadRequest, "error.malformed"}
		}
		f[name] = values[0]
	}
	return f, nil
}

// Yes tells whether a box was ticked or a button pressed. Any other value than
// the page's own, "yes", is an UnreadableError.
func (f Form) Yes(name string) (bool, error) {
	switch v, sent := f[name]; {
	case !sent:
		return false, nil
	case v == "yes":
		return true, nil
	}
	return false, &UnreadableError{http.StatusBadRequest, "error.malformed"}
}

// Bears tells whether the form carries that token in FieldToken.
func (f Form) Bears(token string) bool {
	return subtle.ConstantTimeCompare([]byte(f[FieldToken]), []byte(token)) == 1
}

// Shown is a value as it may stand on a page again: without what is no
// character of a page.
func Shown(value string) string {
	return strings.Map(func(c rune) rune {
		if unicode.IsControl(c) {
			return -1
		}
		return c
	}, value)
}
