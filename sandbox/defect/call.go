package defect

import (
	gotime "time"

	"example.com/netanswer/mocks/ivr"
	"example.com/netanswer/sandbox/registration"
	"example.com/netanswer/sandbox/world"
)

func calls() []world.Defect {
	return []world.Defect{
		{Name: "call-from-anywhere", Rules: rules("a-10"), Says: "登録と違う番号からの電話でも確認できる",
			Entered: enter(func(m *world.Snapshot, in *world.CallRequest) {
				if r, ok := waiting(m); ok && !in.Withheld {
					in.From = r.Holder.Phone
				}
			})},
		{Name: "withheld-call-taken", Rules: rules("a-10"), Says: "非通知の電話でも確認できる",
			Entered: enter(func(_ *world.Snapshot, in *world.CallRequest) { in.Withheld = false })},
		{Name: "call-to-anywhere", Rules: rules("p35-1"), Says: "表示された番号でない番号への電話でも確認できる",
			Entered: enter(func(_ *world.Snapshot, in *world.CallRequest) { in.To = "" })},
		{Name: "guidance-not-heard-out", Rules: rules("a-11"), Says: "ガイダンスの途中で切っても確認できる",
			Entered: enter(func(_ *world.Snapshot, in *world.CallRequest) {
				if in.Listen == "part" {
					in.Listen = "all"
				}
			})},
		{Name: "talking-confirms", Rules: rules("a-11"), Says: "電話を切らないうちに確認できる",
			Entered: enter(func(_ *world.Snapshot, in *world.CallRequest) {
				if in.Listen == "" || in.Listen == "stay" {
					in.Listen = "all"
				}
			})},
		{Name: "call-not-needed", Rules: rules("a-11"), Says: "電話をしなくても「認証を完了する」で完了する",
			Rule: before("finish", func(_ registration.Policy, r *registration.Registration) {
				if r.State == registration.AwaitCall {
					r.Call.ConfirmedAt = r.Call.ShownAt
				}
			})},
		{Name: "late-call-taken", Rules: rules("p35-2", "a-12"), Says: "15分を過ぎた電話でも確認できる",
			Shown: func(_ registration.Policy, r registration.Registration, now time) registration.Registration {
				if r.State == registration.AwaitCall && now.After(r.Call.Until) {
					r.Call.Until = now.Add(gotime.Second)
				}
				return r
			},
			Command: around(func(st *world.State, _ string, next func() error) error {
				for id, r := range st.Registrations.All() {
					if r.State == registration.AwaitCall {
						r.Call.Until = r.Call.Until.Add(gotime.Hour)
						st.Registrations.Put(id, r)
					}
				}
				return next()
			}, "call")},
		{Name: "early-call-voided", Rules: rules("p35-5"), Says: "15分以内に電話しても、完了のボタンが15分を過ぎると認められない",
			Shown: func(_ registration.Policy, r registration.Registration, now time) registration.Registration {
				if r.State == registration.AwaitCall && now.After(r.Call.Until) {
					r.Call.ConfirmedAt = gotime.Time{}
				}
				return r
			}},
		{Name: "earlier-call-counts", Rules: rules("a-10"), Says: "画面が表示される前の電話で確認できる",
			Rule: only("proceed", func(next world.Rule) world.Rule {
				return func(st *world.State, r registration.Registration, now time) (registration.Registration, error) {
					after, err := next(st, r, now)
					for _, c := range st.Telephone.Calls.All() {
						if after.State == registration.AwaitCall && c.Outcome == ivr.Answered && c.From == after.Holder.Phone {
							after.Call.ConfirmedAt = now
						}
					}
					return after, err
				}
			})},
		{Name: "landline-gets-sms", Rules: rules("a-19", "p35-1"), Says: "固定電話の会員にもSMSで送ろうとする",
			Ports: holding(func(h *registration.Holder) {
				if h.Phone != "" && !registration.Mobile(h.Phone) {
					h.Phone = "090" + registration.Digits(h.Phone)
				}
			})},
	}
}

// waiting is a registration that waits for a call.
func waiting(m *world.Snapshot) (registration.Registration, bool) {
	for _, r := range m.Registrations.All() {
		if r.State == registration.AwaitCall {
			return r, true
		}
	}
	return registration.Registration{}, false
}
