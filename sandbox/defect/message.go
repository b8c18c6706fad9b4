package defect

import (
	"context"
	"errors"
	"strings"

	"example.com/netanswer/mocks/fault"
	"example.com/netanswer/sandbox/registration"
	"example.com/netanswer/sandbox/world"
)

func messages() []world.Defect {
	return []world.Defect{
		{Name: "double-press-sends-twice", Rules: rules("a-16"), Says: "二度押しでSMSを二度送る",
			Rule: func(op string, next world.Rule) world.Rule {
				from := map[string]registration.State{"proceed": registration.Confirm,
					"passcode_request": registration.CheckDestination}[op]
				if from == "" {
					return next
				}
				return func(st *world.State, r registration.Registration, now time) (registration.Registration, error) {
					if r.State == registration.AwaitPasscode {
						r.State, r.Passcode = from, registration.Passcode{}
					}
					return next(st, r, now)
				}
			},
			Command: forgetful},
		{Name: "retries-taken-again", Rules: rules("a-16"), Says: "再送信した操作を、もう一度行う", Command: forgetful},
		{Name: "sms-twice", Rules: rules("p34-4", "a-16", "a-15"), Says: "SMSをいつも二通送る",
			Ports: bySMS(func(next gateway, ctx context.Context, name, to, body string) error {
				return errors.Join(next(ctx, name, to, body), next(ctx, name, to, body))
			})},
		{Name: "sms-missing", Rules: rules("p34-1", "p14-2"), Says: "SMSを送らない",
			Ports: bySMS(func(gateway, context.Context, string, string, string) error { return nil })},
		{Name: "sms-to-somebody-else", Rules: rules("p34-1", "p14-2"), Says: "SMSを別の番号に送る",
			Ports: bySMS(func(next gateway, ctx context.Context, name, to, body string) error {
				return next(ctx, name, to[:len(to)-1]+"0", body)
			})},
		{Name: "sms-failure-swallowed", Rules: rules("a-15"), Says: "SMSを送れなくても、送ったことにする",
			Ports: bySMS(func(next gateway, ctx context.Context, name, to, body string) error {
				if err := next(ctx, name, to, body); !errors.Is(err, fault.ErrFault) {
					return err
				}
				return nil
			})},
		{Name: "mail-failure-swallowed", Rules: rules("a-15"), Says: "パスコードのメールを送れなくても、送ったことにする",
			Ports: byMail(func(next server, ctx context.Context, name, to string, raw []byte) error {
				if err := next(ctx, name, to, raw); !errors.Is(err, fault.ErrFault) {
					return err
				}
				return nil
			})},
		{Name: "mail-twice", Rules: rules("p36-3", "a-16"), Says: "メールをいつも二通送る",
			Ports: byMail(func(next server, ctx context.Context, name, to string, raw []byte) error {
				return errors.Join(next(ctx, name, to, raw), next(ctx, name, to, raw))
			})},
		{Name: "mail-missing", Rules: rules("p34-1", "p36-3", "p31-7"), Says: "メールを送らない",
			Ports: byMail(func(server, context.Context, string, string, []byte) error { return nil })},
		{Name: "mail-from-another-domain", Rules: rules("p34-6", "p23-2", "p30-2"), Says: "案内した受信許可のドメインと違う差出人でメールを送る",
			Ports: byMail(func(next server, ctx context.Context, name, to string, raw []byte) error {
				return next(ctx, name, to, []byte(strings.ReplaceAll(string(raw), "mail.saisoncard.co.jp", "mail.example.jp")))
			})},
		{Name: "mail-before-phone", Rules: rules("a-19"), Says: "携帯電話を登録している会員にもメールで送る",
			Ports: holding(func(h *registration.Holder) {
				if registration.Mobile(h.Phone) && h.Email != "" {
					h.Phone = ""
				}
			})},
		{Name: "failed-sms-loses-entries", Rules: rules("a-15"), Says: "SMSを送れないと、入力した内容が消える",
			Command: func(st *world.State, a world.Act, next func() error) error {
				before, had := st.Registrations.Get(a.ID)
				err := next()
				after, ok := st.Registrations.Get(a.ID)
				undone := before.State == registration.AwaitPasscode &&
					(after.State == registration.Confirm || after.State == registration.CheckDestination)
				if had && ok && undone {
					after.Application, after.State = registration.Application{}, registration.Input
					if after.Channel == registration.App {
						after.State = registration.AwaitCard
					}
					st.Registrations.Put(a.ID, after)
				}
				return err
			}},
	}
}

// forgetful forgets which keys were used with a registration.
func forgetful(st *world.State, a world.Act, next func() error) error {
	err := next()
	st.Answered.Delete(a.ID)
	return err
}
