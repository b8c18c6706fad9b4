package world

import (
	"context"
	"errors"
	"time"

	"example.com/netanswer/sandbox/account"
	"example.com/netanswer/sandbox/registration"
)

// Members is what a registered member does: log-in, what is seen then, the
// wallet. It is got from Service.Members.
type Members struct{ *core }

// Login checks ID and password and opens a session, whose token it returns
// (p36-2, a-20).
func (s Members) Login(ctx context.Context, world, id, password string) (token string, m Snapshot, refused error, err error) {
	fresh := s.source.Token()
	if m, err = s.Snapshot(ctx, world); err != nil {
		return "", m, nil, err
	}
	in := LoginEntry{ID: id, Password: password}
	s.entered(&m, &in)
	m, err = s.act(ctx, world, Act{Op: "login", ID: in.ID, Entry: &in}, func(st *State, now time.Time) error {
		a, loginErr := st.Accounts.Login(in.ID, in.Password, now, st.Policy.LoginAttempts, st.Policy.LoginLock.Of())
		refused = loginError(loginErr)
		if refused != nil {
			st.Timeline.add(now, "account", "ログインできませんでした（"+refused.Error()+"）", "")
			return nil
		}
		st.roomForSession(now)
		st.Accounts.OpenSession(fresh, a, now)
		st.Timeline.add(now, "account", a.NetAnswerID+" がログインしました", "")
		return nil
	})
	if err != nil || refused != nil {
		return "", m, refused, err
	}
	return fresh, m, nil, nil
}

// Logout ends a session.
func (s Members) Logout(ctx context.Context, world, token string) error {
	_, err := s.update(ctx, world, func(st *State, _ time.Time) error {
		st.Accounts.CloseSession(token)
		return nil
	})
	return err
}

// wholeMinute is the first whole minute from which on something is so.
func wholeMinute(at time.Time) time.Time {
	if whole := at.Truncate(time.Minute); whole.Before(at) {
		return whole.Add(time.Minute)
	}
	return at
}

func loginError(err error) error {
	var locked *account.LockedError
	switch {
	case err == nil:
		return nil
	case errors.As(err, &locked):
		return &registration.Error{Kind: registration.TooMany, Code: "login_locked", Text: "error.login_locked", Retry: locked.Until,
			Args: map[string]string{"until": wholeMinute(locked.Until).Format("15:04")}}
	case errors.Is(err, account.ErrLogin):
		return &registration.Error{Kind: registration.Forbidden, Code: "login_wrong", Text: "error.login_wrong"}
	}
	panic("world: unknown refusal of a log-in: " + err.Error())
}

func errLogin() *registration.Error {
	return &registration.Error{Kind: registration.Forbidden, Code: "login_required", Text: "error.login_required"}
}
