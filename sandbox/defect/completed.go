package defect

import (
	"context"

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
			Ports: byIssuer(func(i issuerDefect) issuerDefect {
				next := i.Issuer
				i.enrol = func(ctx context.Context, name, number string) error {
					if err := next.Enrol(ctx, name, number); err != nil {
						return err
					}
					return i.change(ctx, name, func(st *world.State, now time) {
						again := number + " " // another entry of the same card
						for st.Issuer.Enrolled.Has(again) {
							again += " "
						}
						if st.Policy.ThreeDSecureEnrolled {
							st.Issuer.Enrolled.Put(again, now)
						}
					})
				}
				return i
			})},
		{Name: "lost-enrolment-twice", Rules: rules("a-15"), Says: "答えのなかった本人認証サービスの登録を、別の登録としてやり直す",
			Ports: byIssuer(func(i issuerDefect) issuerDefect {
				next := i.Issuer
				i.enrol = func(ctx context.Context, name, number string) error {
					err := next.Enrol(ctx, name, number)
					if err == nil {
						return nil
					}
					return i.change(ctx, name, func(st *world.State, now time) { st.Issuer.Enrolled.Put(number+" ", now) })
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
