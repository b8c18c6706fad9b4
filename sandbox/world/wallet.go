package world

import (
	"time"

	"example.com/netanswer/sandbox/account"
	"example.com/netanswer/sandbox/registration"
)

// OpenApp starts the app that a registration was completed in, and returns
// the token of a log-in (p18). The app stays good to be started until its card
// is registered anew, which is told then.
func (s *Service) OpenApp(world, id string) (token string, step Step, a account.Account, err error) {
	fresh := s.source.Token()
	m, err := s.act(world, Act{Op: "open_app", ID: id}, func(st *State, now time.Time) error {
		token, a, step = "", account.Account{}, Step{}
		r, ok := st.Registrations.Get(id)
		if !ok || r.Channel != registration.App {
			step.Refused = errUnknown()
			return nil
		}
		step.Registration = r.At(st.Policy, now)
		if step.Registration.State != registration.Completed {
			if step.Refused = step.Registration.Ended(); step.Refused == nil {
				step.Refused = &registration.Error{Kind: registration.Conflict, Code: "step_not_allowed", Text: "error.step"}
			}
			return nil
		}
		found, _ := st.Accounts.Accounts.Get(account.Fold(r.Application.NetAnswerID))
		if found.RegisteredBy != id {
			step.Refused = &registration.Error{Kind: registration.Gone, Code: "registered_anew", Text: "error.registered_anew"}
			return nil
		}
		token, a = fresh, found
		st.Accounts.OpenSession(fresh, found, now)
		st.Timeline.add(now, "app", found.NetAnswerID+" がアプリを起動しました", id)
		return nil
	})
	step.Snapshot = m
	return token, step, a, err
}

// AnswerWallet takes what the member says to the question of the wallet, at the
// first start or later from the menu (p18-3, p18-4, p18-5).
func (s *Service) AnswerWallet(world, token string, answer account.WalletAnswer) (p Portal, refused error, err error) {
	p.Snapshot, err = s.act(world, Act{Op: "wallet"}, func(st *State, now time.Time) error {
		a, noSession := st.Accounts.Session(token, now, st.Policy.SessionLifetime.Of())
		p.Account, refused = account.Account{}, nil
		switch {
		case noSession != nil:
			refused = errLogin()
			return nil
		case a.Wallet.Service == "":
			refused = &registration.Error{Kind: registration.Conflict, Code: "no_wallet", Text: "error.no_wallet"}
		case answer != account.WalletAdd && answer != account.WalletNotNow:
			refused = &registration.Error{Kind: registration.Invalid, Code: "wallet_answer", Field: "answer", Text: "error.required"}
		case a.Wallet.Say(answer, now):
			st.Accounts.Accounts.Put(account.Fold(a.NetAnswerID), a)
			st.Timeline.add(now, "app", walletNames[a.Wallet.Service]+walletSaid[answer]+": "+registration.MaskNumber(st.Policy.CardMask, a.CardNumber), "")
		}
		p.Account = a
		return nil
	})
	return p, refused, err
}

var (
	walletNames = map[string]string{"apple_pay": "Apple Pay", "google_pay": "Google Pay"}
	walletSaid  = map[account.WalletAnswer]string{account.WalletAdd: "にカードを追加しました", account.WalletNotNow: "は「今はしない」と答えました"}
)

func errLogin() *registration.Error {
	return &registration.Error{Kind: registration.Forbidden, Code: "login_required", Text: "error.login_required"}
}
