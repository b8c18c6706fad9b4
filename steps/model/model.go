// Package model is an oracle: from what was done by whom and when, it says what
// each person must perceive, on the screen, on the telephone, in the mailbox,
// and what must not be there. It is written from the guide and its register
// alone (pages 10 to 18 and 23 to 38, rules a-01 to a-28) and knows no
// implementation; members, policy and sentences are those of the fixtures.
//
// What is done is an Act, which is data. World.Do carries it out in the model and
// returns it as the steps of a scenario: what is done, and what must then be
// perceived, each with the rule that says so. Steps that are Ours demand what
// only the sandbox promises: its own sentences.
//
// Not modelled: pages besides those of a registration and of what a member has, how a
// message is carried.
package model

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"example.com/netanswer/fixtures"
)

// A Line is one step of a scenario.
type Line struct {
	Check bool // it expects something; else it does something
	Text  string
	Rows  [][]string // the table that follows it, nil for none
	Doc   string     // the text that follows it, "" for none
	Rule  string     // the rule that demands it
	Ours  bool       // demanded of the sandbox only
}

// A Person is somebody of the cast.
type Person struct {
	Called, Name, Birth string
	Phone, Email        string
	Cards               []fixtures.Card
	ID, Password        string // what the person chooses, or has from the start
}

// Config is what there is in a world before anything is done.
type Config struct {
	People []Person
	Policy Policy
	Texts  map[string]string // every sentence, by its id
	Now    time.Time
	App    bool   // the walk is one in the app
	Device string // iphone or android, of the app
	// Installing is how long the stores need, as the steps wait; 0 where nobody waits.
	Installing time.Duration
}

// A World is everything that the oracle knows of one world.
type World struct {
	Config
	Now time.Time

	windows  map[string]*[2]*window // by person; the first is the one in use
	second   map[string]bool        // who is at the second of them
	journeys []*journey             // in the order they were begun
	accounts map[string]*account    // by folded ID
	byCard   map[string]*account
	reserved map[string]*journey // who asked for an ID, by folded ID
	wrongPIN map[string]int      // in a row, by card
	enrolled map[string]int      // in 3-D Secure, by card
	unsure   map[string]bool     // cards whose enrolment the issuer did not take
	texts    map[string][]text   // by person
	mails    map[string][]letter // by address
	faults   map[string][]Fault  // by provider, the next one first
	serial   int                 // of passcodes
}

// A text is an SMS that arrived, a letter is a mail.
type (
	text struct {
		passcode int
		expires  time.Time
	}
	letter struct {
		subject  string
		passcode int // 0 for none
		of       *account
	}
)

// New is a world in which nothing was done yet.
func New(c Config) *World {
	w := &World{
		Config:   c,
		Now:      c.Now,
		windows:  map[string]*[2]*window{},
		second:   map[string]bool{},
		accounts: map[string]*account{},
		byCard:   map[string]*account{},
		reserved: map[string]*journey{},
		wrongPIN: map[string]int{},
		enrolled: map[string]int{},
		unsure:   map[string]bool{},
		texts:    map[string][]text{},
		mails:    map[string][]letter{},
		faults:   map[string][]Fault{},
	}
	for _, p := range c.People {
		for i, card := range p.Cards {
			if card.Account != nil {
				w.open(&account{id: card.Account.NetAnswerID, password: card.Account.Password, person: p.Called, card: i})
			}
		}
	}
	return w
}

// ErrCannot is the error of an act that cannot be done as things stand.
var ErrCannot = errors.New("it cannot be done now")

// Do carries an act out and returns it as steps. With an error, which wraps
// ErrCannot, nothing was done and the world must not be used further.
func (w *World) Do(a Act) ([]Line, error) {
	do, ok := verbs[a.Do]
	if !ok {
		return nil, fmt.Errorf("%w: there is no %q", ErrCannot, a.Do)
	}
	t := &teller{World: w, act: a}
	if do.person {
		p, ok := w.person(a.Who)
		if !ok {
			return nil, fmt.Errorf("%w: there is no %s", ErrCannot, a.Who)
		}
		t.p, t.win = p, w.window(a.Who)
		if j := t.win.journey; j != nil {
			w.settle(j)
		}
	}
	if !do.run(t) {
		return nil, fmt.Errorf("%w: %s", ErrCannot, a.Do)
	}
	return t.lines, nil
}

func (w *World) person(called string) (Person, bool) {
	i := slices.IndexFunc(w.People, func(p Person) bool { return p.Called == called })
	if i < 0 {
		return Person{}, false
	}
	return w.People[i], true
}

// window is the window that a person uses.
func (w *World) window(called string) *window {
	pair, ok := w.windows[called]
	if !ok {
		pair = &[2]*window{{}, {}}
		w.windows[called] = pair
	}
	return pair[0]
}

// Say is a sentence, with values put into its places.
func (w *World) Say(id string, pairs ...string) string {
	said := w.Texts[id]
	for i := 0; i+1 < len(pairs); i += 2 {
		said = strings.ReplaceAll(said, "{"+pairs[i]+"}", pairs[i+1])
	}
	return said
}

// sends tells whether a provider takes over what is handed to it, and how often it
// then arrives.
func (w *World) sends(provider string) (taken bool, times int) {
	switch w.next(provider) {
	case Refused, TimedOut:
		return false, 0
	case Lost:
		return true, 0
	case Doubled:
		return true, 2
	}
	return true, 1
}

// next uses up the fault that happens to the next question of a provider.
func (w *World) next(provider string) string {
	queue := w.faults[provider]
	if len(queue) == 0 {
		return ""
	}
	f := queue[0]
	if f.Times--; f.Times == 0 {
		w.faults[provider] = queue[1:]
	} else {
		w.faults[provider] = append([]Fault{f}, queue[1:]...)
	}
	return f.Kind
}

// A Fault is what goes wrong the next times at a provider.
type Fault struct {
	Kind  string
	Times int
}

// The kinds of faults, as a scenario calls them.
const (
	Refused  = "断られる"
	TimedOut = "応答がない"
	Lost     = "届かない"
	Doubled  = "二重に届く"
	Unheard  = "答えが失われる" // the issuer did what it was asked
	Engaged  = "話し中になる"
)
