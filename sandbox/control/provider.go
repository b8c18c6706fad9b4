package control

import (
	"context"
	"time"

	"github.com/danielgtaylor/huma/v2"
)

// Providers are where the providers' own protocols are spoken, and the limits of
// those who speak them.
type Providers struct {
	REST, SMTP, IMAP, SMPP string // addresses, "" where nobody listens

	Connections, Recipients, Parts, Outgoing int
	Idle, Hold, CallBack                     time.Duration
	Mail                                     int64
	Asked                                    *Asked // the core system that the backend asks over the wire; nil for the one in process
}

// Asked is the core system that the reference backend asks over the wire, and
// how it bears with it.
type Asked struct {
	Address                   string // without its password
	Try, Question, Wait, Rest time.Duration
	Retries, Failures         int
}

type askedView struct {
	Address  string `json:"address" doc:"of the core system"`
	Try      span   `json:"try" doc:"how long one try of a question may take"`
	Question span   `json:"question" doc:"how long a question may take, with all tries and waits"`
	Retries  int    `json:"retries" doc:"further tries of a question that may be asked again; never of a PIN"`
	Wait     span   `json:"wait" doc:"how long the first of them waits; each other twice as long"`
	Failures int    `json:"failures" doc:"questions of a world that fail in a row before none is asked; 0 for ever asks"`
	Rest     span   `json:"rest" doc:"how long none is asked then"`
}

func (p Providers) asked() *askedView {
	a := p.Asked
	if a == nil {
		return nil
	}
	return &askedView{
		Address:  a.Address,
		Try:      span{a.Try},
		Question: span{a.Question},
		Retries:  a.Retries,
		Wait:     span{a.Wait},
		Failures: a.Failures,
		Rest:     span{a.Rest},
	}
}

type providersView struct {
	REST string `json:"rest,omitempty" doc:"address of Twilio's REST, and of the core system's API below /issuer/v1/"`
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
	Outgoing    int   `json:"outgoing_calls" doc:"calls of backends, placed by REST, that are carried out at once"`
	CallBack    span  `json:"call_back" doc:"how long a status call-back may take"`

	Issuer *askedView `json:"issuer,omitempty" doc:"the core system that the backend asks over the wire; left out where it asks the one in process"`
}

func (f handler) providerAddresses(a huma.API) {
	register(f, a, get("/api/providers", "get-providers", "資料", "事業者のプロトコルのアドレスと上限"),
		func(context.Context, *struct{}) (*answer[providersView], error) {
			p := f.providers
			return &answer[providersView]{
				providersView{REST: p.REST, SMPP: p.SMPP, SMTP: p.SMTP, IMAP: p.IMAP, SIP: f.phone.Address, Connections: p.Connections,
					Idle: span{
						p.Idle,
					}, Hold: span{p.Hold}, Mail: p.Mail, Recipients: p.Recipients, Parts: p.Parts, Outgoing: p.Outgoing,
					CallBack: span{p.CallBack}, Issuer: p.asked()},
			}, nil
		})
}
