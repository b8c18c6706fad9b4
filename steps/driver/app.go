package driver

import "context"

// App is what a person does with the company's app on a smartphone. The
// sessions of drivers that have one are Apps as well; what both channels ask
// for alike (a passcode, another one, a log-in) is done by the Session's verbs.
type App interface {
	// Guide opens the company's page that leads to the app, by the banner at the
	// foot of its home page.
	Guide(ctx context.Context) (Screen, error)
	// Install gets the app from the store of the smartphone, up to where its
	// installation has begun.
	Install(ctx context.Context) (Screen, error)
	// OpenApp starts the app, or starts it again after it was closed.
	OpenApp(ctx context.Context) (Screen, error)
	// Leave leaves the app, as for the messages, without closing it; Return
	// comes back to it and returns the screen as it was left.
	Leave(ctx context.Context) error
	Return(ctx context.Context) (Screen, error)
	// ChooseCompany chooses a card company by its name, none if it is "", and
	// goes on.
	ChooseCompany(ctx context.Context, name string) (Screen, error)
	// BeginInApp begins a registration.
	BeginInApp(ctx context.Context) (Screen, error)
	// SubmitCard writes what stands on a card and goes on.
	SubmitCard(ctx context.Context, card Card) (Screen, error)
	// RequestPasscode asks for the passcode at the destination shown.
	RequestPasscode(ctx context.Context) (Screen, error)
	// ChoosePIN goes on to the card's PIN, ChooseSMS from there to the SMS.
	ChoosePIN(ctx context.Context) (Screen, error)
	ChooseSMS(ctx context.Context) (Screen, error)
	// EnterPIN types the card's PIN and sends it.
	EnterPIN(ctx context.Context, pin string) (Screen, error)
	// SubmitEmail and SubmitPassword write one thing and go on.
	SubmitEmail(ctx context.Context, email string) (Screen, error)
	SubmitPassword(ctx context.Context, password string) (Screen, error)
	// Agree completes the registration; where not agreed, without the button
	// that agrees, as by a request of one's own making.
	Agree(ctx context.Context, agreed bool) (Screen, error)
	// Back goes back to the screen before.
	Back(ctx context.Context) (Screen, error)
	// AnswerWallet answers the question of the wallet, by what a button is called.
	AnswerWallet(ctx context.Context, answer string) (Screen, error)
	// Tap taps what leads to another screen of the app, by its name.
	Tap(ctx context.Context, name string) (Screen, error)
}

// A Card is what a person writes of a card in the app, as they would write it.
type Card struct {
	Number       string
	Expiry       string
	SecurityCode string
}

// A Camera is what only a smartphone with a screen has. A scenario that needs
// it is tagged @画面.
type Camera interface {
	// ScanCode reads the two-dimensional code of the company's page, as it is
	// shown on another device's screen, and goes where it leads.
	ScanCode(ctx context.Context) (Screen, error)
	// Store opens the app's page in the store of the smartphone, by whatever way
	// leads there.
	Store(ctx context.Context) (Screen, error)
}
