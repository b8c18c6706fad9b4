package defect

import (
	"example.com/netanswer/sandbox/account"
	"example.com/netanswer/sandbox/registration"
	"example.com/netanswer/sandbox/world"
)

func anew() []world.Defect {
	return []world.Defect{
		{Name: "anew-changes-id", Rules: rules("a-03", "p11-1"), Says: "再登録するとNetアンサーIDが変わる",
			Command: around(func(st *world.State, id string, next func() error) error {
				if r, ok := st.Registrations.Get(id); ok {
					st.Accounts.Cards.Delete(r.Application.CardNumber)
				}
				return next()
			}, "terms")},
		{Name: "anew-keeps-old-password", Rules: rules("a-03", "p11-1"), Says: "再登録した後も、これまでのパスワードでログインできる",
			Command: around(func(st *world.State, id string, next func() error) error {
				r, _ := st.Registrations.Get(id)
				old, had := st.Accounts.Of(r.Application.CardNumber)
				err := next()
				if renewed, ok := st.Accounts.Of(r.Application.CardNumber); had && ok && renewed.RegisteredBy != old.RegisteredBy {
					old.RegisteredBy = renewed.RegisteredBy
					st.Accounts.Accounts.Put(ghost(old.NetAnswerID), old)
				}
				return err
			}, "terms"),
			Entered: enter(func(m *world.Snapshot, in *world.LoginEntry) {
				if old, ok := m.Accounts.Accounts.Get(ghost(in.ID)); ok && account.Matches(old.PasswordDigest, in.Password) {
					in.ID = ghost(in.ID)
				}
			})},
		{Name: "anew-refused", Rules: rules("a-03", "p11-1"), Says: "登録済みのカードをアプリで再登録できない",
			Rule: only("card", func(next world.Rule) world.Rule {
				return func(st *world.State, r registration.Registration, now time) (registration.Registration, error) {
					after, err := next(st, r, now)
					if err == nil && st.Accounts.Cards.Has(after.Application.CardNumber) {
						return r, &registration.Error{
							Kind:  registration.Conflict,
							Code:  "card_registered",
							Field: registration.FieldCardNumber,
							Text:  "error.card_registered",
						}
					}
					return after, err
				}
			})},
		{Name: "anew-changes-before-agreement", Rules: rules("a-03", "p11-1"), Says: "同意する前に、これまでのパスワードが使えなくなる",
			Command: around(func(st *world.State, id string, next func() error) error {
				err := next()
				r, _ := st.Registrations.Get(id)
				if a, ok := st.Accounts.Of(r.Application.CardNumber); ok && r.Application.PasswordDigest != "" {
					a.PasswordDigest = r.Application.PasswordDigest
					st.Accounts.Accounts.Put(account.Fold(a.NetAnswerID), a)
				}
				return err
			}, "password")},
		{Name: "wallet-asked-again", Rules: rules("p18-2"), Says: "答えた後の起動でも、ウォレットを尋ねる",
			Command: around(func(st *world.State, id string, next func() error) error {
				forAccount(st, id, func(a *account.Account) { a.Wallet.Answer = "" })
				return next()
			}, "open_app")},
		{Name: "wallet-asked-once-only", Rules: rules("p18-2"), Says: "答えずに閉じると、次の起動では尋ねない",
			Command: around(func(st *world.State, id string, next func() error) error {
				forAccount(st, id, func(a *account.Account) {
					for _, s := range st.Accounts.Sessions.All() { // it was started before
						if s.NetAnswerID == a.NetAnswerID && a.Wallet.Answer == "" {
							a.Wallet.Answer = account.WalletNotNow
						}
					}
				})
				return next()
			}, "open_app")},
		{Name: "wallet-not-later", Rules: rules("p18-5"), Says: "「今はしない」の後は、ウォレットへの追加を断る",
			Command: around(func(st *world.State, _ string, next func() error) error {
				kept := st.Accounts.Accounts
				for id, a := range kept.All() {
					if a.Wallet.Answer == account.WalletNotNow {
						a.Wallet.Service = ""
						st.Accounts.Accounts.Put(id, a)
					}
				}
				err := next()
				for id, a := range kept.All() {
					if a.Wallet.Answer == account.WalletNotNow {
						st.Accounts.Accounts.Put(id, a)
					}
				}
				return err
			}, "wallet")},
		{Name: "wallet-answer-lost", Rules: rules("p18-2"), Says: "ウォレットの答えを覚えない",
			Command: around(func(st *world.State, _ string, next func() error) error {
				kept := st.Accounts.Accounts
				err := next()
				st.Accounts.Accounts = kept
				return err
			}, "wallet")},
		{Name: "old-app-still-starts", Rules: rules("a-03"), Says: "再登録した後も、前のスマートフォンのアプリがそのまま使える",
			Command: around(func(st *world.State, id string, next func() error) error {
				forAccount(st, id, func(a *account.Account) { a.RegisteredBy = id })
				return next()
			}, "open_app")},
		{Name: "sessions-outlive-anew", Rules: rules("a-03"), Says: "再登録した後も、前のログインのまま使える",
			Command: around(func(st *world.State, _ string, next func() error) error {
				before := st.Accounts.Sessions
				err := next()
				for key, s := range before.All() {
					if a, ok := st.Accounts.Accounts.Get(account.Fold(s.NetAnswerID)); ok {
						s.Under = a.RegisteredBy
						st.Accounts.Sessions.Put(key, s)
					}
				}
				return err
			}, "terms")},
	}
}

// ghost is where an account of before is kept.
func ghost(id string) string { return account.Fold(id) + " (old)" }

// forAccount changes the account that a registration led to.
func forAccount(st *world.State, registrationID string, change func(*account.Account)) {
	r, _ := st.Registrations.Get(registrationID)
	key := account.Fold(r.Application.NetAnswerID)
	if a, ok := st.Accounts.Accounts.Get(key); ok {
		change(&a)
		st.Accounts.Accounts.Put(key, a)
	}
}
