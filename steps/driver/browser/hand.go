package browser

import (
	"context"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/playwright-community/playwright-go"
)

// hand finds, writes and tells where to press, in one round trip. Playwright's own
// locators need nine for each field and twenty for each button, and for each page a
// script of 320 KB, which is a third of what a scenario costs.
//
//go:embed hand.js
var hand string

// A writing is a text and the field that it is written into.
type writing struct {
	Group string // that the field belongs to, "" for none
	Label string // "" for any box of the group
	Nth   int    // of several; -1 for the only one
	List  bool   // it is a list, not a box
	Text  string
	Else  bool // of a list that does not offer Text, the prompt is chosen
}

// in is what goes into the only field of a label.
func in(label, text string) writing { return writing{Label: label, Nth: -1, Text: text} }

// about is what a writing is called in an error.
func (w writing) about() string {
	if w.Label == "" {
		return w.Group
	}
	return w.Label
}

// A target is what the hand presses: a button, a link, a box that is ticked.
type target struct {
	Name   string
	Roles  []string
	Look   bool  `json:",omitempty"` // it is looked for only
	Focus  bool  `json:",omitempty"` // the cursor is put there only
	Ticked *bool `json:",omitempty"` // it is pressed unless it is so already
}

// errMissing is wrapped where what a hand reaches for is not on the screen.
var errMissing = errors.New("there is no such thing on the screen")

// why says what the hand tells.
func (s *session) why(told string) error {
	switch told {
	case "":
		return nil
	case "missing":
		return fmt.Errorf("%w 「%s」", errMissing, s.title)
	case "several":
		return errors.New("there are several of that name")
	case "option":
		return errors.New("it does not offer that")
	case "covered":
		return errors.New("something else stands before it")
	default:
		return errors.New("it cannot be used")
	}
}

// A grip is what the hand answers.
type grip struct {
	At    int    // the writing that did not succeed
	Why   string // "" if all did
	Press bool   // something is to be pressed, at
	X, Y  float64
}

// handle has the hand do something.
func (s *session) handle(ctx context.Context, writes []writing, press *target) (grip, error) {
	words := make([]writing, len(writes))
	for i, w := range writes {
		w.Group, w.Label = s.config.word(w.Group), s.config.word(w.Label)
		words[i] = w
	}
	limit := s.config.Timeout
	if press != nil && press.Look {
		limit = 0
	}
	argument, err := json.Marshal(map[string]any{"writes": words, "press": press, "limit": limit.Milliseconds()})
	if err != nil {
		return grip{}, err
	}
	var g grip
	told, err := within(ctx, verbLimit*s.config.Timeout, func() (any, error) {
		return s.page.Evaluate(`(argument) => (`+hand+`)(JSON.parse(argument))`, string(argument))
	})
	if err != nil {
		return grip{}, gist(err)
	}
	text, _ := told.(string) // what is no text is no JSON either
	return g, json.Unmarshal([]byte(text), &g)
}

// write writes into fields, one after the other, in place of what is there.
func (s *session) write(ctx context.Context, writes ...writing) error {
	if err := context.Cause(ctx); err != nil {
		return err
	}
	var about []string
	for _, w := range writes {
		about = append(about, "「"+w.about()+"」")
	}
	defer s.titled(strings.Join(slices.Compact(about), "") + "に書く")()
	g, err := s.handle(ctx, writes, nil)
	if err == nil && g.Why == "" {
		return nil
	}
	at := writes[min(g.At, len(writes)-1)]
	verb := "write into"
	if at.List {
		verb = "choose in"
	}
	if err == nil {
		err = s.why(g.Why)
	}
	return fmt.Errorf("%s 「%s」: %w", verb, at.about(), err)
}

// pressNamed presses what has one of some roles and a name.
func (s *session) pressNamed(ctx context.Context, name string, roles ...string) error {
	return s.reaches(ctx, "press", target{Name: name, Roles: roles})
}

// reaches does something to a target, and waits for the page that it may lead to.
func (s *session) reaches(ctx context.Context, verb string, t target) error {
	if err := context.Cause(ctx); err != nil {
		return err
	}
	name := t.Name
	title := "「" + name + "」を押す"
	if t.Focus {
		title = "「" + name + "」へカーソルを移す"
	}
	defer s.titled(title)()
	t.Name = s.config.word(name)
	g, err := s.handle(ctx, nil, &t)
	if err == nil {
		err = s.why(g.Why)
	}
	if err != nil {
		return fmt.Errorf("%s 「%s」: %w", verb, name, err)
	}
	if !g.Press {
		return nil
	}
	times := 1
	if s.twice {
		times = 2
	}
	if _, err := within(ctx, s.config.Timeout, func() (none struct{}, err error) {
		return none, s.page.Mouse().Click(g.X, g.Y, playwright.MouseClickOptions{ClickCount: &times})
	}); err != nil {
		return fmt.Errorf("%s 「%s」: %w", verb, name, gist(err))
	}
	return s.arrive(ctx)
}

// sees tells whether something can be pressed just now. Who cannot look does not see
// it, and will be told why at the next thing they do.
func (s *session) sees(ctx context.Context, name string, roles ...string) bool {
	if s.config.Foreign != nil {
		return s.has(ctx, name)
	}
	if len(roles) == 0 {
		roles = []string{"link", "button"}
	}
	g, err := s.handle(ctx, nil, &target{Name: s.config.word(name), Roles: roles, Look: true})
	return err == nil && (g.Why == "" || g.Why == "several")
}
