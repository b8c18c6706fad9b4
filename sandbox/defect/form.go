package defect

import (
	"errors"
	"net/mail"
	"strings"

	"example.com/netanswer/sandbox/registration"
	"example.com/netanswer/sandbox/world"
)

func forms() []world.Defect {
	return []world.Defect{
		{Name: "terms-not-needed", Rules: rules("a-17"), Says: "規約に同意しなくても登録できる",
			Entered: func(_ *world.Snapshot, in any) {
				switch in := in.(type) {
				case *registration.Form:
					in.TermsAgreed = true
				case *world.Agreement:
					in.Agreed = true
				}
			}},
		{Name: "confirmation-not-compared", Rules: rules("p29-5"), Says: "確認欄のパスワードを比べない",
			Entered: enter(func(_ *world.Snapshot, f *registration.Form) {
				if f.PasswordConfirmation != "" {
					f.PasswordConfirmation = f.Password
				}
			})},
		{Name: "email-not-needed", Rules: rules("p30-1"), Says: "メールアドレスがなくても進める",
			Entered: enter(func(_ *world.Snapshot, f *registration.Form) {
				if f.EmailPC == "" && f.EmailMobile == "" {
					f.EmailPC = "nobody@example.jp"
				}
			})},
		{Name: "email-form-not-checked", Rules: rules("a-13"), Says: "メールアドレスの形式を確かめない",
			Entered: func(_ *world.Snapshot, in any) {
				switch in := in.(type) {
				case *registration.Form:
					in.EmailPC, in.EmailMobile = mended(in.EmailPC), mended(in.EmailMobile)
				case *world.EmailEntry:
					in.Email = mended(in.Email)
				}
			}},
		{Name: "wide-characters-taken", Rules: rules("p26-2", "p29-2", "a-13"), Says: "全角の文字を半角と見なす",
			Entered: enter(func(_ *world.Snapshot, f *registration.Form) {
				for _, v := range []*string{&f.CardNumber, &f.SecurityCode, &f.NetAnswerID, &f.Password,
					&f.PasswordConfirmation, &f.EmailPC, &f.EmailMobile} {
					*v = narrow(*v)
				}
			})},
		{Name: "spaces-in-id-dropped", Rules: rules("p29-1"), Says: "IDの空白を取り除いて受け付ける",
			Entered: enter(func(_ *world.Snapshot, f *registration.Form) {
				f.NetAnswerID = strings.ReplaceAll(f.NetAnswerID, " ", "")
			})},
		{Name: "first-error-only", Rules: rules("p26-2", "p29-2", "p16-6"), Says: "誤りを一つずつしか示さない",
			Rule: func(op string, next world.Rule) world.Rule {
				return func(st *world.State, r registration.Registration, now time) (registration.Registration, error) {
					after, err := next(st, r, now)
					var several registration.Errors
					if errors.As(err, &several) && len(several) > 1 {
						err = several[:1].Err()
					}
					return after, err
				}
			}},
		{Name: "newsletter-lost", Rules: rules("p30-3"), Says: "メールマガジンの選択を覚えない",
			Entered: enter(func(_ *world.Snapshot, f *registration.Form) { f.Newsletter = !f.Newsletter })},
		{Name: "revision-loses-entries", Rules: rules("p33-3"), Says: "戻って修正すると、入力した内容が消える",
			Rule: only("revise", func(next world.Rule) world.Rule {
				return func(st *world.State, r registration.Registration, now time) (registration.Registration, error) {
					after, err := next(st, r, now)
					after.Application = registration.Application{}
					return after, err
				}
			})},
		{Name: "revision-not-taken", Rules: rules("p33-3"), Says: "直した内容でなく、前の内容が残る",
			Rule: only("submit", func(next world.Rule) world.Rule {
				return func(st *world.State, r registration.Registration, now time) (registration.Registration, error) {
					after, err := next(st, r, now)
					if r.Application.CardNumber != "" && err == nil {
						after.Application = r.Application
					}
					return after, err
				}
			})},
		{Name: "back-loses-email", Rules: rules("p15-1"), Says: "アプリで戻ると、入力したメールアドレスが消える",
			Rule: only("back:"+string(registration.AwaitEmail), func(next world.Rule) world.Rule {
				return func(st *world.State, r registration.Registration, now time) (registration.Registration, error) {
					after, err := next(st, r, now)
					after.Application.EmailMobile = ""
					return after, err
				}
			})},
		{Name: "second-address-lost", Rules: rules("p33-1", "p30-1"), Says: "携帯電話・スマートフォンのメールアドレスを覚えない",
			Entered: enter(func(_ *world.Snapshot, f *registration.Form) {
				if f.EmailMobile != "" {
					f.EmailPC, f.EmailMobile = f.EmailMobile, ""
				}
			})},
	}
}

// mended is an address that passes where one was entered that is none.
func mended(address string) string {
	if _, err := mail.ParseAddress(address); address == "" || err == nil {
		return address
	}
	return "mended@example.jp"
}

// narrow writes full-width forms of ASCII as ASCII.
func narrow(text string) string {
	return strings.Map(func(c rune) rune {
		if '！' <= c && c <= '～' {
			return c - '！' + '!'
		}
		return c
	}, text)
}
