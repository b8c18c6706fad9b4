package defect

import (
	"context"

	"example.com/netanswer/sandbox/registration"
	"example.com/netanswer/sandbox/world"
)

func pins() []world.Defect {
	return []world.Defect{
		{Name: "pins-counted-per-registration", Rules: rules("a-09"), Says: "最初からやり直すと、暗証番号の誤りが数え直しになる",
			Command: around(func(st *world.State, id string, next func() error) error {
				err := next()
				if r, ok := st.Registrations.Get(id); ok && err == nil {
					st.Issuer.WrongPINs.Delete(r.Application.CardNumber)
				}
				return err
			}, "card")},
		{Name: "pin-never-stops", Rules: rules("a-09"), Says: "暗証番号を何度誤っても止まらない",
			Ports: byIssuer(func(i issuerDefect) issuerDefect {
				next := i.Issuer
				i.checkPIN = func(ctx context.Context, name, number, pin string) (registration.PINAnswer, error) {
					err := i.change(ctx, name, func(st *world.State, _ time) {
						if wrong, _ := st.Issuer.WrongPINs.Get(number); wrong > st.Policy.PINAttempts-2 {
							st.Issuer.WrongPINs.Put(number, st.Policy.PINAttempts-2)
						}
					})
					if err != nil {
						return registration.PINAnswer{}, err
					}
					return next.CheckPIN(ctx, name, number, pin)
				}
				return i
			})},
		{Name: "any-pin-right", Rules: rules("a-09"), Says: "どの暗証番号でも通る",
			Ports: byIssuer(func(i issuerDefect) issuerDefect {
				i.checkPIN = func(context.Context, string, string, string) (registration.PINAnswer, error) {
					return registration.PINAnswer{Right: true, Left: 3}, nil
				}
				return i
			})},
		{Name: "malformed-pin-counted", Rules: rules("a-09", "p13-2"), Says: "4桁の数字でない暗証番号も誤りに数える",
			Rule: only("pin", func(next world.Rule) world.Rule {
				return func(st *world.State, r registration.Registration, now time) (registration.Registration, error) {
					after, err := next(st, r, now)
					if said(err, "pin_form") {
						st.Issuer.WrongPINs.Put(r.Application.CardNumber, st.Policy.PINAttempts)
					}
					return after, err
				}
			})},
		{Name: "pin-of-silent-issuer-counted", Rules: rules("a-15"), Says: "発行元が答えないあいだの暗証番号も誤りに数える",
			Ports: byIssuer(func(i issuerDefect) issuerDefect {
				next := i.Issuer
				i.checkPIN = func(ctx context.Context, name, number, pin string) (registration.PINAnswer, error) {
					answer, err := next.CheckPIN(ctx, name, number, pin)
					if err != nil {
						_ = i.change(ctx, name, func(st *world.State, _ time) { // the error that counts is told
							wrong, _ := st.Issuer.WrongPINs.Get(number)
							st.Issuer.WrongPINs.Put(number, wrong+1)
						})
					}
					return answer, err
				}
				return i
			})},
		{Name: "lost-pin-asked-again", Rules: rules("a-15"), Says: "答えのなかった暗証番号を、発行元にもう一度問い合わせる",
			Ports: byIssuer(func(i issuerDefect) issuerDefect {
				next := i.Issuer
				i.checkPIN = func(ctx context.Context, name, number, pin string) (registration.PINAnswer, error) {
					answer, err := next.CheckPIN(ctx, name, number, pin)
					if err != nil {
						answer, err = next.CheckPIN(ctx, name, number, pin)
					}
					return answer, err
				}
				return i
			})},
		{Name: "stopped-pin-stops-sms", Rules: rules("a-09"), Says: "暗証番号が止まると、SMSでも確認できない",
			Rule: only("passcode_request", func(next world.Rule) world.Rule {
				return func(st *world.State, r registration.Registration, now time) (registration.Registration, error) {
					if wrong, _ := st.Issuer.WrongPINs.Get(r.Application.CardNumber); wrong >= st.Policy.PINAttempts {
						return r, &registration.Error{Kind: registration.Conflict, Code: "pin_stopped", Text: "error.pin_stopped"}
					}
					return next(st, r, now)
				}
			})},
		{Name: "pin-way-expires-with-passcode", Rules: rules("p13-2"), Says: "暗証番号の画面でも、SMSの期限で終わる",
			Shown: func(_ registration.Policy, r registration.Registration, now time) registration.Registration {
				if r.State == registration.AwaitPIN && !r.Passcode.ExpiresAt.IsZero() && !now.Before(r.Passcode.ExpiresAt) {
					r.State, r.Reason = registration.Expired, registration.PasscodeTooOld
				}
				return r
			}},
		{Name: "pin-way-voids-passcode", Rules: rules("p13-2"), Says: "暗証番号の画面へ進むと、届いたパスコードが使えなくなる",
			Rule: only("choose_pin", func(next world.Rule) world.Rule {
				return func(st *world.State, r registration.Registration, now time) (registration.Registration, error) {
					after, err := next(st, r, now)
					after.Passcode.ExpiresAt = after.Passcode.IssuedAt
					return after, err
				}
			})},
	}
}
