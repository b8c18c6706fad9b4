package ivr

import (
	"context"
	"errors"

	"example.com/netanswer/mocks/fault"
)

// Faults are the kinds that a call can have. A refusal is an exchange that
// cannot take it now, a time-out nobody who answers, a loss a line that is cut in
// the middle of what is said, a delay a late answer.
func Faults() []fault.Kind {
	return []fault.Kind{fault.Busy, fault.Refuse, fault.TimeOut, fault.Lose, fault.Delay}
}

// becomes is what becomes of a call that a fault happens to.
func becomes(d Dialling, f fault.Fault) Outcome {
	switch {
	case !d.Assigned:
		return Unassigned
	case f.Kind == fault.Busy:
		return Busy
	case f.Kind == fault.Refuse:
		return Refused
	case f.Kind == fault.TimeOut, d.Rings > 0 && f.By > d.Rings:
		return Unanswered
	}
	return Answered
}

// ErrCut is the error of a Line that is lost as a plan wants it.
var ErrCut = errors.New("計画した障害のため、話の途中で回線が切れました")

// Cut is a line that is lost in the middle of the first thing said on it.
func Cut(l Line) Line { return cut{l} }

type cut struct{ line Line }

// Hear implements Line.
func (c cut) Hear(ctx context.Context, s Sound) error {
	s.ULaw, s.Length = s.ULaw[:len(s.ULaw)/2], s.Length/2
	if err := c.line.Hear(ctx, s); err != nil {
		return err
	}
	return ErrCut
}

// Digits implements Line.
func (c cut) Digits(ctx context.Context, prompts []Sound, _ Keys) (string, error) {
	for _, p := range prompts {
		return "", c.Hear(ctx, p)
	}
	return "", ErrCut
}
