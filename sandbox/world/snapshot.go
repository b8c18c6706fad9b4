package world

import (
	"time"

	"example.com/netanswer/sandbox/registration"
)

// A Snapshot is a world at one point in time: a snapshot, what its clock shows,
// and its sentences.
type Snapshot struct {
	State
	Now   time.Time
	words *words
	shown func(*State, registration.Registration, time.Time) registration.Registration
}

// Say returns the sentence id in this world's wording, with its {places}
// filled from pairs of name and value. An id that no table has is a mistake of
// ours and panics.
func (m Snapshot) Say(id string, pairs ...string) string {
	text, ok := m.Texts.Get(id)
	if !ok {
		text = m.words.text(id)
	}
	return fill(text, pairs)
}

// Explain is the sentence a member reads of a refusal.
func (m Snapshot) Explain(e *registration.Error) string {
	pairs := make([]string, 0, 2*len(e.Args))
	for name, value := range e.Args {
		pairs = append(pairs, name, value)
	}
	return m.Say(e.Text, pairs...)
}

// Registration returns a registration as it is in this snapshot.
func (m Snapshot) Registration(id string) (registration.Registration, error) {
	r, ok := m.Registrations.Get(id)
	if !ok {
		return registration.Registration{}, errUnknown()
	}
	return m.shown(&m.State, r, m.Now).At(m.Policy, m.Now), nil
}

// Strength is what the safety meter says of an ID or a password (p29-4). The
// value is looked at and forgotten.
func (m Snapshot) Strength(value string) (level registration.Strength, sentence string) {
	level = registration.StrengthOf(value)
	return level, m.Say("input.strength", "level", m.Say(level.Text()))
}
