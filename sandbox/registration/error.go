package registration

import (
	"strings"
	"time"
)

// A Kind says what sort of thing went wrong; it decides the HTTP status, once,
// in package middleware.
type Kind string

// The kinds of errors.
const (
	Invalid   Kind = "invalid"     // what was entered is not right
	Conflict  Kind = "conflict"    // right, but not here and now
	Gone      Kind = "gone"        // the registration has ended
	NotFound  Kind = "not_found"   // no such thing, or not for this member
	Forbidden Kind = "forbidden"   // not proved to be who may do this
	TooMany   Kind = "too_many"    // done too often or too soon
	Unready   Kind = "unavailable" // something behind the service did not answer
)

// An Error is a refusal that a member reads. Code is for programs and stays,
// Text names the sentence in the text table, Args fill its {places}.
type Error struct {
	Kind  Kind
	Code  string
	Field string // the field it stands at, "" for the whole
	Text  string
	Args  map[string]string

	Retry time.Time // with TooMany: when it is worth trying again; zero where that is never
}

// Error is for logs and tests; it never holds what a member entered.
func (e *Error) Error() string {
	if e.Field == "" {
		return e.Code
	}
	return e.Field + ": " + e.Code
}

// Errors are several refusals at once, in the order of the form's fields. An
// empty Errors is no error: return Err, not the value.
type Errors []*Error

// Error joins the refusals.
func (es Errors) Error() string {
	all := make([]string, len(es))
	for i, e := range es {
		all[i] = e.Error()
	}
	return strings.Join(all, "; ")
}

// Err is nil where there is no refusal.
func (es Errors) Err() error {
	if len(es) == 0 {
		return nil
	}
	return es
}

func (es *Errors) add(field, code, text string, args ...string) {
	*es = append(*es, invalid(field, code, text, args...))
}

// invalid is an error at a field; args are pairs of name and value.
func invalid(field, code, text string, args ...string) *Error {
	return &Error{Kind: Invalid, Code: code, Field: field, Text: text, Args: pairs(args)}
}

func pairs(args []string) map[string]string {
	m := map[string]string{}
	for i := 0; i+1 < len(args); i += 2 {
		m[args[i]] = args[i+1]
	}
	return m
}
