package world

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"time"
)

// keptChanges is how many changes of a world can be taken back.
const keptChanges = 20

// A Change is what a person has changed of a world's policy or texts, so that it can be
// taken back.
type Change struct {
	Was Arrangement `json:"was"`
	Now Arrangement `json:"now"`
}

// An Arrangement is some values of a policy and some texts, by name. An empty text is
// the table's own.
type Arrangement struct {
	Policy map[string]json.RawMessage `json:"policy,omitempty"`
	Texts  map[string]string          `json:"texts,omitempty"`
}

// LastChange is the last change that can be taken back, and its number: none where the
// world is not any more as it left it.
func (m Snapshot) LastChange() (Change, string, bool) { return m.lastChange() }

func (st *State) lastChange() (Change, string, bool) {
	serials := st.Changes.Keys()
	if len(serials) == 0 {
		return Change{}, "", false
	}
	serial := slices.Max(serials)
	made, _ := st.Changes.Get(serial)
	return made, serial, st.arrangement(made.Now).equal(made.Now)
}

// arrangement is what a world has of the same names.
func (st *State) arrangement(names Arrangement) Arrangement {
	a := Arrangement{Policy: map[string]json.RawMessage{}, Texts: map[string]string{}}
	values := map[string]json.RawMessage{}
	text, err := json.Marshal(st.Policy)
	if err == nil {
		err = json.Unmarshal(text, &values)
	}
	if err != nil {
		panic(err) // plain data, written a line ago
	}
	for name := range names.Policy {
		a.Policy[name] = values[name]
	}
	for id := range names.Texts {
		a.Texts[id], _ = st.Texts.Get(id)
	}
	return a
}

func (a Arrangement) equal(b Arrangement) bool {
	same := func(x, y json.RawMessage) bool { return bytes.Equal(x, y) }
	return maps.EqualFunc(a.Policy, b.Policy, same) && maps.Equal(a.Texts, b.Texts)
}

// keepChange keeps what has changed since the world was as before says, of the same
// names. The oldest makes room.
func (st *State) keepChange(before Arrangement) {
	made := Change{Was: before, Now: st.arrangement(before)}
	for name, now := range made.Now.Policy {
		if bytes.Equal(now, made.Was.Policy[name]) {
			delete(made.Was.Policy, name)
			delete(made.Now.Policy, name)
		}
	}
	for id, now := range made.Now.Texts {
		if now == made.Was.Texts[id] {
			delete(made.Was.Texts, id)
			delete(made.Now.Texts, id)
		}
	}
	if len(made.Now.Policy)+len(made.Now.Texts) == 0 {
		return
	}
	st.Changes.Put(fmt.Sprintf("%012d", st.Timeline.Serial), made)
	if serials := st.Changes.Keys(); len(serials) > keptChanges {
		st.Changes.Delete(slices.Min(serials))
	}
}

// ErrChange is the error of a change that cannot be taken back, or not any more.
var ErrChange = fmt.Errorf("%w: that change cannot be taken back any more", ErrRequest)

// TakeBack takes the last change back, whose number that must be.
func (s Control) TakeBack(ctx context.Context, name, serial string) error {
	_, err := s.update(ctx, name, func(st *State, now time.Time) error {
		made, last, ok := st.lastChange()
		if !ok || last != serial {
			return ErrChange
		}
		if err := s.rearrange(st, made.Was, now); err != nil {
			return err
		}
		st.Changes.Delete(serial)
		return nil
	})
	return err
}

// rearrange puts values and texts into a world.
func (s Control) rearrange(st *State, a Arrangement, now time.Time) error {
	setup := Setup{Texts: a.Texts}
	if len(a.Policy) > 0 {
		text, err := json.Marshal(a.Policy)
		if err != nil {
			return err
		}
		setup.Policy = text
	}
	return s.reorder(st, setup, now)
}

// checked refuses a change that no world of this table of texts and this policy can
// have had. Values that fit only together are looked at when they are taken back.
func (w *words) checked(st *State, made Change) error {
	for _, a := range []Arrangement{made.Was, made.Now} {
		scratch, policy := *st, st.Policy
		if err := w.reword(&scratch, a.Texts); err != nil {
			return err
		}
		for name, value := range a.Policy {
			if err := setPolicy(&policy, name, value); err != nil {
				return err
			}
		}
	}
	return nil
}
