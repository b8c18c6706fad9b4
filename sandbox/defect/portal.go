package defect

import (
	"example.com/netanswer/mocks/table"
	"example.com/netanswer/sandbox/registration"
	"example.com/netanswer/sandbox/world"
)

func portals() []world.Defect {
	return []world.Defect{
		{Name: "points-wrong", Rules: rules("p38-1", "p20-3"), Says: "永久不滅ポイントが1だけ違う",
			Ports: standing(func(s *world.Standing) { s.Points++ })},
		{Name: "purchase-missing", Rules: rules("p38-2", "p20-1", "p21-2"), Says: "ご利用明細の最後の1件が出ない",
			Ports: standing(func(s *world.Standing) { s.Purchases = s.Purchases[:max(0, len(s.Purchases)-1)] })},
		{Name: "payment-date-missing", Rules: rules("p21-1"), Says: "お支払日が出ない",
			Ports: standing(func(s *world.Standing) { s.PaymentDate = "" })},
		{Name: "limit-wrong", Rules: rules("p21-3"), Says: "ご利用可能枠が違う",
			Ports: standing(func(s *world.Standing) { s.CreditLimit += 10_000 })},
		{Name: "graph-misses-months", Rules: rules("p21-4"), Says: "ご利用グラフにこれまでの月が出ない",
			Ports: standing(func(s *world.Standing) { s.Usage = nil })},
	}
}

func journeys() []world.Defect {
	return []world.Defect{
		{Name: "idle-not-enforced", Rules: rules("a-14"), Says: "操作がないまま30分たっても続けられる",
			Shown: func(p registration.Policy, r registration.Registration, now time) registration.Registration {
				if !r.State.Final() && !now.Before(r.TouchedAt.Add(p.RegistrationIdle.Of())) {
					r.TouchedAt = now
				}
				return r
			}},
		{Name: "idle-counts-from-the-start", Rules: rules("a-14"), Says: "操作をしても、30分は始めたときから数える",
			Shown: func(_ registration.Policy, r registration.Registration, _ time) registration.Registration {
				r.TouchedAt = r.StartedAt
				return r
			}},
		{Name: "card-has-two-journeys", Rules: rules("a-16"), Says: "同じカードの前の手続きが終わらない",
			Command: around(func(st *world.State, _ string, next func() error) error {
				st.Journeys, st.Reserved = table.Table[string]{}, table.Table[string]{}
				return next()
			}, "submit")},
		{Name: "start-over-impossible", Rules: rules("p34-8", "a-08"), Says: "期限を過ぎたカードは、最初からやり直せない",
			Rule: func(op string, next world.Rule) world.Rule {
				if op != "submit" && op != "card" {
					return next
				}
				return func(st *world.State, r registration.Registration, now time) (registration.Registration, error) {
					after, err := next(st, r, now)
					for _, other := range st.Registrations.All() {
						if err == nil && other.ID != r.ID && other.At(st.Policy, now).Reason == registration.PasscodeTooOld {
							return r, &registration.Error{Kind: registration.Conflict, Code: "step_not_allowed", Text: "error.step"}
						}
					}
					return after, err
				}
			}},
	}
}
