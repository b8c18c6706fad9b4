package world

import (
	"context"
	"time"

	"example.com/netanswer/sandbox/registration"
)

// SetEmail takes the mail address (p15).
func (s App) SetEmail(ctx context.Context, a AppStep, email string) (Step, error) {
	m, err := s.Snapshot(ctx, a.World)
	if err != nil {
		return Step{}, err
	}
	in := EmailEntry{Email: email}
	s.entered(&m, &in)
	return s.execute(
		ctx,
		a.command("email", "メールアドレスを入力しました"),
		func(st *State, r registration.Registration, now time.Time) (registration.Registration, error) {
			return r.SetEmail(st.Policy, now, in.Email)
		},
	)
}
