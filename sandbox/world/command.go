package world

import (
	"context"
	"errors"
	"time"

	"example.com/netanswer/sandbox/registration"
)

// A command is one thing done to a registration.
type command struct {
	channel   registration.Channel // a registration of the other one is unknown
	world, id string
	what      string      // for the timeline
	key       string      // the client's idempotency key, "" for none
	op        string      // which step it is; a key belongs to it
	settles   Owed        // what undo takes out of what is to be told
	undo      bool        // it takes back what the same key did before
	sends     func() bool // whether it made up a passcode to send; nil: it did not
}

// An Answered is what a command with an idempotency key came to. Done once more,
// it comes to the same and changes nothing.
type Answered struct {
	Key     string               `json:"key"`
	Op      string               `json:"op"`
	Refused []registration.Error `json:"refused,omitempty"`
	// Asking is since when, by the machine's clock, somebody is asked who counts
	// what he is asked. It has come to nothing yet.
	Asking time.Time `json:"asking,omitzero"`
}

// maxAnswered is how many keys are kept of a registration: the newest.
const maxAnswered = 32

func errKey() *registration.Error {
	return &registration.Error{Kind: registration.Invalid, Code: "idempotency_key_reused", Text: "error.idempotency_key"}
}

// answered tells whether a command was done before, and what it then came to.
func (st *State) answered(d command) (refused error, again bool) {
	if d.key == "" || d.undo {
		return nil, false
	}
	all, _ := st.Answered.Get(d.id)
	for _, a := range all {
		switch {
		case a.Key != d.key:
		case a.Op != d.op:
			return errKey(), true
		case !a.Asking.IsZero(): // it has come to nothing yet
		default:
			var errs registration.Errors
			for _, e := range a.Refused {
				errs = append(errs, &e)
			}
			return errs.Err(), true
		}
	}
	return nil, false
}

// remember keeps what a command came to. That something behind the service did
// not answer is no result: the same key may be tried again.
func (st *State) remember(d command, refused error) {
	if d.key == "" {
		return
	}
	result := Answered{Key: d.key, Op: d.op}
	unready := false
	for _, e := range Refusals(refused) {
		unready = unready || e.Kind == registration.Unready
		result.Refused = append(result.Refused, *e)
	}
	kept := st.otherwise(d)
	if !unready {
		kept = append(kept, result)
	}
	st.Answered.Put(d.id, kept[max(0, len(kept)-maxAnswered):])
}

// otherwise is what a registration's commands with other keys came to, in a slice
// of its own: that of before belongs to snapshots.
func (st *State) otherwise(d command) []Answered {
	all, _ := st.Answered.Get(d.id)
	kept := make([]Answered, 0, len(all)+1)
	for _, a := range all {
		if a.Key != d.key {
			kept = append(kept, a)
		}
	}
	return kept
}

// ask notes that somebody is asked for a command from now on, and asking since when
// that is so; zero, if it is not.
func (st *State) ask(d command, machine time.Time) {
	kept := append(st.otherwise(d), Answered{Key: d.key, Op: d.op, Asking: machine})
	st.Answered.Put(d.id, kept[max(0, len(kept)-maxAnswered):])
}

func (st *State) asking(d command) time.Time {
	all, _ := st.Answered.Get(d.id)
	for _, a := range all {
		if a.Key == d.key {
			return a.Asking
		}
	}
	return time.Time{}
}

// Refusals takes a refusal apart.
func Refusals(refused error) []*registration.Error {
	var several registration.Errors
	if errors.As(refused, &several) {
		return several
	}
	var one *registration.Error
	if errors.As(refused, &one) {
		return []*registration.Error{one}
	}
	return nil
}

// execute does one thing to a registration, atomically. do returns the
// registration as it then is, and with what the member is told if refused.
func (s *core) execute(ctx context.Context, d command, do Rule) (Step, error) {
	var step Step
	later := false // what is due is handed over after the change
	change := func(st *State, now time.Time) error {
		owed := len(st.Outbox)
		before, ok := st.Registrations.Get(d.id)
		if !ok || before.Channel != d.channel {
			return errUnknown()
		}
		before = s.shown(st, before, now)
		if refused, again := st.answered(d); again {
			step.Registration, step.Refused = before.At(st.Policy, now), refused
			return nil
		}
		after, refused := s.ruled(st, d.op, do)(st, before, now)
		if after.State == registration.AwaitCall && before.State != after.State {
			after.Call.Shown = st.Timeline.Serial + 1 // that of the event written below
		}
		step.Registration, step.Refused = after, refused
		st.Registrations.Put(d.id, after)
		switch {
		case d.undo:
			st.settle(d.settles)
		case refused == nil && d.sends != nil && d.sends():
			st.owe(Owed{Registration: after.ID, Code: after.Passcode.Code, Key: d.key, Op: d.op}, s.machine())
		}
		st.remember(d, refused)
		note := ""
		if refused != nil {
			note = "（" + refused.Error() + "）"
		}
		st.Timeline.add(now, "registration", d.what+note+stateChange(before.State, after.State), d.id)
		if !later {
			s.handOverNow(ctx, st, owed, now)
		}
		return nil
	}
	m, err := s.act(ctx, d.world, Act{Op: d.op, ID: d.id}, change)
	if errors.Is(err, ErrWorlds) { // the message may be too much for it, and not the change
		later = true
		m, err = s.act(ctx, d.world, Act{Op: d.op, ID: d.id}, change)
	}
	step.Snapshot = m
	var unknown *registration.Error
	if errors.As(err, &unknown) {
		m, err := s.Snapshot(ctx, d.world)
		return Step{Snapshot: m, Refused: unknown}, err
	}
	return step, err
}
