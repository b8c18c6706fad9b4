package browser

import (
	"context"
	_ "embed"
	"encoding/json"
	"fmt"

	"example.com/netanswer/steps/driver"
)

//go:embed screen.js
var readScreen string

// A reading is a screen and where it was.
type reading struct {
	driver.Screen
	Address string
	Whole   string // title of the document
}

// read reads the screen as it is, in one round trip, and keeps what later
// verbs need of it.
func (s *session) read(ctx context.Context) (driver.Screen, error) {
	if s.config.Foreign != nil {
		return s.perceived(ctx)
	}
	told, err := s.evaluate(
		ctx,
		readScreen,
		map[string]any{"progressList": s.config.word(progressList), "joined": s.joined(), "titleEnd": titleEnd},
	)
	if err != nil {
		return driver.Screen{}, fmt.Errorf("read the screen: %w", err)
	}
	var r reading
	text, _ := told.(string) // what is no text is no JSON either
	if err := json.Unmarshal([]byte(text), &r); err != nil {
		return driver.Screen{}, fmt.Errorf("read the screen: %w", err)
	}
	s.title = r.Title
	if s.watch.asked() {
		s.here = r.Address
		s.kept[r.Title] = page(r.Address)
	}
	return r.Screen, nil
}

// joined are the groups whose fields are one thing to a person, and what
// stands between them when they write it down.
func (s *session) joined() map[string]any {
	return map[string]any{s.config.word(cardNumber): "-", s.config.word(expiry): "/"}
}

// evaluate runs a function on the page, for as long as a person would wait: a
// page that is busy for ever never answers.
func (s *session) evaluate(ctx context.Context, function string, argument any) (any, error) {
	value, err := within(ctx, s.config.Timeout, func() (any, error) { return s.page.Evaluate(function, argument) })
	if err != nil {
		return nil, gist(err)
	}
	return value, nil
}
