package world

import (
	"cmp"
	"context"
	"errors"
	"time"

	"example.com/netanswer/sandbox/registration"
)

// A Caller is who calls the free-dial number, as a telephone tells it.
type Caller struct {
	From     string // "" where it is withheld
	Withheld bool
	To       string
}

// A Wired is a call as a telephone that is not in this process, but asks over the
// wire, tells of it.
type Wired struct {
	ID     string // the telephone's own name of it
	Placed time.Time
}

// ErrCallOver is the error of a call over the wire that has ended, or that was
// never answered so: what is told of it was told before, or of another call.
var ErrCallOver = errors.New("this call has ended, or was not answered like this")

// An Answer is what a caller hears.
type Answer struct {
	Says string
	Call Wired
	// Awaited tells whether a registration answers. Only then is anything to be
	// told of the call by Hears and Ends.
	Awaited bool
}

// Answer is what a caller is to hear (p35-4). The call, if it is awaited, is that of
// one registration from now on; "" for its id gives it one.
func (s Telephone) Answer(ctx context.Context, name, id string, c Caller) (Answer, error) {
	from := c.From
	if c.Withheld {
		from = ""
	}
	m, err := s.Snapshot(ctx, name)
	if err != nil {
		return Answer{}, err
	}
	sentence, _ := m.guidance(from, c.To)
	a := Answer{Says: m.Say(sentence), Call: Wired{ID: id, Placed: m.Now}}
	if _, waits := m.awaiting(from, c.To, m.Now); !waits && (id == "" || !m.knows(id)) {
		return a, nil // a world is not changed by who concerns nobody
	}
	if id == "" {
		a.Call.ID = s.source.Token()
	}
	_, err = s.update(ctx, name, func(st *State, now time.Time) error {
		if r, l, ok := st.line(a.Call.ID); ok {
			a.Awaited, a.Call.Placed = true, l.Placed
			if l.Over || registration.Digits(from) != registration.Digits(r.Holder.Phone) {
				return ErrCallOver
			}
			return nil
		}
		r, ok := st.awaiting(from, c.To, now)
		if a.Awaited, a.Call.Placed = ok, now; ok {
			st.Registrations.Put(r.ID, r.Keeps(registration.Line{ID: a.Call.ID, Placed: now, Unheard: true}))
		}
		return nil
	})
	return a, err
}

// Hears notes that the guidance of a call was heard to its end. Unless it is over
// by that, nothing is confirmed before Ends.
func (s Telephone) Hears(ctx context.Context, name string, c Wired, over bool) error {
	return s.wired(ctx, name, c.ID, func(st *State, r registration.Registration, l registration.Line, now time.Time) error {
		if l.Over || !l.Placed.Equal(c.Placed) {
			return ErrCallOver
		}
		l.Unheard, l.Over = false, over
		st.Registrations.Put(r.ID, r.Keeps(l))
		if over {
			st.confirm(r.ID, l.Placed, now)
		}
		return nil
	})
}

// Ends takes a call that such a telephone calls id for over. If it was heard to
// its end, it confirms the registration that answered it, unless the line was
// lost. A call that no registration answered changes nothing, and neither does the
// same end told once more, as telephones do that did not hear the answer.
func (s Telephone) Ends(ctx context.Context, name, id string, lost bool) error {
	m, err := s.Snapshot(ctx, name)
	if err != nil || !m.knows(id) {
		return err
	}
	return s.wired(ctx, name, id, func(st *State, r registration.Registration, l registration.Line, now time.Time) error {
		switch {
		case l.Over && l.Lost == lost:
			return nil
		case l.Over:
			return ErrCallOver
		}
		l.Over, l.Lost = true, lost
		st.Registrations.Put(r.ID, r.Keeps(l))
		if !l.Unheard && !lost {
			st.confirm(r.ID, l.Placed, now)
		}
		return nil
	})
}

// wired changes a world by a call over the wire that a registration answered.
func (s Telephone) wired(
	ctx context.Context, name, id string, change func(*State, registration.Registration, registration.Line, time.Time) error,
) error {
	_, err := s.update(ctx, name, func(st *State, now time.Time) error {
		r, l, ok := st.line(id)
		if !ok {
			return ErrCallOver
		}
		return change(st, r, l, now)
	})
	return err
}

// line is a call over the wire, and the registration that answered it.
func (st *State) line(id string) (registration.Registration, registration.Line, bool) {
	for _, r := range st.Registrations.All() {
		if l, ok := r.Call.Line(id); ok {
			return r, l, true
		}
	}
	return registration.Registration{}, registration.Line{}, false
}

func (st *State) knows(id string) bool {
	_, _, ok := st.line(id)
	return ok
}

// confirm takes a call that was placed for a registration at a time for heard out
// and over.
func (st *State) confirm(id string, placed, now time.Time) {
	before, ok := st.Registrations.Get(id)
	if !ok {
		return
	}
	after := before.Heard(st.Policy, placed, now)
	st.Registrations.Put(id, after)
	if before.Call.ConfirmedAt.IsZero() && !after.Call.ConfirmedAt.IsZero() {
		st.Timeline.add(now, "registration", "電話でご本人様を確認しました", id)
	}
}

// awaiting is the registration that a call from a number, "" where it is withheld,
// is placed for. Of several that wait for
// the same telephone, it is the one whose screen was shown last, also where the
// clock stands still between them.
func (st *State) awaiting(from, to string, at time.Time) (found registration.Registration, ok bool) {
	for _, r := range st.Registrations.All() {
		if r.Answers(st.Policy, at, from, to) && (!ok || later(r.Call, found.Call)) {
			found, ok = r, true
		}
	}
	return found, ok
}

// later tells whether the screen of a call was shown after that of another.
func later(a, b registration.Call) bool {
	return cmp.Or(a.ShownAt.Compare(b.ShownAt), cmp.Compare(a.Shown, b.Shown)) > 0
}

// guidance is the text that a caller hears (p35-4, a-10, a-12), and the id of the
// registration that the call is placed for, "" for none.
func (m Snapshot) guidance(caller, to string) (text, registrationID string) {
	if caller == "" {
		return "guidance.withheld", ""
	}
	if r, ok := m.awaiting(caller, to, m.Now); ok {
		return "guidance.confirmed", r.ID
	}
	for _, r := range m.Registrations.All() {
		late := r.At(m.Policy, m.Now)
		if late.State == registration.Expired && late.Reason == registration.CallTooLate &&
			registration.Digits(caller) == registration.Digits(r.Holder.Phone) {
			return "guidance.too_late", ""
		}
	}
	return "guidance.unknown", ""
}
