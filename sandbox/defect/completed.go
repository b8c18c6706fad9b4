package defect

import (
	"context"

	"example.com/netanswer/sandbox/account"
	"example.com/netanswer/sandbox/registration"
	"example.com/netanswer/sandbox/world"
)

// onCompletion changes what was entered as the registration is completed.
func onCompletion(change func(*registration.Application)) func(string, world.Rule) world.Rule {
	return func(op string, next world.Rule) world.Rule {
		if op != "passcode" && op != "finish" && op != "terms" {
			return next
		}
		return func(st *world.State, r registration.Registration, now time) (registration.Registration, error) {
			change(&r.Application)
			return next(st, r, now)
		}
	}
}

func completions() []world.Defect {
	return []world.Defect{
		{Name: "completion-mail-missing", Rules: rules("p36-3", "p31-7", "a-21"), Says: "登録完了のメールが届かない",
			Rule: onCompletion(func(a *registration.Application) {
				if a.NetAnswerID != "" || a.PasswordDigest != "" { // not the app's passcode, which completes nothing
					a.EmailPC, a.EmailMobile = "", ""
				}
			})},
		{Name: "second-address-gets-no-mail", Rules: rules("p36-3"), Says: "二つ目のアドレスには完了のメールが届かない",
			Rule: onCompletion(func(a *registration.Application) {
				if a.EmailPC != "" {
					a.EmailMobile = ""
				}
			})},
		{Name: "three-d-secure-twice", Rules: rules("p31-4", "a-03"), Says: "本人認証サービスに二重に登録する",
			Ports: byIssuer(func(i issuer) issuer {
				next := i.Issuer
				i.enrol = func(ctx context.Context, name, number string) error {
					err := i.change(name, func(st *world.State, now time) {
						if st.Issuer.Enrolled.Has(number) {
							number += " " // another entry of the same card
						}
					})
					if err != nil {
						return err
					}
					if err := next.Enrol(ctx, name, number); err != nil {
						return err
					}
					return i.change(name, func(st *world.State, now time) {
						if st.Policy.ThreeDSecureEnrolled {
							st.Issuer.Enrolled.Put(number+" ", now)
						}
					})
				}
				return i
			})},
		{Name: "identity-check-skipped", Rules: rules("a-22"), Says: "ご本人様確認をしないで先の手順へ進める",
			Rule: func(op string, next world.Rule) world.Rule {
				state, skips := map[string]registration.State{"finish": registration.AwaitCall, "passcode": registration.AwaitPasscode,
					"email": registration.AwaitEmail, "password": registration.AwaitPassword, "terms": registration.AwaitTerms}[op]
				if !skips {
					return next
				}
				return func(st *world.State, r registration.Registration, now time) (registration.Registration, error) {
					if !r.State.Final() && r.State != state && r.IdentifiedAt.IsZero() && r.Method != registration.BySMS {
						r.State, r.Call.ConfirmedAt = state, now
						r.Passcode = registration.Passcode{Code: "000000", IssuedAt: now, ExpiresAt: now.AddDate(0, 0, 1)}
					}
					return next(st, r, now)
				}
			}},
		{Name: "completes-at-the-passcode", Rules: rules("a-22"), Says: "パスコードの画面から、入力せずに完了できる",
			Rule: only("finish", func(next world.Rule) world.Rule {
				return func(st *world.State, r registration.Registration, now time) (registration.Registration, error) {
					if r.State == registration.AwaitPasscode {
						r.State, r.Call.ConfirmedAt = registration.AwaitCall, now
					}
					return next(st, r, now)
				}
			})},
		{Name: "form-skipped", Rules: rules("a-22"), Says: "入力をしないでご本人様確認へ進める",
			Rule: before("proceed", func(_ registration.Policy, r *registration.Registration) {
				if r.State == registration.Input {
					r.State, r.Holder.Phone = registration.Confirm, "090-0000-1001"
				}
			})},
	}
}

func anew() []world.Defect {
	return []world.Defect{
		{Name: "anew-changes-id", Rules: rules("a-03", "p11-1"), Says: "再登録するとNetアンサーIDが変わる",
			Deed: around(func(st *world.State, id string, next func() error) error {
				if r, ok := st.Registrations.Get(id); ok {
					st.Accounts.Cards.Delete(r.Application.CardNumber)
				}
				return next()
			}, "terms")},
		{Name: "anew-keeps-old-password", Rules: rules("a-03", "p11-1"), Says: "再登録した後も、これまでのパスワードでログインできる",
			Deed: around(func(st *world.State, id string, next func() error) error {
				r, _ := st.Registrations.Get(id)
				old, had := st.Accounts.Of(r.Application.CardNumber)
				err := next()
				if renewed, ok := st.Accounts.Of(r.Application.CardNumber); had && ok && renewed.RegisteredBy != old.RegisteredBy {
					old.RegisteredBy = renewed.RegisteredBy
					st.Accounts.Accounts.Put(ghost(old.NetAnswerID), old)
				}
				return err
			}, "terms"),
			Entered: enter(func(m *world.Moment, in *world.LoginEntry) {
				if old, ok := m.Accounts.Accounts.Get(ghost(in.ID)); ok && account.Matches(old.PasswordDigest, in.Password) {
					in.ID = ghost(in.ID)
				}
			})},
		{Name: "anew-refused", Rules: rules("a-03", "p11-1"), Says: "登録済みのカードをアプリで再登録できない",
			Rule: only("card", func(next world.Rule) world.Rule {
				return func(st *world.State, r registration.Registration, now time) (registration.Registration, error) {
					after, err := next(st, r, now)
					if err == nil && st.Accounts.Cards.Has(after.Application.CardNumber) {
						return r, &registration.Error{Kind: registration.Conflict, Code: "card_registered", Field: registration.FieldCardNumber, Text: "error.card_registered"}
					}
					return after, err
				}
			})},
		{Name: "anew-changes-before-agreement", Rules: rules("a-03", "p11-1"), Says: "同意する前に、これまでのパスワードが使えなくなる",
			Deed: around(func(st *world.State, id string, next func() error) error {
				err := next()
				r, _ := st.Registrations.Get(id)
				if a, ok := st.Accounts.Of(r.Application.CardNumber); ok && r.Application.PasswordDigest != "" {
					a.PasswordDigest = r.Application.PasswordDigest
					st.Accounts.Accounts.Put(account.Fold(a.NetAnswerID), a)
				}
				return err
			}, "password")},
		{Name: "wallet-asked-again", Rules: rules("p18-2"), Says: "答えた後の起動でも、ウォレットを尋ねる",
			Deed: around(func(st *world.State, id string, next func() error) error {
				forAccount(st, id, func(a *account.Account) { a.Wallet.Answer = "" })
				return next()
			}, "open_app")},
		{Name: "wallet-asked-once-only", Rules: rules("p18-2"), Says: "答えずに閉じると、次の起動では尋ねない",
			Deed: around(func(st *world.State, id string, next func() error) error {
				forAccount(st, id, func(a *account.Account) {
					for _, s := range st.Accounts.Sessions.All() { // it was started before
						if s.NetAnswerID == a.NetAnswerID && a.Wallet.Answer == "" {
							a.Wallet.Answer = account.WalletNotNow
						}
					}
				})
				return next()
			}, "open_app")},
		{Name: "wallet-not-later", Rules: rules("p18-5"), Says: "「今はしない」の後に、ウォレットへ追加できない",
			Deed: func(st *world.State, a world.Act, next func() error) error {
				kept := st.Accounts.Accounts
				err := next()
				if a.Op == "wallet" {
					for id, before := range kept.All() {
						if before.Wallet.Answer == account.WalletNotNow {
							st.Accounts.Accounts.Put(id, before)
						}
					}
				}
				return err
			}},
		{Name: "sessions-outlive-anew", Rules: rules("p11-1"), Says: "再登録した後も、前のログインのまま使える",
			Deed: around(func(st *world.State, _ string, next func() error) error {
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
