package world

import (
	"context"

	"example.com/netanswer/mocks/ivr"
)

// mute is the line of a call without sound: nothing takes any time.
type mute struct {
	digits []string
	leaves bool // hangs up at the first sound
	stays  bool // until somebody hangs up, by the world's clock
}

// Hear implements ivr.Line.
func (m *mute) Hear(context.Context, ivr.Sound) error {
	if m.leaves {
		return ivr.ErrHungUp
	}
	return nil
}

// Digits implements ivr.Line: the digits asked for next, as far as they fit.
func (m *mute) Digits(_ context.Context, _ []ivr.Sound, k ivr.Keys) (string, error) {
	if m.leaves {
		return "", ivr.ErrHungUp
	}
	if len(m.digits) == 0 {
		return "", nil
	}
	pressed := m.digits[0]
	m.digits = m.digits[1:]
	return k.Take(pressed), nil
}
