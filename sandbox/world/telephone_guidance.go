package world

import (
	"cmp"
	"context"
	"fmt"
	"time"

	"example.com/netanswer/sandbox/registration"
)

// A Caller is who calls the free-dial number, as a telephone tells it.
type Caller struct {
	From     string // "" where it is withheld
	Withheld bool
	To       string
}

// Answer is what a caller is to hear (p35-4), and when the call was placed by the
// world's clock: for a telephone that is not in this process, but asks over the
// wire.
func (s Telephone) Answer(ctx context.Context, name string, c Caller) (says string, placed time.Time, err error) {
	from := c.From
	if c.Withheld {
		from = ""
	}
	m, err := s.Snapshot(ctx, name)
	if err != nil {
		return "", time.Time{}, err
	}
	return m.Say(m.guidance(from, c.To)), m.Now, nil
}

// HeardOut takes a call that such a telephone placed at a time for heard out and
// over: a caller who is awaited confirms the registration. It is for a telephone
// that cannot tell the end of a call; others tell Hears and then Ends.
func (s Telephone) HeardOut(ctx context.Context, name string, c Caller, placed time.Time) error {
	return s.placed(ctx, name, placed, func(st *State, now time.Time) { st.confirm(c, placed, now) })
}

// Hears notes that the guidance of a call, which the telephone calls id, was heard
// to its end. Nothing is confirmed before Ends.
func (s Telephone) Hears(ctx context.Context, name, id string, c Caller, placed time.Time) error {
	return s.placed(ctx, name, placed, func(st *State, _ time.Time) {
		if r, ok := st.awaiting(c.From, c.Withheld, c.To, placed); ok {
			st.Registrations.Put(r.ID, r.HearsOut(registration.HeardOut{ID: id, Placed: placed}))
		}
	})
}

// placed changes a world by a call that was placed at a time, which is past.
func (s Telephone) placed(ctx context.Context, name string, at time.Time, change func(*State, time.Time)) error {
	_, err := s.update(ctx, name, func(st *State, now time.Time) error {
		if at.After(now) {
			return fmt.Errorf("%w: a call of the future", ErrRequest)
		}
		change(st, now)
		return nil
	})
	return err
}

// Ends takes a call that such a telephone calls id for over. It confirms the
// registration that noted by Hears that it was heard to its end, unless the line
// was lost. A call that nobody noted changes nothing.
func (s Telephone) Ends(ctx context.Context, name, id string, lost bool) error {
	m, err := s.Snapshot(ctx, name)
	if err != nil {
		return err
	}
	if _, ok := m.heardOut(id); !ok {
		return nil
	}
	_, err = s.update(ctx, name, func(st *State, now time.Time) error {
		r, ok := st.heardOut(id)
		if !ok {
			return nil // told twice at once
		}
		placed, _ := r.Call.Heard(id)
		if r = r.Forgets(id); !lost {
			r = r.Heard(st.Policy, placed, now)
			st.Timeline.add(now, "registration", identifiedByCall, r.ID)
		}
		st.Registrations.Put(r.ID, r)
		return nil
	})
	return err
}

// heardOut is the registration that noted that a call was heard to its end.
func (st *State) heardOut(id string) (registration.Registration, bool) {
	for _, r := range st.Registrations.All() {
		if _, ok := r.Call.Heard(id); ok {
			return r, true
		}
	}
	return registration.Registration{}, false
}

const identifiedByCall = "電話でご本人様を確認しました"

// confirm confirms the registration, if there is one, that a call placed at a
// time and heard out confirms.
func (st *State) confirm(c Caller, placed, now time.Time) {
	if r, ok := st.awaiting(c.From, c.Withheld, c.To, placed); ok {
		st.Registrations.Put(r.ID, r.Heard(st.Policy, placed, now))
		st.Timeline.add(now, "registration", identifiedByCall, r.ID)
	}
}

// awaiting is the registration that a call confirms. Of several that wait for
// the same telephone, it is the one whose screen was shown last, also where the
// clock stands still between them.
func (st *State) awaiting(from string, withheld bool, to string, at time.Time) (found registration.Registration, ok bool) {
	if withheld {
		return found, false
	}
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

// guidance is the text that a caller hears (p35-4, a-10, a-12).
func (m Snapshot) guidance(caller, to string) string {
	if caller == "" {
		return "guidance.withheld"
	}
	if _, ok := m.awaiting(caller, false, to, m.Now); ok {
		return "guidance.confirmed"
	}
	for _, r := range m.Registrations.All() {
		late := r.At(m.Policy, m.Now)
		if late.State == registration.Expired && late.Reason == registration.CallTooLate &&
			registration.Digits(caller) == registration.Digits(r.Holder.Phone) {
			return "guidance.too_late"
		}
	}
	return "guidance.unknown"
}
