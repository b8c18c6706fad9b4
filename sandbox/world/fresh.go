package world

import (
	"fmt"
	"time"

	"example.com/netanswer/fixtures"
	"example.com/netanswer/mocks/clock"
	"example.com/netanswer/mocks/issuer"
)

// Template is what every fresh world of a sandbox begins with, before it has a
// name and a clock: the fixtures.
func Template() (State, error) {
	members, _, err := fixtures.Members()
	if err != nil {
		return State{}, err
	}
	return template(members)
}

// template is what every fresh world shares; copying it is all a new one costs.
func template(members []fixtures.Member) (State, error) {
	var s State
	if err := fixtures.Policy(&s.Policy); err != nil {
		return State{}, err
	}
	if err := s.Policy.Check(); err != nil {
		return State{}, fmt.Errorf("fixture policy.yaml: %w", err)
	}
	s.Issuer = issuer.NewBook(members)
	for _, m := range members {
		if err := s.openAccounts(m, time.Time{}); err != nil {
			return State{}, fmt.Errorf("fixture members.yaml: %w", err)
		}
	}
	return s, nil
}

// freshState is the first state of a world of that name.
func (s *core) freshState(name string) State {
	state, machine := s.template, s.machine()
	state.Name, state.CreatedAt, state.Clock = name, machine, clock.Start(machine)
	return state
}
