package app

import (
	"slices"
	"strings"

	"example.com/netanswer/sandbox/gallery"
	"example.com/netanswer/sandbox/registration"
	"example.com/netanswer/sandbox/screen"
)

// begins are the places of stories that are not called as their screen, where
// the place alone makes the story.
var begins = map[string]gallery.Begin{
	"company": {At: "company"}, "company-none": {At: "company", As: "company-none"}, "company-other": {At: "company", As: "company-other"},
	"entrance": {At: "company", As: "entrance"}, "entrance-anew": {At: "company", As: "entrance-anew"},
	"destination-landline": {At: "destination-landline"}, "destination-no-sms": {At: "destination-landline", As: "destination-no-sms"},
	"pin-landline": {
		At: "pin-landline",
	}, "terms-anew": {At: "terms-anew"}, "expired-passcode": {At: "expired-passcode"}, "expired-idle": {At: "expired-idle"},
	"expired-superseded": {At: "expired-superseded"}, "locked-passcode": {At: "locked-passcode"}, "locked-pin": {At: "locked-pin"},
	"wallet-apple": {
		At:     "wallet",
		Device: string(registration.IPhone),
	}, "wallet-google": {At: "wallet", Device: string(registration.Android)},
	"wallet-added": {At: "home-wallet", Start: "app_wallet"}, "home-wallet": {At: "home-wallet", Start: "added"},
	// What was refused is counted, or used up.
	"passcode-reissued": {
		At: "passcode-reissued",
		As: "passcode-reissued",
	}, "passcode-wrong": {At: "passcode-wrong-once", As: "passcode-wrong"},
	"passcode-limit": {At: "passcode-limit", As: "passcode-limit"}, "pin-wrong": {At: "pin-wrong", As: "pin-wrong"},
}

// begin is how somebody begins in the state of a story. What a registration was
// refused is told by the story; a screen of the card is started with.
func (e story) begin() gallery.Begin {
	b, special := begins[e.name]
	state := strings.TrimPrefix(e.screen, "app_")
	switch {
	case special:
	case slices.Contains(screen.PortalNames, e.screen):
		b.At, b.Start = "home", e.screen
		if strings.HasSuffix(e.name, "-empty") || strings.HasSuffix(e.name, "-none") {
			b.Member = "次郎さん"
		}
	case stateOf(state):
		if b.At = state; e.name != state {
			b.As = e.name
		}
	default:
		b.As = e.name
	}
	b.Channel = string(registration.App)
	return b
}

// stateOf tells whether there is a state of the app of that name.
func stateOf(name string) bool {
	for _, t := range registration.Transitions() {
		if t.Channel == registration.App && (string(t.From) == name || string(t.To) == name) {
			return true
		}
	}
	return false
}
