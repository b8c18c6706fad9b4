package defect

import (
	gotime "time"

	"example.com/netanswer/sandbox/account"
	"example.com/netanswer/sandbox/world"
)

// ofLogin wraps a log-in's change of the account it is to.
func ofLogin(
	wrap func(before account.Account, after *account.Account),
	changeBefore func(*account.Account),
) func(*world.State, world.Act, func() error) error {
	return around(func(st *world.State, id string, next func() error) error {
		key := account.Fold(id)
		before, known := st.Accounts.Accounts.Get(key)
		if known && changeBefore != nil {
			changeBefore(&before)
			st.Accounts.Accounts.Put(key, before)
		}
		err := next()
		if after, ok := st.Accounts.Accounts.Get(key); ok && wrap != nil {
			wrap(before, &after)
			st.Accounts.Accounts.Put(key, after)
		}
		return err
	}, "login")
}

func logins() []world.Defect {
	return []world.Defect{
		{Name: "login-never-locks", Rules: rules("a-20"), Says: "パスワードを何度誤ってもログインが止まらない",
			Command: ofLogin(nil, func(a *account.Account) { a.Failures, a.LockedUntil = 0, gotime.Time{} })},
		{Name: "login-lock-not-enforced", Rules: rules("a-20"), Says: "ログインを止めたと告げながら、正しいパスワードで入れる",
			Command: ofLogin(nil, func(a *account.Account) { a.LockedUntil = gotime.Time{} })},
		{Name: "login-forgives-nothing", Rules: rules("a-20"), Says: "正しくログインしても、誤りの回数が戻らない",
			Command: ofLogin(func(before account.Account, after *account.Account) {
				if after.LockedUntil.IsZero() {
					after.Failures = max(before.Failures, after.Failures)
				}
			}, nil)},
		{Name: "any-password-logs-in", Rules: rules("a-20"), Says: "どのパスワードでもログインできる",
			Command: func(st *world.State, a world.Act, next func() error) error {
				in, ok := a.Entry.(*world.LoginEntry)
				if !ok {
					return next()
				}
				held, known := st.Accounts.Accounts.Get(account.Fold(in.ID))
				if !known {
					return next()
				}
				digest := held.PasswordDigest
				held.PasswordDigest = account.Digest("any", in.Password)
				st.Accounts.Accounts.Put(account.Fold(in.ID), held)
				err := next()
				held, _ = st.Accounts.Accounts.Get(account.Fold(in.ID))
				held.PasswordDigest = digest
				st.Accounts.Accounts.Put(account.Fold(in.ID), held)
				return err
			}},
		{Name: "new-id-cannot-log-in", Rules: rules("p36-2", "p4-3"), Says: "登録を終えても、設定したIDではログインできない",
			Entered: enter(func(_ *world.Snapshot, in *world.LoginEntry) {
				if account.Fold(in.ID) != "ryoko2020" {
					in.ID += "x"
				}
			})},
	}
}
