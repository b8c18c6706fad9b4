package defect

import (
	"context"
	"regexp"
	"strings"

	"example.com/netanswer/sandbox/registration"
	"example.com/netanswer/sandbox/world"
)

// letters are what arrives with something else in it, or at another address.
func letters() []world.Defect {
	text := func(name, rule, says string, change func(string) string) world.Defect {
		return world.Defect{
			Name:  name,
			Rules: rules(rule),
			Says:  says,
			Ports: bySMS(func(next gateway, ctx context.Context, world, to, body string) error {
				return next(ctx, world, to, change(body))
			}),
		}
	}
	completion := func(name, rule, says string, change func(*registration.Registration)) world.Defect {
		return world.Defect{Name: name, Rules: rules(rule), Says: says, Rule: func(op string, next world.Rule) world.Rule {
			if op != "passcode" && op != "finish" && op != "terms" {
				return next
			}
			return func(st *world.State, r registration.Registration, now time) (registration.Registration, error) {
				change(&r)
				return next(st, r, now)
			}
		}}
	}
	return []world.Defect{
		text("sms-expiry-minute-off", "p34-5", "SMSの有効期限の分が違う", func(body string) string {
			return expiryForm.ReplaceAllStringFunc(
				body,
				func(at string) string { return at[:len(at)-1] + string('0'+(at[len(at)-1]-'0'+1)%10) },
			)
		}),
		text(
			"sms-expiry-day-missing",
			"p34-5",
			"SMSの有効期限に日がない",
			func(body string) string { return expiryForm.ReplaceAllString(body, "$2") },
		),
		text(
			"sms-sender-missing",
			"p34-5",
			"SMSに差出人の会社名がない",
			func(body string) string { return strings.TrimSuffix(body, "\n株式会社クレディセゾン") },
		),
		text("sms-lines-swapped", "p34-5", "SMSの行の順が違う", func(body string) string {
			lines := strings.Split(body, "\n")
			if len(lines) > 2 {
				lines[1], lines[2] = lines[2], lines[1]
			}
			return strings.Join(lines, "\n")
		}),
		text("sms-has-more-to-say", "p34-5", "SMSに余計な文がある", func(body string) string { return body + "\n返信はできません。" }),
		completion(
			"completion-mail-to-registered-address",
			"p36-3",
			"完了のメールが、入力したアドレスでなく発行元の登録のアドレスに届く",
			func(r *registration.Registration) {
				if r.Application.EmailPC != "" {
					r.Application.EmailPC = r.Holder.Email
				}
			},
		),
		completion("app-mail-to-registered-address", "a-21", "アプリのお知らせが、入力したアドレスでなく発行元の登録のアドレスに届く", func(r *registration.Registration) {
			if r.Channel == registration.App && r.Application.EmailMobile != "" {
				r.Application.EmailMobile = r.Holder.Email
			}
		}),
		completion("mobile-address-alone-gets-no-mail", "p36-3", "携帯電話のアドレスだけの会員に完了のメールが届かない", func(r *registration.Registration) {
			if r.Channel == registration.Web && r.Application.EmailPC == "" {
				r.Application.EmailMobile = ""
			}
		}),
		{Name: "same-address-gets-two-mails", Rules: rules("p36-3"), Says: "二つの欄が同じアドレスなら、メールが二通届く",
			Ports: byMail(func(next server, ctx context.Context, name, to string, raw []byte) error {
				err := next(ctx, name, to, raw)
				if err == nil && to == "aruki@example.jp" {
					err = next(ctx, name, to, raw)
				}
				return err
			})},
		{Name: "mail-addresses-cut-at-plus", Rules: rules("p36-3"), Says: "アドレスの+から後を落として送る",
			Ports: byMail(func(next server, ctx context.Context, name, to string, raw []byte) error {
				if local, domain, ok := strings.Cut(to, "@"); ok {
					local, _, _ = strings.Cut(local, "+")
					to = local + "@" + domain
				}
				return next(ctx, name, to, raw)
			})},
	}
}

// expiryForm is how an SMS tells when its passcode ends: the day, and the time.
var expiryForm = regexp.MustCompile(`(\d\d/\d\d )(\d\d:\d\d)`)
