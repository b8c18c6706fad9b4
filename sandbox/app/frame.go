package app

import (
	"crypto/rand"
	"strings"
)

// The cookies. Their names say whose they are: all ports of a host share them.
const (
	cookiePhone   = "netanswer_phone" // the id of the smartphone
	cookieSession = "netanswer_app"   // the token of the app's log-in
)

// once is a fresh key with which a form's step is taken once.
func once() string { return rand.Text() }

// The addresses of forms by their names, and of screens whose address is not
// their name.
var (
	forms = map[string]string{
		"company": "/company", "begin": "/registration", "wallet": "/wallet", "back": "/registration/back", "card": "/registration/card",
		"destination": "/registration/destination", "passcode": "/registration/passcode", "reissue": "/registration/reissue",
		"choose_pin": "/registration/choose-pin", "pin": "/registration/pin", "email": "/registration/email",
		"password": "/registration/password", "terms": "/registration/terms",
	}
	places = map[string]string{
		"app_guide": "", "app_store_apple": "/store/apple", "app_store_google": "/store/google", "app_company": "/company",
		"app_entrance": "/entrance",
		"app_home":     "/home", "app_statement": "/statement", "app_credit": "/credit", "app_increase": "/increase", "app_change": "/change",
		"app_cashing": "/cashing", "app_menu": "/menu", "app_inquiry": "/inquiry", "app_wallet": "/wallet",
	}
)

// addressOf says where a form, an action or a screen is found.
func addressOf(kind, screen, name string) string {
	switch {
	case kind == "action":
		return ""
	case kind == "form" && name == "install":
		return Prefix + "/store/" + strings.TrimPrefix(screen, "app_store_")
	case kind == "form":
		return Prefix + known(forms, name)
	case name == "video":
		return "/video"
	case name == "other":
		return "/registration/other" // a page of the web
	case name == "home":
		return Prefix
	case name == "app_company" && strings.HasPrefix(screen, "app_store_"), name == "app_wallet" && screen == "app_completed":
		return Prefix + "/open" // the app starts, and goes on where it was
	}
	return Prefix + known(places, name)
}

func known(addresses map[string]string, name string) string {
	at, ok := addresses[name]
	if !ok {
		panic("app: no address of " + name)
	}
	return at
}
