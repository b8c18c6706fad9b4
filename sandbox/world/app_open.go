package world

import (
	"context"
	"time"

	"example.com/netanswer/sandbox/account"
	"example.com/netanswer/sandbox/registration"
)

// Open starts the app that a registration was completed in, and returns
// the token of a log-in (p18). The app stays good to be started until its card
// is registered anew, which is told then.
func (s App) Open(ctx context.Context, world, id string) (token string, step Step, a account.Account, err error) {
	fresh := s.source.Token()
	m, err := s.act(ctx, world, Act{Op: "open_app", ID: id}, func(st *State, now time.Time) error {
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
		st.roomForSession(now)
		st.Accounts.OpenSession(fresh, found, now)
		st.Timeline.add(now, "app", found.NetAnswerID+" がアプリを起動しました", id)
		return nil
	})
	step.Snapshot = m
	return token, step, a, err
}
