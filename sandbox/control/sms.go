package control

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"example.com/netanswer/mocks/sms"
	"example.com/netanswer/sandbox/middleware"
	"example.com/netanswer/sandbox/world"
)

type smsList struct {
	Messages []sms.Message `json:"messages" doc:"on the phones now, oldest first"`
	UnderWay int           `json:"under_way" doc:"how many are accepted and not on the phone yet"`
	Next     string        `json:"next,omitempty" doc:"ask for the rest with this as after; left out where this is all"`
}

// smsSize is how many bytes an SMS takes in a list, about.
func smsSize(m sms.Message) int { return 512 + len(m.Body) }

func (f handler) sms(a huma.API) {
	const path, tag = worldPath + "/sms", "SMS"
	register(f, a, listed(path, "list-sms", tag, "電話に届いたSMSの一覧"),
		func(ctx context.Context, in *struct {
			Query
			Paged
		}) (*answer[smsList], error) {
			m, err := f.control.Snapshot(ctx, in.World)
			if err != nil {
				return nil, middleware.Trouble(err)
			}
			shown, next, err := page(in.Paged, m.SMS.List(in.To, m.Now), func(m sms.Message) string { return m.ID }, smsSize)
			if err != nil {
				return nil, err
			}
			return &answer[smsList]{smsList{Messages: shown, UnderWay: m.UnderWay(in.To), Next: next}}, nil
		})
	register(f, a, await(path+"/wait", "await-sms", tag, "SMSが届くのを待つ"),
		func(ctx context.Context, in *waitQuery) (*answer[sms.Message], error) {
			by, err := in.by()
			if err != nil {
				return nil, err
			}
			waiting, cancel, err := in.deadline(ctx)
			if err != nil {
				return nil, err
			}
			defer cancel()
			if err := f.known(ctx, in.World, in.Waiting, "sms-", func(m world.Snapshot) int { return m.SMS.Serial }); err != nil {
				return nil, err
			}
			found, ok, err := f.control.AwaitSMS(waiting, in.World, in.To, in.After)
			if err != nil {
				return nil, middleware.Trouble(err)
			}
			if ok {
				found.Passcode = reread(by, found.Passcode, found.AcceptedAt, found.Body)
				return &answer[sms.Message]{found}, nil
			}
			m, err := f.control.Snapshot(ctx, in.World)
			if err != nil {
				return nil, middleware.Trouble(err)
			}
			return nil, in.nothing("SMS", m.UnderWay(in.To), m.Now)
		})
	f.smsSettings(a, path+"/settings", tag)
	register(f, a, change(http.MethodDelete, path, "forget-sms", tag, "SMSを消す"),
		func(ctx context.Context, in *Query) (*struct{}, error) {
			if err := f.control.ForgetSMS(ctx, in.World, in.To); err != nil {
				return nil, middleware.Trouble(err)
			}
			return nil, nil
		})
}
