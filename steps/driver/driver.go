// Package driver says what a person can do at a registration service and what
// they then perceive, without saying how. Package api does it by JSON, package
// browser with a desktop browser or an emulated phone.
//
// A driver knows no selector, state machine or rule: it is asked to fill in a
// form and returns the screen that is then before the person. The
// sentences it returns are the ones the person reads.
package driver

import (
	"context"
	"errors"
	"fmt"
)

// What an implementation cannot be asked, or nobody can find out of it, is
// neither right nor wrong. A step whose error wraps one of these leaves its
// scenario unjudged, with the reason.
var (
	// ErrInapplicable: it has no such thing, or there is no way to ask it (対象外).
	ErrInapplicable = errors.New("対象外")
	// ErrUndecidable: what would have to happen, nobody can bring about (判定不能).
	ErrUndecidable = errors.New("判定不能")
	// ErrNoStore: the address of the app is the app, and no page or store leads there.
	ErrNoStore = fmt.Errorf("%w: app がアプリそのものの画面なので、アプリの案内とストアはありません。あれば、たずねるには addresses: {セゾンPortalアプリ: …}", ErrInapplicable)
)

// A Driver opens sessions at the implementation that is tried.
// It is safe for concurrent use.
type Driver interface {
	// Name is how the driver is selected and reported: api, pc, sp, iphone, android.
	Name() string
	// Open gives one person hands and eyes at one world. The session ends
	// with its Close, which must be called whatever happened.
	Open(ctx context.Context, at World) (Session, error)
	// Close ends every session and whatever the driver started.
	Close() error
}

// A Sighted driver looks at pages.
type Sighted interface {
	// Engine is what it looks through, like Firefox 150.0; "" before the first session.
	Engine() string
}

// World is where a session takes place.
type World struct {
	Name string // the world's name, unique to a scenario
	Base string // the member-facing origin, e.g. http://127.0.0.1:8080
	// Device is the smartphone, iphone or android, where the scenario is about
	// one; "" leaves it to the driver.
	Device string
}

// A Session is one person at one screen. It is not safe for concurrent use;
// two tabs or two persons are two sessions.
//
// Every verb returns the screen that is before the person afterwards. An
// error means the person could not do it at all (there was no such button, the
// service did not answer); a refusal is a screen with messages.
type Session interface {
	// Search looks for words with the search page and returns its results.
	Search(ctx context.Context, words string) (Screen, error)
	// Home opens the company's home page.
	Home(ctx context.Context) (Screen, error)
	// Entrance goes from the home page to the log-in page, which is also the
	// way to a new registration.
	Entrance(ctx context.Context) (Screen, error)
	// Start goes from home to the first screen of a new registration.
	Start(ctx context.Context) (Screen, error)
	// Write writes into one field of the form, sends nothing, and returns
	// what is then said of it.
	Write(ctx context.Context, field, text string) (Screen, error)
	// Submit fills in the whole form, agrees to the terms unless the form says
	// otherwise, and goes on to the confirmation.
	Submit(ctx context.Context, form Form) (Screen, error)
	// Revise goes back from the confirmation to the form.
	Revise(ctx context.Context) (Screen, error)
	// Proceed goes on from the confirmation to the identity check.
	Proceed(ctx context.Context) (Screen, error)
	// EnterPasscode types a one-time passcode and sends it.
	EnterPasscode(ctx context.Context, passcode string) (Screen, error)
	// Reissue asks for another passcode.
	Reissue(ctx context.Context) (Screen, error)
	// FinishCall presses what completes the identity check by telephone.
	FinishCall(ctx context.Context) (Screen, error)
	// Restart goes from an end (expired, locked) to a new registration.
	Restart(ctx context.Context) (Screen, error)
	// OpenStep tries to go straight to a later step, as by an address kept from
	// another time or a request of one's own making. The step is named as its
	// screen's title names it.
	OpenStep(ctx context.Context, title string) (Screen, error)
	// Login goes on to the log-in page and logs in.
	Login(ctx context.Context, id, password string) (Screen, error)
	// Look returns the screen as it is now, asking the service again.
	Look(ctx context.Context) (Screen, error)
	// Again repeats the last verb that sent something, as a double click or a
	// reload of a page does.
	Again(ctx context.Context) (Screen, error)
	// Tab opens a second tab of the same person at the same place.
	Tab(ctx context.Context) (Session, error)
	// Evidence is what shows how things stand: pictures, page texts. It never
	// fails; what could not be had is left out.
	Evidence(ctx context.Context) []Evidence
	// Close ends the session.
	Close() error
}

// A Keeper is a Driver whose sessions can be left where they are and taken up
// again by another session, at a world that is a fork of theirs. It saves a
// scenario the way to where another one has been already.
type Keeper interface {
	Driver
	// Place is what a session at a world looks through: its device. Only a session
	// of the same place is taken up.
	Place(at World) string
	// Resume opens a session where another one was left, and returns what is
	// before the person there.
	Resume(ctx context.Context, at World, left Left) (Session, Screen, error)
}

// A Resumable is a Session that can be left. Left is nil where no address shows what
// is before the person: something was written and not sent, or opened on the page.
type Resumable interface {
	Left(ctx context.Context) (Left, error)
}

// Left is what a Keeper needs of a session that was left. Nobody else looks into it.
type Left any

// A Form is what a person writes into the registration form, as they would
// write it; it may be wrong in every way.
type Form struct {
	CardNumber           string // digits, as on the card; spaces and hyphens separate boxes
	ExpiryMonth          string
	ExpiryYear           string
	SecurityCode         string
	NetAnswerID          string
	Password             string
	PasswordConfirmation string
	EmailPC              string
	EmailMobile          string
	Newsletter           *bool // nil: left as the form offers it
	TermsDeclined        bool  // true: the form is sent without the button that agrees, as by a request of one's own making
}

// A Screen is what a person perceives.
type Screen struct {
	Title    string              // what the screen is called: 入力, 確認, ワンタイムパスコード認証, 完了, …
	Heading  string              // its main heading
	Headings []string            // all its headings
	Progress string              // the step marked as the current one: 入力, 確認, 完了; "" where none is shown
	Messages []string            // what the service says of what was just done: errors, notices
	Errors   map[string][]string // errors by the label of the field they stand at
	Values   map[string]string   // values shown, by their label
	Choices  map[string][]string // what can be chosen, by label
	Listed   []string            // what closed lists would offer, as often as it is in Text, where they are told apart from it
	Fields   []string            // names of the fields, and of groups of fields, that can be written in or ticked
	Actions  []string            // names of the buttons and links that can be pressed
	Pictures []string            // what the pictures say to who cannot see them
	Blocked  []string            // names of the buttons that are there and cannot be pressed
	Said     []string            // sentences that were not on the same screen before what was just done
	Cut      []string            // names of the fields that took only the beginning of what was written into them last
	Unknown  bool                // nobody can tell which of the guide's screens it is
	Text     string              // everything readable, whitespace folded
}

// Evidence is one thing kept of a failing scenario.
type Evidence struct {
	Name  string // a file name, e.g. screen.png
	Media string // its media type
	Bytes []byte
}

// Eyes are what only a session at a real screen has. A scenario that needs them
// is tagged @画面.
type Eyes interface {
	// Press presses the button or link of that name on the screen as it is.
	Press(ctx context.Context, name string) (Screen, error)
	// PressTwice presses it twice at once, as by a double click.
	PressTwice(ctx context.Context, name string) (Screen, error)
	// GoBack goes back in the history of the browser.
	GoBack(ctx context.Context) (Screen, error)
	// ScrollTerms scrolls the terms of use to their end.
	ScrollTerms(ctx context.Context) error
	// SubmitWithoutScrolling fills in the form and presses its button, leaving
	// the terms unread.
	SubmitWithoutScrolling(ctx context.Context, form Form) (Screen, error)
	// OpenTerms and CloseTerms open and close the terms where they stand
	// behind a button.
	OpenTerms(ctx context.Context) (Screen, error)
	CloseTerms(ctx context.Context) (Screen, error)
	// Choose chooses an option of a list, both by what they are called.
	Choose(ctx context.Context, list, option string) (Screen, error)
	// Type puts the cursor into a field and strikes one key after another,
	// wherever the cursor goes meanwhile.
	Type(ctx context.Context, field, text string) (Screen, error)
	// Paste puts the cursor into a field and pastes a text there.
	Paste(ctx context.Context, field, text string) (Screen, error)
	// OpenKeyboard opens the software keyboard of a field or group of fields.
	OpenKeyboard(ctx context.Context, field string) (Screen, error)
	// TypeOnScreen presses keys of the software keyboard that is open, by mouse
	// or, where byKeyboard, with Tab and Enter.
	TypeOnScreen(ctx context.Context, keys []string, byKeyboard bool) (Screen, error)
	// Strike strikes one key of the keyboard, as Escape.
	Strike(ctx context.Context, key string) (Screen, error)
	// Visible tells whether a text can be seen.
	Visible(ctx context.Context, text string) (bool, error)
	// Spot tells where a button or link stands.
	Spot(ctx context.Context, name string) (Spot, error)
	// Fits tells whether nothing reaches beyond the screen's width.
	Fits(ctx context.Context) (bool, error)
}

// Lists is what a driver can do where lists are drawn by scripts: what they offer is
// seen only when they are opened.
type Lists interface {
	// Offered opens the list of a field, or the lists, and returns what can be chosen.
	Offered(ctx context.Context, field string) ([]string, error)
}

// A Spot is where the middle of something stands, each as a part of the whole.
type Spot struct {
	Right, Down float64 // of the window, from its left and its top
	Page        float64 // of the whole page, from its top
}
