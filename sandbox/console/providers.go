package console

import (
	"context"
	"time"

	"github.com/danielgtaylor/huma/v2"
)

// Providers are where the providers' own protocols are spoken, and the limits of
// those who speak them.
type Providers struct {
	REST, SMTP, IMAP, SMPP string // addresses, "" where nobody listens

	Connections, Recipients, Parts int
	Idle, Hold, CallBack           time.Duration
	Mail                           int64
}

type providersView struct {
	REST string `json:"rest,omitempty" doc:"address of Twilio's REST"`
	SMPP string `json:"smpp,omitempty" doc:"address of SMPP"`
	SMTP string `json:"smtp,omitempty" doc:"address of SMTP"`
	IMAP string `json:"imap,omitempty" doc:"address of IMAP"`
	SIP  string `json:"sip,omitempty" doc:"address of the telephone, UDP and TCP"`

	Connections int   `json:"connections" doc:"connections that each listener holds at once; more wait"`
	Idle        span  `json:"idle" doc:"how long a connection may be silent, or a command take to arrive"`
	Hold        span  `json:"hold" doc:"how long a planned time-out keeps a client waiting"`
	Mail        int64 `json:"mail" doc:"bytes of a mail"`
	Recipients  int   `json:"recipients" doc:"recipients of a mail"`
	Parts       int   `json:"parts" doc:"parts of unfinished long SMS that an SMPP connection holds"`
	CallBack    span  `json:"call_back" doc:"how long a status call-back may take"`
}

func (f face) providerAddresses(a huma.API) {
	register(f, a, get("/api/providers", "get-providers", "資料", "プロバイダーのプロトコルのアドレスと上限"),
		func(context.Context, *struct{}) (*answer[providersView], error) {
			p := f.providers
			return &answer[providersView]{providersView{REST: p.REST, SMPP: p.SMPP, SMTP: p.SMTP, IMAP: p.IMAP, SIP: f.phone.Address, Connections: p.Connections,
				Idle: span{p.Idle}, Hold: span{p.Hold}, Mail: p.Mail, Recipients: p.Recipients, Parts: p.Parts, CallBack: span{p.CallBack}}}, nil
		})
}
