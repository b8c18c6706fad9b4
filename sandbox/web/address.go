package web

import (
	"example.com/netanswer/sandbox/registration"
)

// The addresses of forms by their names, of screens by theirs, and of the one
// button that sends its form elsewhere.
var (
	forms = map[string]string{
		"search": "/search", "login": "/login", "logout": "/logout", "input": "/registration/input", "confirm": "/registration/confirm",
		"passcode": "/registration/passcode", "reissue": "/registration/reissue", "call": "/registration/call",
	}
	places = map[string]string{
		"home": "/", "entrance": "/login", "input": "/registration", "other": "/registration/other", "video": "/video",
		"newsletter": "/newsletter",
		"portal":     "/home", "app_guide": "/app",
	}
	elsewhere = map[string]string{"revise": "/registration/revise"}
)

// addressOf says where a form, an action or a screen is found.
func addressOf(kind, screen, name string) string {
	switch kind {
	case "form":
		return known(forms, name)
	case "screen":
		return known(places, name)
	}
	return elsewhere[name]
}

func known(addresses map[string]string, name string) string {
	at, ok := addresses[name]
	if !ok {
		panic("web: no address of " + name)
	}
	return at
}

// address is the page of a state.
func address(state registration.State) string {
	switch state {
	case registration.Input, registration.Confirm, registration.AwaitPasscode, registration.AwaitCall, registration.Completed:
		return "/registration/" + string(state)
	case registration.Expired, registration.Locked, registration.Unavailable:
		return "/registration/ended"
	}
	panic("web: unknown state " + string(state))
}
