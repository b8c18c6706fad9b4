package control

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"example.com/netanswer/mocks/ivr/twiml"
	"example.com/netanswer/sandbox/middleware"
)

// voiceWebhook is a world's voice webhook without the token that signs.
type voiceWebhook struct {
	URL            string `json:"url" doc:"told of every call by POST; its TwiML is what the caller hears. Empty: the registrations of the world decide"`
	Account        string `json:"account,omitempty"`
	Signed         bool   `json:"signed" doc:"requests carry X-Twilio-Signature"`
	StatusCallback string `json:"status_callback,omitempty" doc:"told of the end of calls"`
}

func (f handler) voice(a huma.API) {
	const path, tag = worldPath + "/voice", "電話"
	register(f, a, get(path, "get-voice", tag, "電話の応答を決めるWebhook"),
		func(ctx context.Context, in *InWorld) (*answer[voiceWebhook], error) {
			m, err := f.control.Snapshot(ctx, in.World)
			if err != nil {
				return nil, middleware.Trouble(err)
			}
			return &answer[voiceWebhook]{withoutToken(m.Voice)}, nil
		})
	register(f, a, change(http.MethodPut, path, "set-voice", tag, "電話の応答をWebhookに任せる"), func(ctx context.Context, in *struct {
		InWorld
		Body twiml.Webhook
	}) (*answer[voiceWebhook], error) {
		if in.Body == (twiml.Webhook{}) {
			in.Body.URL = "-" // nowhere is no webhook: DELETE says that
		}
		if err := f.telephone.SetVoice(ctx, in.World, in.Body); err != nil {
			return nil, middleware.Trouble(err)
		}
		return &answer[voiceWebhook]{withoutToken(in.Body)}, nil
	})
	register(
		f,
		a,
		change(http.MethodDelete, path, "reset-voice", tag, "電話の応答をワールドに戻す"),
		func(ctx context.Context, in *InWorld) (*struct{}, error) {
			if err := f.telephone.SetVoice(ctx, in.World, twiml.Webhook{}); err != nil {
				return nil, middleware.Trouble(err)
			}
			return nil, nil
		},
	)
}

func withoutToken(w twiml.Webhook) voiceWebhook {
	return voiceWebhook{URL: w.URL, Account: w.Account, Signed: w.AuthToken != "", StatusCallback: w.StatusCallback}
}
