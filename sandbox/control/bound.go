package control

import (
	"context"

	"github.com/danielgtaylor/huma/v2"

	"example.com/netanswer/mocks/issuer"
)

// bounds are how much the sandbox holds.
type bounds struct {
	Worlds    int       `json:"worlds" doc:"worlds that exist at once"`
	Idle      span      `json:"idle" doc:"after which an unused world makes room, when there are as many as there may be"`
	Messages  int       `json:"messages" doc:"messages of each kind a world holds"`
	Bytes     int64     `json:"bytes" doc:"bytes that the messages of a world take; 0 for any number"`
	AllBytes  int64     `json:"all_bytes" doc:"bytes that the messages of all worlds take; 0 for any number"`
	Journeys  int       `json:"journeys" doc:"registrations a world holds, ended ones included"`
	Body      int64     `json:"body" doc:"bytes of a request's body"`
	Document  int64     `json:"document" doc:"bytes of a document of a world that is read"`
	Wait      span      `json:"wait" doc:"how long a request may wait for a message"`
	Generated int       `json:"generated" doc:"generated members a world may have"`
	Holdings  []holding `json:"holdings" doc:"everything a world holds any number of, by its path in the world's document, and how many at most"`
	Telephone *line     `json:"telephone,omitempty" doc:"calls over SIP; left out where none are taken"`
}

type holding struct {
	Name string `json:"name" example:"sms.messages"`
	Most int    `json:"most"`
}

// holdings are those of a world.
func (f handler) holdings() (all []holding) {
	for _, h := range f.control.Bounds().Holdings() {
		all = append(all, holding{h.Name, h.Most})
	}
	return all
}

// line is where calls are taken over SIP, and how much of them.
type line struct {
	Address     string `json:"address" doc:"host and port, UDP and TCP"`
	Calls       int    `json:"calls" doc:"calls at once"`
	Duration    span   `json:"duration" doc:"of a call"`
	Ring        span   `json:"ring" doc:"how long a call that nobody answers rings"`
	Linger      span   `json:"linger" doc:"how long the callee waits for the caller to hang up"`
	Message     int    `json:"message" doc:"bytes of a SIP message"`
	Connections int    `json:"connections" doc:"connections over TCP at once"`
	Slow        span   `json:"slow" doc:"how long a message over TCP may take to come in whole"`
}

// sip is the line of a sandbox, nil if it has none.
func (f handler) sip() *line {
	l := f.phone
	if l.Address == "" {
		return nil
	}
	return &line{
		Address:     l.Address,
		Calls:       l.Limits.Calls,
		Duration:    span{l.Limits.Duration},
		Ring:        span{l.Limits.Ring},
		Linger:      span{l.Limits.Linger},
		Message:     l.Limits.Message,
		Connections: l.Limits.Connections,
		Slow:        span{l.Limits.Slow},
	}
}

type health struct {
	Status string `json:"status" enum:"ok"`
}

func (f handler) limits(a huma.API) {
	register(f, a, get("/api/bounds", "get-bounds", "資料", "サンドボックスの上限"),
		func(context.Context, *struct{}) (*answer[bounds], error) {
			b := f.control.Bounds()
			return &answer[bounds]{
				bounds{
					Worlds:    b.Worlds,
					Idle:      span{b.Idle},
					Messages:  b.Messages,
					Bytes:     b.Bytes,
					AllBytes:  b.AllBytes,
					Journeys:  b.Journeys,
					Body:      b.Body,
					Document:  b.Document,
					Wait:      span{maxWait},
					Generated: issuer.MaxGenerated,
					Holdings:  f.holdings(),
					Telephone: f.sip(),
				},
			}, nil
		})
	op := get(HealthPath, "get-health", "資料", "動いているか（トークンは要らない）")
	op.Security = []map[string][]string{{}}
	register(f, a, op,
		func(context.Context, *struct{}) (*answer[health], error) {
			return &answer[health]{health{Status: "ok"}}, nil
		})
}
