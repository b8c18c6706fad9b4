package world

import (
	"context"
	"fmt"
	"time"

	"example.com/netanswer/fixtures"
	"example.com/netanswer/sandbox/account"
	"example.com/netanswer/sandbox/registration"
)

// Step is a registration after something was done to it, with a snapshot of the
// world just then. Refused is what the member is told if it could not be done; the
// registration may have changed all the same (an attempt was counted).
type Step struct {
	Snapshot     Snapshot
	Registration registration.Registration
	Refused      error // nil, *registration.Error or registration.Errors
}

// begin keeps a new registration, if there is room for it.
func (st *State) begin(r registration.Registration, bounds Bounds, what string, now time.Time) error {
	if st.Registrations.Len() >= bounds.Journeys {
		return fmt.Errorf("%w: %d registrations in this one", ErrWorlds, bounds.Journeys)
	}
	st.Registrations.Put(r.ID, r)
	st.Timeline.add(now, "registration", what, r.ID)
	return nil
}

func (s *core) registration(ctx context.Context, world, id string, c registration.Channel) (Step, error) {
	m, err := s.Snapshot(ctx, world)
	if err != nil {
		return Step{}, err
	}
	r, err := m.Registration(id)
	if err == nil && r.Channel != c {
		err = errUnknown()
	}
	if err != nil {
		return Step{Snapshot: m, Refused: err}, nil
	}
	return Step{Snapshot: m, Registration: r}, nil
}

// journey makes r the one journey of its card. What the card began before, in
// either channel, is over.
func (st *State) journey(r registration.Registration, now time.Time) {
	card := r.Application.CardNumber
	if other, ok := st.Journeys.Get(card); ok && other != r.ID {
		if older, ok := st.Registrations.Get(other); ok && older.Application.CardNumber == card { // it may be about another card since
			st.Registrations.Put(other, older.At(st.Policy, now).Supersede())
		}
	}
	st.Journeys.Put(card, r.ID)
}

// holds tells whether a registration of another card still needs a Net Answer ID.
func (st *State) holds(registrationID, id, card string, now time.Time) bool {
	r, ok := st.Registrations.Get(registrationID)
	if !ok {
		return false
	}
	r = r.At(st.Policy, now)
	return !r.State.Final() && account.Fold(r.Application.NetAnswerID) == id && r.Application.CardNumber != card
}

func stateChange(before, after registration.State) string {
	if before == after {
		return ""
	}
	return ": " + fixtures.StateName(string(before)) + " → " + fixtures.StateName(string(after))
}

func errUnknown() *registration.Error {
	return &registration.Error{Kind: registration.NotFound, Code: "registration_unknown", Text: "error.registration_unknown"}
}

func errUnready() *registration.Error {
	return &registration.Error{Kind: registration.Unready, Code: "provider_unavailable", Text: "error.unavailable"}
}

func errUnverified() *registration.Error {
	return &registration.Error{
		Kind:  registration.Invalid,
		Code:  "card_unverified",
		Field: registration.FieldCardNumber,
		Text:  "error.card_unverified",
	}
}
