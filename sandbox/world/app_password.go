package world

import (
	"context"
	"time"

	"example.com/netanswer/sandbox/account"
	"example.com/netanswer/sandbox/registration"
)

// SetPassword takes the Net Answer password (p16).
func (s App) SetPassword(ctx context.Context, a AppStep, password string) (Step, error) {
	digest := account.Digest(s.source.Token(), password)
	return s.execute(
		ctx,
		a.command("password", "パスワードを入力しました"),
		func(st *State, r registration.Registration, now time.Time) (registration.Registration, error) {
			return r.SetPassword(st.Policy, now, password, digest)
		},
	)
}
