package world

import (
	"context"
	"fmt"
)

// maxNote bounds what somebody writes to a snapshot.
const maxNote = 200

// A Taking says what a snapshot is to be taken of.
type Taking struct {
	World   string
	Note    string // what it is good for, "" for nothing
	Replace bool   // a snapshot of that name makes room
}

// Take keeps a world as it is now under a name, until Forget. fresh is false
// where it replaced another snapshot. It costs no more for a world that holds much.
func (s Control) Take(ctx context.Context, snapshot string, t Taking) (kept Snapshot, fresh bool, err error) {
	st, err := s.store.View(ctx, t.World)
	switch {
	case err != nil:
		return Snapshot{}, false, err
	case st.Name == "":
		return Snapshot{}, false, fmt.Errorf("%w: %s", ErrNoWorld, t.World)
	case len([]rune(t.Note)) > maxNote:
		return Snapshot{}, false, fmt.Errorf("%w: the note has more than %d characters", ErrRequest, maxNote)
	}
	reports := st.SMS.Reports // whether they are still to be told is decided by Restore
	machine := s.machine()
	st = st.apart()
	st.SMS.Reports, st.Clock = reports[:len(reports):len(reports)], settled(st.Clock, machine)
	st.Name, st.Taken = snapshot, Taken{World: t.World, At: machine.Round(0), Note: t.Note}
	fresh, err = s.keep(ctx, snapshot, st, t.Replace)
	return s.kept(st), fresh, err
}

// keep keeps a state as a snapshot.
func (s Control) keep(ctx context.Context, snapshot string, st State, replace bool) (fresh bool, err error) {
	err = s.snapshots.Update(context.WithoutCancel(ctx), snapshot, func(there *State) error {
		if fresh = there.Name == ""; !fresh && !replace {
			return fmt.Errorf("%w: %s", ErrSnapshotExists, snapshot)
		}
		*there = st
		return nil
	})
	return fresh, err
}

// kept is a kept state at the time that its clock showed.
func (s Control) kept(st State) Snapshot { return s.at(&st, st.Clock.Now(st.Clock.Since)) }

// Kept returns a kept snapshot.
func (s Control) Kept(ctx context.Context, snapshot string) (Snapshot, error) {
	st, err := s.snapshots.View(ctx, snapshot)
	if err == nil && st.Name == "" {
		err = fmt.Errorf("%w: %s", ErrNoSnapshot, snapshot)
	}
	if err != nil {
		return Snapshot{}, err
	}
	return s.kept(st), nil
}

// AllKept returns the kept snapshots, by name.
func (s Control) AllKept(ctx context.Context) ([]Snapshot, error) {
	states, err := s.snapshots.List(ctx)
	if err != nil {
		return nil, err
	}
	all := make([]Snapshot, len(states))
	for i, st := range states {
		all[i] = s.kept(st)
	}
	return all, nil
}

// Forget ends a kept snapshot; no such snapshot is no error. What was made of it
// stays.
func (s Control) Forget(ctx context.Context, snapshot string) error {
	return s.snapshots.Delete(ctx, snapshot)
}

// ForkKept makes a world as a kept snapshot is; see Fork. Its clock shows what
// it showed when the snapshot was taken, and goes on from there if it ran.
func (s Control) ForkKept(ctx context.Context, snapshot, into string) (Snapshot, error) {
	m, err := s.Kept(ctx, snapshot)
	if err != nil {
		return Snapshot{}, err
	}
	return s.begin(ctx, m.State, Origin{Snapshot: snapshot}, into)
}

// Restore makes a world as a kept snapshot is, instead of what it was. Its claims
// stay as they are. Numbers go on from where they are, so that no id is given
// twice; what a sender has been told of a message is not told again.
func (s Control) Restore(ctx context.Context, world, snapshot string) (Snapshot, error) {
	m, err := s.Kept(ctx, snapshot)
	if err != nil {
		return Snapshot{}, err
	}
	var after State
	machine := s.machine()
	err = s.store.Update(context.WithoutCancel(ctx), world, func(st *State) error {
		if st.Name == "" {
			*st = s.freshState(world)
		}
		before := *st
		*st = m.apart()
		st.Name, st.CreatedAt, st.Clock, st.Claims = world, machine, resumed(m.Clock, machine), before.Claims
		if m.Taken.World == world {
			st.SMS.Reports = still(m.SMS.Reports, before.SMS.Reports)
		}
		st.SMS.Lent = before.SMS.Lent
		st.goOn(before)
		st.Timeline.add(st.Clock.Now(machine), "world", "スナップショット "+snapshot+" に戻しました", "")
		after = *st
		return nil
	})
	return s.snapshot(after), err
}

// goOn makes a state number what comes next as if it came after another one.
func (st *State) goOn(before State) {
	st.SMS.Serial = max(st.SMS.Serial, before.SMS.Serial)
	st.Mailbox.Serial = max(st.Mailbox.Serial, before.Mailbox.Serial)
	st.Mailbox.Mod = max(st.Mailbox.Mod, before.Mailbox.HighestModSeq())
	st.Telephone.Serial = max(st.Telephone.Serial, before.Telephone.Serial)
	st.Timeline.Serial = max(st.Timeline.Serial, before.Timeline.Serial)
}
