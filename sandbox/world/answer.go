package world

import (
	"fmt"
	"time"
)

// What the reference backend does where the telephone is not in this process,
// but asks it over the wire.

// A Caller is who calls the free-dial number, as a telephone tells it.
type Caller struct {
	From     string // "" where it is withheld
	Withheld bool
	To       string
}

// AnswerCall is what a caller is to hear (p35-4), and when the call was placed
// by the world's clock.
func (s *Service) AnswerCall(name string, c Caller) (says string, placed time.Time, err error) {
	from := c.From
	if c.Withheld {
		from = ""
	}
	m, err := s.Snapshot(name)
	if err != nil {
		return "", time.Time{}, err
	}
	return m.Say(m.guidance(from, c.To)), m.Now, nil
}

// CallHeard takes a call that was placed at a moment for heard out: a caller who
// is awaited confirms the registration.
func (s *Service) CallHeard(name string, c Caller, placed time.Time) error {
	_, err := s.update(name, func(st *State, now time.Time) error {
		if placed.After(now) {
			return fmt.Errorf("%w: a call of the future", ErrRequest)
		}
		st.confirm(c, placed, now)
		return nil
	})
	return err
}
