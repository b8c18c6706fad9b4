package world

import (
	"context"
	"errors"
	"time"

	"example.com/netanswer/sandbox/account"
	"example.com/netanswer/sandbox/registration"
)

// Login checks ID and password and opens a session, whose token it returns
// (p36-2, a-20).
func (s *Service) Login(world, id, password string) (token string, m Snapshot, refused error, err error) {
	fresh := s.source.Token()
	if m, err = s.Snapshot(world); err != nil {
		return "", m, nil, err
	}
	in := LoginEntry{ID: id, Password: password}
	s.entered(&m, &in)
	m, err = s.act(world, Act{Op: "login", ID: in.ID, Entry: &in}, func(st *State, now time.Time) error {
		a, loginErr := st.Accounts.Login(in.ID, in.Password, now, st.Policy.LoginAttempts, st.Policy.LoginLock.Of())
		refused = loginError(loginErr)
		if refused != nil {
			st.Timeline.add(now, "account", "ログインできませんでした（"+refused.Error()+"）", "")
			return nil
		}
		st.Accounts.OpenSession(fresh, a, now)
		st.Timeline.add(now, "account", a.NetAnswerID+" がログインしました", "")
		return nil
	})
	if err != nil || refused != nil {
		return "", m, refused, err
	}
	return fresh, m, nil, nil
}

func loginError(err error) error {
	var locked *account.LockedError
	switch {
	case err == nil:
		return nil
	case errors.As(err, &locked):
		return &registration.Error{Kind: registration.TooMany, Code: "login_locked", Text: "error.login_locked",
			Args: map[string]string{"until": locked.Until.Format("15:04")}}
	case errors.Is(err, account.ErrLogin):
		return &registration.Error{Kind: registration.Forbidden, Code: "login_wrong", Text: "error.login_wrong"}
	}
	panic("world: unknown refusal of a log-in: " + err.Error())
}

// A Portal is what a logged-in member sees (p38).
type Portal struct {
	Snapshot Snapshot
	Account  account.Account
	Standing Standing
}

// Portal returns what the member of a session sees. Refused is set where
// there is no such session any more.
func (s *Service) Portal(ctx context.Context, world, token string) (p Portal, refused error, err error) {
	p.Snapshot, err = s.act(world, Act{Op: "session"}, func(st *State, now time.Time) error {
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

// Logout ends a session.
func (s *Service) Logout(world, token string) error {
	_, err := s.update(world, func(st *State, _ time.Time) error {
		st.Accounts.CloseSession(token)
		return nil
	})
	return err
}
