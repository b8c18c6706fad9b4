package app

import (
	"crypto/rand"

	"example.com/netanswer/sandbox/page"
	"example.com/netanswer/sandbox/registration"
	"example.com/netanswer/sandbox/world"
)

// The cookies. Their names say whose they are: all ports of a host share them.
const (
	cookiePhone   = "netanswer_phone" // the id of the smartphone
	cookieSession = "netanswer_app"   // the token of the app's log-in
)

// A frame is what every screen of the app has around its content.
type frame struct{ page.Frame }

// newFrame is the frame of a screen with nothing to tell.
func (s *site) newFrame(m world.Snapshot, screen string) frame { return frame{s.Frame(m, screen)} }

// screenOf is the screen of a state. The ends are the same as on the web.
func screenOf(state registration.State) string {
	switch state {
	case registration.Expired, registration.Locked, registration.Unavailable:
		return string(state)
	}
	return "app_" + string(state)
}

// steps are the six steps of the guide's STEP 02 that the screens belong to.
var steps = map[string]int{
	"app_company": 1, "app_entrance": 1, "app_card": 1, "app_destination": 2, "app_passcode": 2, "app_pin": 2,
	"app_email": 3, "app_password": 4, "app_terms": 5, "app_completed": 6,
}

// Step is the number of the step, 0 where the screen belongs to none.
func (f frame) Step() int { return steps[f.Screen] }

// lastStep is how many steps there are.
const lastStep = 6

// Steps is how many steps there are.
func (f frame) Steps() int { return lastStep }

// Once is a fresh key with which a form's step is taken once.
func (f frame) Once() string {
	if f.Story() {
		return "gallery"
	}
	return rand.Text()
}

// Wallet is the name of a wallet's service.
func (f frame) Wallet(service string) string { return f.Say("wallet." + service) }

// places are the fields of each screen.
var places = page.Places{
	"app_company": {registration.FieldCompany: {Anchor: "company-saison"}},
	"app_card": {
		registration.FieldCardNumber:   {Anchor: "card_number", Label: "app_card.card_number"},
		registration.FieldExpiry:       {Anchor: "expiry", Label: "app_card.expiry"},
		registration.FieldSecurityCode: {Anchor: "security_code", Label: "app_card.security_code"},
	},
	"app_passcode": {registration.FieldPasscode: {Anchor: "passcode", Label: "app_passcode.passcode"}},
	"app_pin":      {registration.FieldPIN: {Anchor: "pin", Label: "app_pin.pin"}},
	"app_email":    {registration.FieldEmail: {Anchor: "email", Label: "app_email.email"}},
	"app_password": {registration.FieldPassword: {Anchor: "password", Label: "app_password.password"}},
	"app_terms":    {registration.FieldTerms: {Anchor: "terms_agreed"}},
}
