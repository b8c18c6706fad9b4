package world

import (
	"context"
	"time"

	"example.com/netanswer/sandbox/registration"
)

// Web is what is done in a registration of the web, by whoever serves its pages
// or its API. It is got from Service.Web.
type Web struct{ *core }

// Start begins a registration of the web.
func (s Web) Start(ctx context.Context, world string) (Step, error) {
	id, token := s.source.ID(), s.source.Token()
	var step Step
	m, err := s.update(ctx, world, func(st *State, now time.Time) error {
		step.Registration = registration.Start(id, token, now)
		return st.begin(step.Registration, s.bounds, "新規登録を開始しました", now)
	})
	step.Snapshot = m
	return step, err
}

// Registration returns a registration of the web as it is now.
func (s Web) Registration(ctx context.Context, world, id string) (Step, error) {
	return s.registration(ctx, world, id, registration.Web)
}

// Revise goes back from the confirmation to the form.
func (s Web) Revise(ctx context.Context, world, id string) (Step, error) {
	return s.change(
		ctx,
		world,
		id,
		"revise",
		"入力へ戻りました",
		func(st *State, r registration.Registration, now time.Time) (registration.Registration, error) {
			return r.Revise(st.Policy, now)
		},
	)
}

// change does one thing to a registration of the web, as execute does.
func (s Web) change(ctx context.Context, world, id, op, what string, do Rule) (Step, error) {
	return s.execute(ctx, command{channel: registration.Web, world: world, id: id, what: what, op: op}, do)
}
