package control

import (
	"context"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"example.com/netanswer/mocks/sms"
	"example.com/netanswer/sandbox/middleware"
)

// smsSettings are how a world's SMS gateway reads what it is handed.
type smsSettings struct {
	IA5IsGSM bool `json:"ia5_is_gsm" doc:"text that SMPP marks as IA5 (data_coding 1) is read in the GSM alphabet, as some clients mean it. SMPP 3.4 says IA5"`
}

func (f handler) smsSettings(a huma.API, path, tag string) {
	register(
		f,
		a,
		get(path, "get-sms-settings", tag, "SMSゲートウェイの設定を見る"),
		func(ctx context.Context, in *InWorld) (*answer[smsSettings], error) {
			m, err := f.control.Snapshot(ctx, in.World)
			if err != nil {
				return nil, middleware.Trouble(err)
			}
			return &answer[smsSettings]{smsSettings{IA5IsGSM: m.SMS.IA5IsGSM}}, nil
		},
	)
	register(f, a, change(http.MethodPut, path, "set-sms-settings", tag, "SMSゲートウェイの設定を変える"), func(ctx context.Context, in *struct {
		InWorld
		Body smsSettings
	}) (*answer[smsSettings], error) {
		err := f.control.ChangeSMS(ctx, in.World, func(b *sms.Box, _ time.Time) error {
			b.IA5IsGSM = in.Body.IA5IsGSM
			return nil
		})
		if err != nil {
			return nil, middleware.Trouble(err)
		}
		return &answer[smsSettings]{in.Body}, nil
	})
}
