package world

import (
	"context"
	"sync"
	"time"

	"example.com/netanswer/fixtures"
	"example.com/netanswer/mocks/ivr/twiml"
	"example.com/netanswer/mocks/outbound"
)

// core is what all parts of a Service share: what it is made of, and reading and
// changing a world.
type core struct {
	machine  func() time.Time
	bounds   Bounds
	holdings []Holding // of bounds
	store    Store
	// snapshots are the worlds at rest that have a name of their own.
	snapshots Store
	documents Documents
	claims    Claims
	source    Source
	ports     Ports
	teller    *twiml.Teller // of webhooks that worlds name
	front     *twiml.Teller // of hotline
	hotline   func(world string) twiml.Webhook
	anyCard   bool
	outbound  *outbound.Rules
	leases    struct{ messages, issuer time.Duration } // see Owed
	lease     time.Duration                            // of what goes over the wire
	lines     sync.Map                                 // of calls under way: world/id to a context.CancelCauseFunc
	words     *words
	template  State // what every fresh world shares
	members   []fixtures.Member
	prefixes  []fixtures.TestPrefix
	defects   []Defect
}

// Machine is the time of the machine's clock.
func (s *core) Machine() time.Time { return s.machine() }

// Bounds are the service's bounds.
func (s *core) Bounds() Bounds { return s.bounds }

// Snapshot returns a world as it is now.
func (s *core) Snapshot(ctx context.Context, name string) (Snapshot, error) {
	state, err := s.view(ctx, name)
	if err != nil {
		return Snapshot{}, err
	}
	if len(state.Outbox) > 0 || len(state.SMS.Lent) > 0 {
		told, err := s.tellLeft(ctx, name, &state)
		if err == nil && told {
			state, err = s.view(ctx, name)
		}
		if err != nil {
			return Snapshot{}, err
		}
	}
	return s.snapshot(state), nil
}

// Listed tells which worlds exist, by name, and reads none.
func (s *core) Listed(ctx context.Context) ([]Listing, error) { return s.store.Listed(ctx) }

// Worlds returns the worlds that exist, by name: all, or those of the names that
// are given. Nobody has used them by that.
func (s *core) Worlds(ctx context.Context, names ...string) ([]Snapshot, error) {
	states, err := s.store.List(ctx, names...)
	if err != nil {
		return nil, err
	}
	snapshots := make([]Snapshot, len(states))
	for i, st := range states {
		snapshots[i] = s.snapshot(st)
	}
	return snapshots, nil
}

func (s *core) snapshot(state State) Snapshot {
	return s.at(&state, state.Clock.Now(s.machine()))
}

// Fresh is a world as one that nobody has used: what can be told of a world that
// cannot be read.
func (s *core) Fresh(name string) Snapshot { return s.snapshot(s.freshState(name)) }

// at is a world as its clock shows now.
func (s *core) at(st *State, now time.Time) Snapshot {
	return Snapshot{State: *st, Now: now, words: s.words, shown: s.shown}
}

// view is a world as it is stored; one that does not exist is a fresh one.
func (s *core) view(ctx context.Context, name string) (State, error) {
	st, err := s.store.View(ctx, name)
	if err == nil && st.Name == "" {
		st = s.freshState(name)
	}
	return st, err
}

// write changes a world, and makes it first where it does not exist. Who asked
// for the change may have gone: what has begun is brought to its end, because a
// provider may have been asked already.
func (s *core) write(ctx context.Context, name string, change func(*State) error) error {
	return s.store.Update(context.WithoutCancel(ctx), name, func(st *State) error {
		if st.Name == "" {
			*st = s.freshState(name)
		}
		bytes, before := st.Bytes(), held(st, s.holdings)
		if err := change(st); err != nil {
			return err
		}
		return s.bounds.within(st, bytes, before, s.holdings)
	})
}

// update changes a world and returns it as it then is.
func (s *core) update(ctx context.Context, name string, change func(st *State, now time.Time) error) (Snapshot, error) {
	var after Snapshot
	err := s.write(ctx, name, func(st *State) error {
		now := st.Clock.Now(s.machine())
		if err := change(st, now); err != nil {
			return err
		}
		after = s.at(st, now)
		return nil
	})
	return after, err
}
