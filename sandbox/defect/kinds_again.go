package defect

import (
	gotime "time"

	"example.com/netanswer/fixtures"
	"example.com/netanswer/mocks/issuer"
	"example.com/netanswer/sandbox/registration"
	"example.com/netanswer/sandbox/world"
)

// statements are lines of it that are in another order, or say something else.
func statements() []world.Defect {
	purchases := func(name, says string, change func([]fixtures.Purchase) []fixtures.Purchase) world.Defect {
		return standings(name, "p38-2 p21-2", says, func(_ issuer.Card, s *world.Standing) {
			if len(s.Purchases) > 1 {
				s.Purchases = change(append([]fixtures.Purchase(nil), s.Purchases...))
			}
		})
	}
	return []world.Defect{
		purchases("purchases-reversed", "ご利用明細が逆の順に並ぶ", func(all []fixtures.Purchase) []fixtures.Purchase {
			for i, j := 0, len(all)-1; i < j; i, j = i+1, j-1 {
				all[i], all[j] = all[j], all[i]
			}
			return all
		}),
		purchases("purchase-dates-swapped", "二件の日付が入れかわる", func(all []fixtures.Purchase) []fixtures.Purchase {
			all[0].Date, all[1].Date = all[1].Date, all[0].Date
			return all
		}),
		purchases("purchase-shops-swapped", "二件の利用先が入れかわる", func(all []fixtures.Purchase) []fixtures.Purchase {
			all[0].Shop, all[1].Shop = all[1].Shop, all[0].Shop
			return all
		}),
		purchases("purchase-amounts-swapped", "二件の金額が入れかわる", func(all []fixtures.Purchase) []fixtures.Purchase {
			all[0].Amount, all[1].Amount = all[1].Amount, all[0].Amount
			return all
		}),
		purchases("purchase-amount-off", "最後の一件の金額が1円違う", func(all []fixtures.Purchase) []fixtures.Purchase {
			all[len(all)-1].Amount++
			return all
		}),
		purchases("purchase-date-off", "最後の一件の日付が一日違う", func(all []fixtures.Purchase) []fixtures.Purchase {
			at, err := gotime.Parse(gotime.DateOnly, all[len(all)-1].Date)
			if err == nil {
				all[len(all)-1].Date = at.AddDate(0, 0, 1).Format(gotime.DateOnly)
			}
			return all
		}),
		purchases("purchase-year-off", "一件の年が違う", func(all []fixtures.Purchase) []fixtures.Purchase {
			all[0].Date = "2025" + all[0].Date[4:]
			return all
		}),
		purchases("purchase-twice", "一件が二度並ぶ", func(all []fixtures.Purchase) []fixtures.Purchase { return append(all[:1:1], all...) }),
		purchases("purchase-of-somebody-else", "ほかの会員の一件が混ざる", func(all []fixtures.Purchase) []fixtures.Purchase {
			return append(all, fixtures.Purchase{Date: "2026-10-05", Shop: "見本航空", Amount: 58900})
		}),
		purchases("newest-purchase-missing", "いちばん新しい一件が出ない", func(all []fixtures.Purchase) []fixtures.Purchase { return all[1:] }),
	}
}

// channelled are defects of one channel, or of one way of being reached.
func channelled() (all []world.Defect) {
	for _, c := range []struct {
		name, says string
		in         func(registration.Registration) bool
		attempts   []string
		reissue    []string
	}{
		{"on-the-web", "Webでは", func(r registration.Registration) bool { return r.Channel == registration.Web }, rules("a-06"),
			rules("a-07")},
		{"in-the-app", "アプリでは", func(r registration.Registration) bool { return r.Channel == registration.App }, rules("a-06"),
			rules("a-07")},
		{"by-mail", "メールでは", func(r registration.Registration) bool { return r.Method == registration.ByEmail }, rules("a-06"),
			rules("a-07")},
	} {
		when := func(change func(registration.Policy, *registration.Registration)) func(registration.Policy, *registration.Registration) {
			return func(p registration.Policy, r *registration.Registration) {
				if c.in(*r) {
					change(p, r)
				}
			}
		}
		all = append(all,
			world.Defect{Name: "attempts-not-counted-" + c.name, Rules: c.attempts, Says: c.says + "誤りを数えない",
				Rule: before("passcode", when(func(_ registration.Policy, r *registration.Registration) { r.Attempts = 0 }))},
			world.Defect{Name: "reissues-not-counted-" + c.name, Rules: c.reissue, Says: c.says + "再発行を数えない",
				Rule: before("reissue", when(func(_ registration.Policy, r *registration.Registration) { r.Reissues = 0 }))},
			world.Defect{Name: "interval-ignored-" + c.name, Rules: c.reissue, Says: c.says + "間隔をおかずに再発行できる",
				Rule: before("reissue", when(func(p registration.Policy, r *registration.Registration) {
					r.Passcode.IssuedAt = r.Passcode.IssuedAt.Add(-p.PasscodeReissueInterval.Of())
				}))},
			world.Defect{Name: "old-passcode-valid-" + c.name, Rules: c.reissue, Says: c.says + "再発行しても前のパスコードが使える",
				Entered: enter(func(m *world.Snapshot, in *world.PasscodeEntry) {
					if r, ok := m.Registrations.Get(in.Registration); ok && c.in(r) && r.Previous.Code != "" && in.Code == r.Previous.Code {
						in.Code = r.Passcode.Code
					}
				})},
			world.Defect{Name: "reissue-forgives-" + c.name, Rules: c.attempts, Says: c.says + "再発行すると誤りの回数が戻る",
				Rule: before("reissue", when(func(_ registration.Policy, r *registration.Registration) { r.Attempts = 0 }))})
	}
	return all
}

// repeated are what goes wrong the second time only.
func repeated() []world.Defect {
	return []world.Defect{
		{Name: "second-reissue-needs-no-interval", Rules: rules("a-07"), Says: "二度目からの再発行は間隔をおかない",
			Rule: before("reissue", func(p registration.Policy, r *registration.Registration) {
				if r.Reissues > 0 {
					r.Passcode.IssuedAt = r.Passcode.IssuedAt.Add(-p.PasscodeReissueInterval.Of())
				}
			})},
		{Name: "attempts-outlive-the-lock", Rules: rules("a-06"), Says: "受付停止の後の新しい手続きで、誤りを続きから数える",
			Rule: only("passcode", func(next world.Rule) world.Rule {
				return func(st *world.State, r registration.Registration, now time) (registration.Registration, error) {
					for _, other := range st.Registrations.All() {
						if other.State == registration.Locked && r.Attempts == 0 {
							r.Attempts = other.Attempts - 1
						}
					}
					return next(st, r, now)
				}
			})},
		{Name: "failed-reissue-forgives-attempts", Rules: rules("a-06"), Says: "再発行が送れないと誤りの回数が戻る",
			Rule: only("reissue", func(next world.Rule) world.Rule {
				return func(st *world.State, r registration.Registration, now time) (registration.Registration, error) {
					after, err := next(st, r, now)
					if len(st.SMS.Faults.Faults) > 0 {
						after.Attempts = 0
					}
					return after, err
				}
			})},
		{Name: "login-count-outlives-the-lock", Rules: rules("a-20"), Says: "停止が終わっても、誤りを続きから数える",
			Command: func(st *world.State, a world.Act, next func() error) error {
				err := next()
				for id, one := range st.Accounts.Accounts.All() {
					if a.Op == "login" && one.Failures == 0 && !one.LockedUntil.IsZero() {
						one.Failures = st.Policy.LoginAttempts - 1
						st.Accounts.Accounts.Put(id, one)
					}
				}
				return err
			}},
		{Name: "wrong-pins-stop-all-cards", Rules: rules("a-09"), Says: "暗証番号の誤りが、同じ会員のほかのカードも止める",
			Command: func(st *world.State, _ world.Act, next func() error) error {
				for number, wrong := range st.Issuer.WrongPINs.All() {
					one, _ := st.Issuer.Cards.Get(number)
					for other, card := range st.Issuer.Cards.All() {
						if n, _ := st.Issuer.WrongPINs.Get(other); card.MemberID == one.MemberID && n < wrong {
							st.Issuer.WrongPINs.Put(other, wrong)
						}
					}
				}
				return next()
			}},
		{Name: "refused-form-is-no-action", Rules: rules("a-14"), Says: "断られた入力を操作と数えない",
			Rule: only("submit", func(next world.Rule) world.Rule {
				return func(st *world.State, r registration.Registration, now time) (registration.Registration, error) {
					after, err := next(st, r, now)
					if err != nil {
						after.TouchedAt = r.TouchedAt
					}
					return after, err
				}
			})},
		{Name: "malformed-pin-is-no-action", Rules: rules("a-14"), Says: "書き方の誤った暗証番号を操作と数えない",
			Rule: only("pin", func(next world.Rule) world.Rule {
				return func(st *world.State, r registration.Registration, now time) (registration.Registration, error) {
					after, err := next(st, r, now)
					if said(err, "pin_form") {
						after.TouchedAt = r.TouchedAt
					}
					return after, err
				}
			})},
		{Name: "left-card-ends-the-journey", Rules: rules("a-16"), Says: "直して手放したカードの新しい手続きで、手続きが終わる",
			Command: func(st *world.State, a world.Act, next func() error) error {
				mine, _ := st.Registrations.Get(a.ID)
				err := next()
				after, _ := st.Registrations.Get(a.ID)
				for id, other := range st.Registrations.All() {
					if a.Op == "card" && id != a.ID && other.Channel == mine.Channel && after.Application.CardNumber != "" {
						st.Registrations.Put(id, other.Supersede())
					}
				}
				return err
			}},
	}
}

// revised are fields that stay as they were before they were corrected.
func revised() (all []world.Defect) {
	for _, f := range []struct {
		name, says string
		keep       func(before registration.Application, after *registration.Application)
	}{
		{"id", "NetアンサーID", func(b registration.Application, a *registration.Application) { a.NetAnswerID = b.NetAnswerID }},
		{"pc-address", "パソコンのアドレス", func(b registration.Application, a *registration.Application) { a.EmailPC = b.EmailPC }},
		{"mobile-address", "携帯電話のアドレス", func(b registration.Application, a *registration.Application) { a.EmailMobile = b.EmailMobile }},
		{"newsletter", "メールマガジン", func(b registration.Application, a *registration.Application) { a.Newsletter = b.Newsletter }},
		{"card", "カード番号", func(b registration.Application, a *registration.Application) { a.CardNumber = b.CardNumber }},
		{"expiry", "有効期限", func(b registration.Application, a *registration.Application) {
			a.ExpiryMonth, a.ExpiryYear = b.ExpiryMonth, b.ExpiryYear
		}},
		{"cleared-address", "消したアドレス", func(b registration.Application, a *registration.Application) {
			if a.EmailMobile == "" {
				a.EmailMobile = b.EmailMobile
			}
		}},
		{"password", "パスワード", func(b registration.Application, a *registration.Application) { a.PasswordDigest = b.PasswordDigest }},
	} {
		all = append(all, world.Defect{Name: "revision-keeps-" + f.name, Rules: rules("p33-3"), Says: "直しても、" + f.says + "が前のまま",
			Rule: only("submit", func(next world.Rule) world.Rule {
				return func(st *world.State, r registration.Registration, now time) (registration.Registration, error) {
					after, err := next(st, r, now)
					if err == nil && r.Application.CardNumber != "" {
						f.keep(r.Application, &after.Application)
					}
					return after, err
				}
			})})
	}
	return append(all, world.Defect{Name: "revision-keeps-holder", Rules: rules("p33-3"), Says: "カードを直しても、前の持ち主に届く",
		Rule: only("submit", func(next world.Rule) world.Rule {
			return func(st *world.State, r registration.Registration, now time) (registration.Registration, error) {
				after, err := next(st, r, now)
				if err == nil && r.Holder.MemberID != "" {
					after.Holder = r.Holder
				}
				return after, err
			}
		})})
}

// undefaulted are values of the policy that are read as if they were the default.
func undefaulted() (all []world.Defect) {
	for _, v := range []struct {
		name, says string
		rules      []string
		set        func(*registration.Policy)
	}{
		{"lifetime", "パスコードの有効期間", rules("a-08"), func(p *registration.Policy) { p.PasscodeLifetime = registration.Duration(10 * gotime.Minute) }},
		{"attempts", "パスコードの入力回数", rules("a-06"), func(p *registration.Policy) { p.PasscodeAttempts = 5 }},
		{"reissues", "再発行の回数", rules("a-07"), func(p *registration.Policy) { p.PasscodeReissues = 5 }},
		{"interval", "再発行の間隔", rules("a-07"), func(p *registration.Policy) { p.PasscodeReissueInterval = registration.Duration(30 * gotime.Second) }},
		{"idle", "無操作の制限時間", rules("a-14"), func(p *registration.Policy) { p.RegistrationIdle = registration.Duration(30 * gotime.Minute) }},
		{"call-window", "電話を受ける時間", rules("p35-2"),
			func(p *registration.Policy) { p.CallWindow = registration.Duration(15 * gotime.Minute) }},
		{"login-attempts", "パスワードの入力回数", rules("a-20"), func(p *registration.Policy) { p.LoginAttempts = 5 }},
		{"login-lock", "ログイン停止の時間", rules("a-20"), func(p *registration.Policy) { p.LoginLock = registration.Duration(30 * gotime.Minute) }},
	} {
		all = append(all, world.Defect{Name: "policy-of-" + v.name + "-ignored", Rules: v.rules, Says: "方針を変えても、" + v.says + "が既定のまま",
			Command: func(st *world.State, a world.Act, next func() error) error {
				chosen := st.Policy
				v.set(&st.Policy)
				err := next()
				st.Policy = chosen
				return err
			},
			Shown: func(_ registration.Policy, r registration.Registration, _ time) registration.Registration { return r }})
	}
	return all
}

// kinds are all of these.
func kinds() (all []world.Defect) {
	for _, some := range [][]world.Defect{digitsOfCodes(), people(), statements(), channelled(), repeated(), revised(),
		undefaulted(), letters()} {
		all = append(all, some...)
	}
	return all
}
