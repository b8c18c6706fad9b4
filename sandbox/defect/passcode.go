package defect

import (
	gotime "time"

	"example.com/netanswer/sandbox/registration"
	"example.com/netanswer/sandbox/world"
)

type time = gotime.Time

func passcodes() []world.Defect {
	return []world.Defect{
		{Name: "passcode-outlives-expiry", Rules: rules("p34-7", "p34-8", "a-08"), Says: "期限を過ぎたパスコードがまだ使える",
			Shown: func(_ registration.Policy, r registration.Registration, now time) registration.Registration {
				if r.State == registration.AwaitPasscode && !now.Before(r.Passcode.ExpiresAt) {
					r.Passcode.ExpiresAt = now.Add(gotime.Second)
				}
				return r
			}},
		{Name: "attempts-not-counted", Rules: rules("a-06"), Says: "パスコードの誤りを数えない",
			Rule: before("passcode", func(_ registration.Policy, r *registration.Registration) { r.Attempts = 0 })},
		{Name: "attempts-never-lock", Rules: rules("a-06"), Says: "パスコードを何度誤っても受付を止めない",
			Rule: before("passcode", func(p registration.Policy, r *registration.Registration) {
				r.Attempts = min(r.Attempts, p.PasscodeAttempts-2)
			})},
		{Name: "lock-forgotten", Rules: rules("a-06"), Says: "受付を止めた後も、次の操作でまた受け付ける",
			Rule: only("passcode", func(next world.Rule) world.Rule {
				return func(st *world.State, r registration.Registration, now time) (registration.Registration, error) {
					after, err := next(st, r, now)
					if after.State == registration.Locked && r.State != registration.Locked {
						r.Attempts = 0
						return r, err
					}
					return after, err
				}
			})},
		{Name: "malformed-passcode-counted", Rules: rules("p34-3", "p14-3"), Says: "6桁の数字でない入力も誤りに数え、1回で受付を止める",
			Rule: only("passcode", func(next world.Rule) world.Rule {
				return func(st *world.State, r registration.Registration, now time) (registration.Registration, error) {
					after, err := next(st, r, now)
					if said(err, "passcode_form") {
						after.Attempts = st.Policy.PasscodeAttempts - 1
						after.Passcode.Code = "------"
					}
					return after, err
				}
			})},
		{Name: "any-passcode-valid", Rules: rules("a-06"), Says: "どのパスコードでも通る",
			Entered: enter(func(m *world.Snapshot, in *world.PasscodeEntry) {
				if r, ok := m.Registrations.Get(in.Registration); ok && len(in.Code) == len(r.Passcode.Code) {
					in.Code = r.Passcode.Code
				}
			})},
		{Name: "right-passcode-refused", Rules: rules("p34-3", "p14-3"), Says: "届いたパスコードが通らない",
			Entered: enter(func(_ *world.Snapshot, in *world.PasscodeEntry) {
				if in.Code != "" {
					in.Code = string(rune('0'+('9'-in.Code[0]))) + in.Code[1:]
				}
			})},
	}
}

func reissues() []world.Defect {
	return []world.Defect{
		{Name: "old-passcode-valid", Rules: rules("a-07"), Says: "再発行しても、前のパスコードが使える",
			Entered: enter(func(m *world.Snapshot, in *world.PasscodeEntry) {
				if r, ok := m.Registrations.Get(in.Registration); ok && r.Previous.Code != "" && in.Code == r.Previous.Code {
					in.Code = r.Passcode.Code
				}
			})},
		{Name: "reissues-not-counted", Rules: rules("a-07"), Says: "再発行を数えない",
			Rule: before("reissue", func(_ registration.Policy, r *registration.Registration) { r.Reissues = 0 })},
		{Name: "reissue-interval-ignored", Rules: rules("a-07"), Says: "間隔をおかずに再発行できる",
			Rule: before("reissue", func(p registration.Policy, r *registration.Registration) {
				r.Passcode.IssuedAt = r.Passcode.IssuedAt.Add(-p.PasscodeReissueInterval.Of())
			})},
		{Name: "reissue-forgives-attempts", Rules: rules("a-06"), Says: "再発行すると誤りの回数が戻る",
			Rule: before("reissue", func(_ registration.Policy, r *registration.Registration) { r.Attempts = 0 })},
		{Name: "reissue-keeps-expiry", Rules: rules("a-07"), Says: "再発行しても期限が前のまま",
			Rule: only("reissue", func(next world.Rule) world.Rule {
				return func(st *world.State, r registration.Registration, now time) (registration.Registration, error) {
					after, err := next(st, r, now)
					if err == nil && r.Passcode.Code != "" {
						after.Passcode.ExpiresAt = r.Passcode.ExpiresAt
					}
					return after, err
				}
			})},
		{Name: "reissue-after-expiry", Rules: rules("p34-8"), Says: "期限を過ぎても再発行できる",
			Rule: only("reissue", func(next world.Rule) world.Rule {
				return func(st *world.State, r registration.Registration, now time) (registration.Registration, error) {
					if r.State == registration.AwaitPasscode && !now.Before(r.Passcode.ExpiresAt) {
						r.Passcode.ExpiresAt = now.Add(gotime.Second)
					}
					return next(st, r, now)
				}
			})},
		{Name: "failed-reissue-voids", Rules: rules("a-15"), Says: "再発行を送れないと、前のパスコードも使えない",
			Entered: enter(func(m *world.Snapshot, in *world.PasscodeEntry) {
				if r, ok := m.Registrations.Get(in.Registration); ok && r.Reissues == 0 &&
					m.Now.Sub(r.Passcode.IssuedAt) >= gotime.Minute &&
					r.Previous.IssuedAt.IsZero() {
					in.Code = "000000"
				}
			})},
	}
}
