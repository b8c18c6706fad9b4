package world

import (
	"context"
	"time"

	"example.com/netanswer/sandbox/account"
	"example.com/netanswer/sandbox/registration"
)

// identify does what may complete a registration: in the same change the account
// is opened, so that no two of them can (a-16, a-22); then the card is enrolled
// in 3-D Secure (p31-4) and the ID is sent (p36-3).
func (s Web) identify(ctx context.Context, world, id, op, what string,
	do func(registration.Registration, registration.Policy, time.Time) (registration.Registration, error)) (Step, error) {
	var opened account.Account
	step, err := s.change(
		ctx,
		world,
		id,
		op,
		what,
		func(st *State, r registration.Registration, now time.Time) (registration.Registration, error) {
			opened = account.Account{}
			after, err := do(r, st.Policy, now)
			if err != nil || after.State != registration.Completed || r.State == registration.Completed {
				return after, err
			}
			a := after.Application
			fresh := account.Account{NetAnswerID: a.NetAnswerID, PasswordDigest: a.PasswordDigest, CardNumber: a.CardNumber,
				EmailPC: a.EmailPC, EmailMobile: a.EmailMobile, Newsletter: a.Newsletter, RegisteredAt: now}
			if err := st.Accounts.Open(fresh); err != nil {
				return r, openError(err)
			}
			opened = fresh
			st.Timeline.add(now, "account", "NetアンサーID "+a.NetAnswerID+" を付与しました", id)
			st.welcome(id, opened, "mail.completed", s.machine())
			return after.Complete(), nil
		},
	)
	if err != nil || opened.NetAnswerID == "" {
		return step, err
	}
	return step, s.followUp(ctx, step.Snapshot, id)
}
