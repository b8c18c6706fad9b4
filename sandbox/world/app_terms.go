package world

import (
	"context"
	"time"

	"example.com/netanswer/sandbox/account"
	"example.com/netanswer/sandbox/registration"
)

// Agree completes the registration (p17-2): in the same change the account is
// opened with an ID of the sandbox's choosing (a-21), or the one that the card
// has already is registered anew. Then the card is enrolled in 3-D Secure and
// the ID is sent (p31-7).
func (s App) Agree(ctx context.Context, a AppStep, agreed bool) (Step, error) {
	m, err := s.Snapshot(ctx, a.World)
	if err != nil {
		return Step{}, err
	}
	in := Agreement{Agreed: agreed}
	s.entered(&m, &in)
	var done account.Account
	step, err := s.execute(
		ctx,
		a.command("terms", "「規約に同意して登録」を押しました"),
		func(st *State, r registration.Registration, now time.Time) (registration.Registration, error) {
			done = account.Account{}
			after, err := r.Agree(st.Policy, now, in.Agreed)
			if err != nil || after.State != registration.Completed || r.State == registration.Completed {
				return after, err
			}
			app := after.Application
			fresh := account.Account{PasswordDigest: app.PasswordDigest, CardNumber: app.CardNumber, EmailMobile: app.EmailMobile,
				RegisteredAt: now, RegisteredBy: r.ID, Wallet: account.Wallet{Service: r.Device.Wallet()}}
			again := false
			if done, again = st.Accounts.Reopen(fresh); again {
				st.Timeline.add(now, "account", "NetアンサーID "+done.NetAnswerID+" を再登録しました", r.ID)
			} else {
				done.NetAnswerID = s.freeID(st, now)
				if err := st.Accounts.Open(done); err != nil {
					panic("world: a free ID and a card without an account: " + err.Error())
				}
				st.Timeline.add(now, "account", "NetアンサーID "+done.NetAnswerID+" を付与しました", r.ID)
			}
			after.Application.NetAnswerID = done.NetAnswerID
			mail := "mail.completed"
			if again {
				mail = "mail.registered_anew"
			}
			st.welcome(r.ID, done, mail, s.machine())
			return after.Complete(), nil
		},
	)
	if err != nil || done.NetAnswerID == "" {
		return step, err
	}
	return step, s.followUp(ctx, step.Snapshot, step.Registration.ID)
}

// RegisteredBefore tells whether the card of a registration has an account
// already, which the registration will register anew (a-03).
func (m Snapshot) RegisteredBefore(r registration.Registration) bool {
	return r.Application.CardNumber != "" && m.Accounts.Cards.Has(r.Application.CardNumber)
}

// freeID is a Net Answer ID that nobody has or is about to have.
func (s App) freeID(st *State, now time.Time) string {
	length := min(max(10, st.Policy.NetAnswerIDMin), st.Policy.NetAnswerIDMax)
	for {
		id := s.source.NetAnswerID(length)
		holder, held := st.Reserved.Get(account.Fold(id))
		if !st.Accounts.Accounts.Has(account.Fold(id)) && !(held && st.holds(holder, account.Fold(id), "", now)) {
			return id
		}
	}
}
