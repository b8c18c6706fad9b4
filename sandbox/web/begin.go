package web

import (
	"example.com/netanswer/sandbox/gallery"
	"example.com/netanswer/sandbox/registration"
)

// begins are the places of stories that are not called as their screen, where
// the place alone makes the story.
var begins = map[string]gallery.Begin{
	"input-again": {At: "input-again"}, "confirm-amex": {At: "confirm-amex"}, "confirm-both-mails": {At: "confirm-both-mails"},
	"confirm-personal": {At: "confirm-personal"}, "passcode-mail": {At: "passcode-mail"}, "call-last": {At: "call-last"},
	"call-confirmed": {At: "call-confirmed"}, "expired-passcode": {At: "expired-passcode"}, "expired-call": {At: "expired-call"},
	"expired-idle": {At: "expired-idle"}, "expired-superseded": {At: "expired-superseded"}, "portal": {At: "portal"},
	"portal-empty": {At: "portal", Member: "次郎さん"},
	// What was refused is counted, or used up.
	"passcode-reissued": {
		At: "passcode-reissued",
		As: "passcode-reissued",
	}, "passcode-wrong": {At: "passcode-wrong-once", As: "passcode-wrong"},
	"passcode-limit": {At: "passcode-limit", As: "passcode-limit"},
}

// begin is how somebody begins in the state of a story. What a registration was
// refused is told by the story; other screens are of no registration.
func (e story) begin() gallery.Begin {
	b, special := begins[e.name]
	if !special {
		if b.As = e.name; stateOf(e.screen) {
			b.At = e.screen
		}
		if e.name == e.screen && b.At != "" {
			b.As = ""
		}
	}
	b.Channel = string(registration.Web)
	return b
}

// stateOf tells whether a screen is that of a state of the web.
func stateOf(name string) bool {
	for _, t := range registration.Transitions() {
		if t.Channel == registration.Web && (string(t.From) == name || string(t.To) == name) {
			return true
		}
	}
	return false
}
