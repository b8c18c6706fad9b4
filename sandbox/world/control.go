package world

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"time"
)

// Control is what a test does to a world: it arranges it, adds members, plans
// faults, waits for messages and ends it. It is got from Service.Control.
type Control struct{ *core }

// A Setup says how a world is to be changed. What is left zero stays.
type Setup struct {
	Clock  ClockMove
	Policy json.RawMessage   // a JSON merge patch of registration.Policy
	Texts  map[string]string // an empty sentence restores the table's own
	// Defects are what is broken on purpose from now on; nil leaves it as it is.
	Defects []string
	// Kept keeps what is changed of policy and texts, so that it can be taken back.
	Kept bool
}

// names are the values and texts that a setup may change.
func (s Setup) names() (Arrangement, error) {
	a := Arrangement{Policy: map[string]json.RawMessage{}, Texts: s.Texts}
	if len(s.Policy) == 0 {
		return a, nil
	}
	if err := json.Unmarshal(s.Policy, &a.Policy); err != nil {
		return a, fmt.Errorf("%w: policy: %w", ErrRequest, err)
	}
	return a, nil
}

// Arrange changes a world, making it where it does not exist; all or nothing.
func (s Control) Arrange(ctx context.Context, name string, setup Setup) (Snapshot, error) {
	m, err := s.update(ctx, name, func(st *State, now time.Time) error {
		if err := st.moveClock(setup.Clock, s.machine()); err != nil {
			return err
		}
		names, err := setup.names()
		if err != nil {
			return err
		}
		before := st.arrangement(names)
		if err := s.reorder(st, setup, now); err != nil {
			return err
		}
		if setup.Kept {
			st.keepChange(before)
		}
		if setup.Defects != nil {
			if err := s.infect(st, setup.Defects, now); err != nil {
				return err
			}
		}
		if st.Timeline.Serial == 0 { // nothing was asked for but the world itself
			st.Timeline.add(now, "world", "ワールドを用意しました", "")
		}
		return nil
	})
	if err == nil {
		m = s.snapshot(m.State) // the clock may show another time now
	}
	return m, err
}

// reorder changes policy and texts.
func (s Control) reorder(st *State, setup Setup, now time.Time) error {
	if len(setup.Policy) > 0 {
		if err := st.patchPolicy(setup.Policy); err != nil {
			return err
		}
		st.Timeline.add(now, "policy", "方針を変えました: "+string(setup.Policy), "")
	}
	for _, id := range slices.Sorted(maps.Keys(setup.Texts)) {
		st.Timeline.add(now, "text", "文言を変えました: "+id+" = "+setup.Texts[id], "")
	}
	return s.words.reword(st, setup.Texts)
}
