package world

import (
	"context"
	"fmt"

	"example.com/netanswer/mocks/outbound"
)

// Adopt makes a world of a state that was made elsewhere: of a seed, or of a
// document. A world of that name is ErrWorldExists, unless it is to be replaced; its
// claims stay, and numbers go on from where they are. A state that contradicts
// itself is ErrDocument, and then nothing has changed.
func (s Control) Adopt(ctx context.Context, name string, st State, replace bool) error {
	st = st.apart()
	machine := s.machine()
	st.Name, st.CreatedAt, st.Clock = name, machine, resumed(st.Clock, machine)
	if err := s.contradiction(&st); err != nil {
		return fmt.Errorf("%w: %w", ErrDocument, err)
	}
	return s.store.Update(context.WithoutCancel(ctx), name, func(there *State) error {
		if there.Name != "" && !replace {
			return fmt.Errorf("%w: %s", ErrWorldExists, name)
		}
		before, after := *there, st
		after.Claims = before.Claims
		after.goOn(before)
		*there = after
		return nil
	})
}

// Beside is a service of the same rules over worlds of another store, with
// providers of their own in this process: nothing that happens there is told
// outside.
func (s *Service) Beside(worlds Store) *Service {
	c := &core{machine: s.machine, bounds: s.bounds, holdings: s.holdings, store: worlds, snapshots: noStore{},
		claims: NewClaims(worlds), source: s.source,
		outbound: outbound.NewRules(), words: s.words, template: s.template, members: s.members, prefixes: s.prefixes, defects: s.defects,
		teller: s.teller, front: s.front}
	c.connect(Ports{})
	return &Service{c}
}
