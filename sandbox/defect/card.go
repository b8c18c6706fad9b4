package defect

import (
	"context"

	"example.com/netanswer/mocks/table"
	"example.com/netanswer/sandbox/account"
	"example.com/netanswer/sandbox/registration"
	"example.com/netanswer/sandbox/world"
)

func cards() []world.Defect {
	return []world.Defect{
		{Name: "expired-card-taken", Rules: rules("a-02"), Says: "有効期限を過ぎたカードを受け付ける",
			Entered: func(m *world.Snapshot, in any) {
				switch in.(type) {
				case *registration.Form, *registration.CardForm:
					m.Now = m.Now.AddDate(-15, 0, 0)
				}
			},
			Rule: func(op string, next world.Rule) world.Rule {
				if op != "submit" && op != "card" {
					return next
				}
				return func(st *world.State, r registration.Registration, now time) (registration.Registration, error) {
					after, err := next(st, r, now.AddDate(-15, 0, 0))
					return after.Touch(now), err
				}
			}},
		{Name: "unverified-card-taken", Rules: rules("a-01", "a-23"), Says: "発行元が知らないカードを受け付ける",
			Ports: byIssuer(func(i issuerDefect) issuerDefect {
				next := i.Issuer
				i.verify = func(ctx context.Context, name string, c world.CardQuestion) (registration.Holder, bool, error) {
					h, ok, err := next.Verify(ctx, name, c)
					if !ok && err == nil {
						h = registration.Holder{MemberID: "unknown", Phone: "090-0000-9999"}
					}
					return h, err == nil, err
				}
				return i
			})},
		{Name: "issuer-failure-swallowed", Rules: rules("a-15"), Says: "発行元が答えないと、確かめずにカードを受け付ける",
			Ports: byIssuer(func(i issuerDefect) issuerDefect {
				next := i.Issuer
				i.verify = func(ctx context.Context, name string, c world.CardQuestion) (registration.Holder, bool, error) {
					h, ok, err := next.Verify(ctx, name, c)
					if err != nil {
						return registration.Holder{MemberID: "unknown", Phone: "090-0000-9999"}, true, nil
					}
					return h, ok, nil
				}
				return i
			})},
		{Name: "refused-number-recorded", Rules: rules("a-23"), Says: "断った番号を記録に残す",
			Ports: byIssuer(func(i issuerDefect) issuerDefect {
				next := i.Issuer
				i.verify = func(ctx context.Context, name string, c world.CardQuestion) (registration.Holder, bool, error) {
					h, ok, err := next.Verify(ctx, name, c)
					if !ok && err == nil {
						err = i.change(ctx, name, func(st *world.State, now time) {
							st.Note(now, "issuer", "確認できないカードです: "+c.CardNumber)
						})
					}
					return h, ok, err
				}
				return i
			})},
		{Name: "barred-card-taken", Rules: rules("p35-6"), Says: "発行元が止めたカードでもご本人様確認へ進める",
			Ports: holding(func(h *registration.Holder) { h.Barred = false })},
		{Name: "no-way-gets-sms", Rules: rules("p35-6", "a-19"), Says: "連絡先の登録がない会員にもSMSを送ろうとする",
			Ports: holding(func(h *registration.Holder) {
				if h.Phone == "" && h.Email == "" {
					h.Phone = "090-0000-9999"
				}
			})},
		{Name: "corporate-card-taken", Rules: rules("p26-4"), Says: "コーポレートカードを受け付ける",
			Ports: holding(func(h *registration.Holder) {
				if h.Product == registration.ProductCorporate {
					h.Product = ""
				}
			})},
		{Name: "club-on-card-taken", Rules: rules("p26-5"), Says: "クラブ・オン/ミレニウムカードを受け付ける",
			Ports: holding(func(h *registration.Holder) {
				if h.Product == registration.ProductClubOn {
					h.Product = ""
				}
			})},
		{Name: "product-told-before-verified", Rules: rules("p26-4"), Says: "確認できないカードでも、コーポレートカードだと明かす",
			Ports: byIssuer(func(i issuerDefect) issuerDefect {
				next := i.Issuer
				i.verify = func(ctx context.Context, name string, c world.CardQuestion) (registration.Holder, bool, error) {
					h, ok, err := next.Verify(ctx, name, c)
					_ = i.change(ctx, name, func(st *world.State, _ time) { // only looked at
						if card, known := st.Issuer.Find(c.CardNumber); known && err == nil && !ok &&
							card.Product == registration.ProductCorporate {
							h, ok = registration.Holder{Product: card.Product}, true
						}
					})
					return h, ok, err
				}
				return i
			})},
		{Name: "registered-card-taken", Rules: rules("a-03"), Says: "登録済みのカードをWebで新規登録できる",
			Command: around(func(st *world.State, _ string, next func() error) error {
				kept := st.Accounts.Cards
				st.Accounts.Cards = table.Table[string]{}
				err := next()
				st.Accounts.Cards = kept
				return err
			}, "submit")},
		{Name: "id-taken-twice", Rules: rules("a-04"), Says: "ほかの会員のNetアンサーIDを選べる",
			Command: around(func(st *world.State, _ string, next func() error) error {
				kept := st.Accounts.Accounts
				st.Accounts.Accounts = table.Table[account.Account]{}
				err := next()
				st.Accounts.Accounts = kept
				return err
			}, "submit")},
		{Name: "id-under-way-taken-twice", Rules: rules("a-04"), Says: "手続き中の会員が選んだIDを、ほかの会員も選べる",
			Command: around(func(st *world.State, _ string, next func() error) error {
				st.Reserved = table.Table[string]{}
				return next()
			}, "submit")},
		{Name: "id-case-matters", Rules: rules("a-04"), Says: "大文字と小文字だけが違うIDを、別のIDと見なす",
			Entered: enter(func(m *world.Snapshot, f *registration.Form) {
				if a, ok := m.Accounts.Accounts.Get(account.Fold(f.NetAnswerID)); ok && a.NetAnswerID != f.NetAnswerID {
					f.NetAnswerID += "x"
				}
			})},
	}
}
