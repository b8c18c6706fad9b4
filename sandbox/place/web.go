package place

import (
	"crypto/rand"
	"fmt"
	"slices"
	"strings"
	"time"

	"example.com/netanswer/mocks/fault"
	"example.com/netanswer/sandbox/registration"
	"example.com/netanswer/sandbox/world"
)

// web are the places of the web.
func web() []Place {
	at := func(name string, state registration.State, title string, kind Kind, steps ...[]step) Place {
		return Place{Name: name, Channel: registration.Web, State: state, Title: title, Kind: kind, steps: slices.Concat(steps...)}
	}
	input := []step{begin}
	confirm := append(input, submit)
	passcode := append(slices.Clone(confirm), proceed)
	return slices.Concat([]Place{
		at("input", registration.Input, "入力画面", WithMobile, input),
		at("input-again", registration.Input, "確認から入力へ戻ったところ", WithMobile, confirm, []step{revise}),
		at("confirm-amex", registration.Confirm, "入力内容の確認（AMEX）", WithAmex, confirm),
		at(
			"confirm-both-mails",
			registration.Confirm,
			"入力内容の確認（メールアドレス2つ）",
			WithMobile,
			input,
			[]step{submitWith(func(w *walk, f *registration.Form) { f.EmailMobile = "member@mobile.example.jp" })},
		),
		at("confirm-personal", registration.Confirm, "入力内容の確認（ID・パスワードへの注意）", WithMobile, input, []step{submitWith(personal)}),
		at("confirm", registration.Confirm, "入力内容の確認", WithMobile, confirm),
		at("passcode", registration.AwaitPasscode, "パスコードがSMSで届いたところ", WithMobile, passcode),
		at("passcode-mail", registration.AwaitPasscode, "パスコードがメールで届いたところ", WithMail, passcode),
		at("passcode-lost", registration.AwaitPasscode, "SMSが届かないまま", WithMobile, confirm, []step{lose, proceed}),
	}, atPasscode(registration.Web, passcode), []Place{
		at("call", registration.AwaitCall, "電話を待っているところ", Landline, passcode),
		at(
			"call-last",
			registration.AwaitCall,
			"電話の受付があと42秒",
			Landline,
			passcode,
			[]step{pass(func(p registration.Policy) registration.Duration {
				return max(0, p.CallWindow-registration.Duration(42*time.Second))
			})},
		),
		at("call-confirmed", registration.AwaitCall, "電話で確認できたところ", Landline, passcode, []step{telephone}),
		at("completed", registration.Completed, "ご登録の完了", WithMobile, passcode, []step{enter}),
		at("portal", registration.Completed, "ログインしたところ", WithMobile, passcode, []step{enter, logIn}),
		at(
			"expired-passcode",
			registration.Expired,
			"パスコードの期限切れ",
			WithMobile,
			passcode,
			[]step{pass(func(p registration.Policy) registration.Duration { return p.PasscodeLifetime })},
		),
		at(
			"expired-call",
			registration.Expired,
			"電話の時間切れ",
			Landline,
			passcode,
			[]step{pass(func(p registration.Policy) registration.Duration {
				return p.CallWindow + registration.Duration(time.Second)
			})},
		),
		at("expired-idle", registration.Expired, "操作がないまま期限切れ", WithMobile, confirm, []step{pass(idle)}),
		at("expired-superseded", registration.Expired, "同じカードの新しいお手続き", WithMobile, confirm, []step{supersede(confirm)}),
		at(
			"locked",
			registration.Locked,
			"パスコードの誤りの上限",
			WithMobile,
			passcode,
			[]step{wrong(func(p registration.Policy) int { return p.PasscodeAttempts })},
		),
		at("unavailable", registration.Unavailable, "ご本人様確認ができない", NoContact, passcode),
	})
}

func begin(w *walk) error { return w.took(w.s.Web().Start(w.ctx, w.world)) }

func submit(w *walk) error {
	return submitWith(func(*walk, *registration.Form) {})(w)
}

// submitWith sends the form with something changed in it. An ID that is taken, or
// holds what it must not, is chosen anew.
func submitWith(change func(*walk, *registration.Form)) step {
	return func(w *walk) error {
		var err error
		for range 5 {
			w.id = netAnswerID(w.at.Snapshot.Policy)
			f := w.form()
			change(w, &f)
			w.id = f.NetAnswerID
			if err = w.took(w.s.Web().Submit(w.ctx, w.world, w.at.Registration.ID, f)); w.at.Refused == nil ||
				!about(w.at.Refused, registration.FieldNetAnswerID) {
				return err
			}
		}
		return err
	}
}

// personal puts the member's date of birth, without the year, into the ID (p29-3).
func personal(w *walk, f *registration.Form) {
	date := strings.ReplaceAll(w.card.BirthDate, "-", "")[4:]
	f.NetAnswerID = f.NetAnswerID[:max(0, len(f.NetAnswerID)-len(date))] + date
}

func revise(w *walk) error { return w.took(w.s.Web().Revise(w.ctx, w.world, w.at.Registration.ID)) }

func (w *walk) form() registration.Form {
	month, year := w.card.Expiry[:2], w.card.Expiry[3:]
	return registration.Form{CardNumber: w.card.Number, ExpiryMonth: month, ExpiryYear: year, SecurityCode: w.card.SecurityCode,
		NetAnswerID: w.id, Password: Password, PasswordConfirmation: Password, EmailPC: w.address(), TermsAgreed: true}
}

// address is the mail address that the member enters.
func (w *walk) address() string {
	if w.card.Email != "" {
		return w.card.Email
	}
	return "member@example.jp"
}

// about tells whether a refusal is about a field.
func about(refused error, field string) bool {
	for _, e := range world.Refusals(refused) {
		if e.Field == field {
			return true
		}
	}
	return false
}

// netAnswerID makes up an ID as the policy wants one, of letters and then digits.
func netAnswerID(p registration.Policy) string {
	length := min(max(10, p.NetAnswerIDMin), p.NetAnswerIDMax)
	id := []byte(rand.Text()[:max(0, min(26, length))])
	for i, c := range id {
		if i < length-4 {
			id[i] = 'a' + c%26
		} else {
			id[i] = '2' + c%8
		}
	}
	return string(id)
}

func proceed(w *walk) error { return w.took(w.s.Web().Proceed(w.ctx, w.world, w.at.Registration.ID)) }

func enter(w *walk) error {
	return w.took(w.s.Web().Enter(w.ctx, w.world, w.at.Registration.ID, w.at.Registration.Passcode.Code))
}

func logIn(w *walk) error {
	token, m, refused, err := w.s.Members().Login(w.ctx, w.world, w.id, Password)
	if err == nil && refused != nil {
		err = fmt.Errorf("log in: %s", explain(m, refused))
	}
	w.token = token
	return err
}

// wrong enters so many wrong passcodes.
func wrong(times func(registration.Policy) int) step {
	return func(w *walk) error {
		code := otherThan(w.at.Registration.Passcode.Code)
		for range times(w.at.Snapshot.Policy) {
			var err error
			if w.at.Registration.Channel == registration.App {
				w.at, err = w.s.App().Enter(w.ctx, w.app(), code)
			} else {
				w.at, err = w.s.Web().Enter(w.ctx, w.world, w.at.Registration.ID, code)
			}
			if err != nil { // that it is refused is the point
				return err
			}
		}
		return nil
	}
}

// otherThan is a code of digits that differs from another one.
func otherThan(code string) string {
	if code == "" {
		return "0"
	}
	return string('0'+(code[0]-'0'+1)%10) + code[1:]
}

// reissue asks for another passcode, as soon as it may be asked for.
func reissue(times func(registration.Policy) int) step {
	return func(w *walk) error {
		for range times(w.at.Snapshot.Policy) {
			if err := w.move(w.at.Snapshot.Policy.PasscodeReissueInterval); err != nil {
				return err
			}
			var err error
			if w.at.Registration.Channel == registration.App {
				err = w.took(w.s.App().Reissue(w.ctx, w.app()))
			} else {
				err = w.took(w.s.Web().Reissue(w.ctx, w.world, w.at.Registration.ID))
			}
			if err != nil {
				return err
			}
		}
		return nil
	}
}

// lose makes the next SMS to the member never come.
func lose(w *walk) error {
	m, err := w.s.Control().Snapshot(w.ctx, w.world)
	if err != nil {
		return err
	}
	plan := m.SMS.Faults
	lost := fault.Fault{Kind: fault.Lose, To: w.card.Phone, Times: 1}
	plan.Faults = append([]fault.Fault{lost}, plan.Faults...)
	_, err = w.s.Control().Plan(w.ctx, w.world, world.ProviderSMS, plan)
	return err
}

// telephone calls the free-dial number and hears the guidance out (p35-5).
func telephone(w *walk) error {
	_, err := w.s.Telephone().Place(w.ctx, w.world, world.CallRequest{From: w.card.Phone, Listen: "all"})
	return err
}

func idle(p registration.Policy) registration.Duration { return p.RegistrationIdle }

// pass lets a time of the policy pass.
func pass(of func(registration.Policy) registration.Duration) step {
	return func(w *walk) error { return w.move(of(w.at.Snapshot.Policy)) }
}

// move moves the world's clock on.
func (w *walk) move(d registration.Duration) error {
	if d.Of() <= 0 {
		return nil
	}
	_, err := w.s.Control().Arrange(w.ctx, w.world, world.Setup{Clock: world.ClockMove{Advance: d.Of()}})
	return err
}

// supersede begins another registration of the same card; the walk stays with
// the first.
func supersede(steps []step) step {
	return func(w *walk) error {
		other := *w
		for _, do := range steps {
			if err := do(&other); err != nil {
				return err
			}
		}
		return nil
	}
}
