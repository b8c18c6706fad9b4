package world

import (
	"context"
	"time"

	"example.com/netanswer/sandbox/account"
)

// A Portal is what a logged-in member sees (p38).
type Portal struct {
	Snapshot Snapshot
	Account  account.Account
	Standing Standing
}

// Portal returns what the member of a session sees. Refused is set where
// there is no such session any more.
func (s Members) Portal(ctx context.Context, world, token string) (p Portal, refused error, err error) {
	p.Snapshot, err = s.act(ctx, world, Act{Op: "session"}, func(st *State, now time.Time) error {
		var noSession error
		p.Account, noSession = st.Accounts.Session(token, now, st.Policy.SessionLifetime.Of())
		refused = nil
		if noSession != nil {
			refused = errLogin()
		}
		return nil
	})
	if err != nil || refused != nil {
		return p, refused, err
	}
	p.Standing, err = s.ports.Issuer.Standing(ctx, world, p.Account.CardNumber)
	if err != nil {
		return p, errUnready(), nil
	}
	return p, nil, nil
}
