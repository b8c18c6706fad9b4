package world

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"strings"
	"time"

	"example.com/netanswer/mocks/clock"
	"example.com/netanswer/mocks/sms"
	"example.com/netanswer/mocks/table"
)

// The refusals of forks and kept snapshots.
var (
	ErrNoWorld        = errors.New("there is no such world")
	ErrWorldExists    = errors.New("there is a world of that name already")
	ErrNoSnapshot     = errors.New("there is no such snapshot")
	ErrSnapshotExists = errors.New("there is a snapshot of that name already")
)

// Taken tells of a kept snapshot what it is of. The zero Taken is that of a
// world.
type Taken struct {
	World string    `json:"world"`
	At    time.Time `json:"at"` // by the machine's clock
	Note  string    `json:"note,omitempty"`
}

// An Origin is what a world began as a fork of: of a world, or of a kept snapshot.
// The zero Origin is that of a world that began from nothing.
type Origin struct {
	World    string `json:"world,omitempty"`
	Snapshot string `json:"snapshot,omitempty"`
}

// apart is a copy to go on from by itself, in a world of its own. What a copy
// shares with its original is never changed, except where a list grows into
// room at its end: there each needs its own.
//
// Whatever reaches a world from outside stays with the original: the numbers and
// addresses it has claimed, and what a provider has still to tell a sender of a
// message.
func (st State) apart() State {
	st.SMS, st.Mailbox, st.Timeline = st.SMS.Fork(), st.Mailbox.Fork(), st.Timeline.fork()
	st.SMS.Reports, st.SMS.Lent, st.Claims, st.Taken = nil, nil, table.Table[bool]{}, Taken{}
	return st
}

// resumed is a clock that goes on, where it runs, from what it showed at its
// last change, as if the machine's time had stood still since.
func resumed(c clock.Clock, machine time.Time) clock.Clock {
	c.Since = machine.Round(0)
	return c
}

// settled is a clock whose last change is now.
func settled(c clock.Clock, machine time.Time) clock.Clock {
	if c.Running {
		return c.Run(machine)
	}
	return c.Freeze(machine)
}

// Fork makes a world as another one is now and returns it. "" as its name makes
// one up. What happens in one of them is never seen in the other. It costs no
// more for a world that holds much.
func (s Control) Fork(ctx context.Context, from, into string) (Snapshot, error) {
	st, err := s.store.View(ctx, from)
	if err != nil {
		return Snapshot{}, err
	}
	if st.Name == "" {
		return Snapshot{}, fmt.Errorf("%w: %s", ErrNoWorld, from)
	}
	st.Clock = settled(st.Clock, s.machine())
	return s.begin(ctx, st, Origin{World: from}, into)
}

// begin makes a world of a state. Its timeline is not told, because that would
// copy it; its Origin is.
func (s Control) begin(ctx context.Context, st State, from Origin, into string) (Snapshot, error) {
	if into == "" {
		into = MadeUp(from.World + from.Snapshot)
	}
	st = st.apart()
	machine := s.machine()
	st.Name, st.CreatedAt, st.From, st.Clock = into, machine, from, resumed(st.Clock, machine)
	err := s.store.Update(context.WithoutCancel(ctx), into, func(there *State) error {
		if there.Name != "" {
			return fmt.Errorf("%w: %s", ErrWorldExists, into)
		}
		*there = st
		return nil
	})
	return s.snapshot(st), err
}

// MadeUp is a name that nobody has used, for what is made of a world or snapshot.
func MadeUp(from string) string {
	const letters = 8
	return from[:min(len(from), 63-1-letters)] + "-" + strings.ToLower(rand.Text()[:letters])
}

// still are the reports that are yet to be told in both of two states of a world.
func still(before, now []sms.Report) []sms.Report {
	type key struct {
		id string
		s  sms.Status
	}
	open := map[key]bool{}
	for _, r := range now {
		open[key{r.ID, r.Status}] = true
	}
	var left []sms.Report
	for _, r := range before {
		if open[key{r.ID, r.Status}] {
			left = append(left, r)
		}
	}
	return left
}
