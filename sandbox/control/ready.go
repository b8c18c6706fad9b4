package control

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"
)

// A Listener is how one of the sandbox's listeners is.
type Listener struct {
	Name    string `json:"name" doc:"the setting that says where it listens" example:"smpp"`
	Held    int    `json:"held" doc:"connections"`
	Most    int    `json:"most" doc:"connections that it holds at once"`
	Waiting bool   `json:"waiting" doc:"a connection waits for a place"`
	Trouble string `json:"trouble,omitempty" doc:"why no connection can be taken; left out where one can"`
}

type readiness struct {
	Status    string     `json:"status" enum:"ready,not_ready"`
	Listeners []Listener `json:"listeners"`
	Store     storeState `json:"store"`
}

type readyAnswer struct {
	Status int
	Body   readiness
}

func (f handler) readiness(a huma.API) {
	op := get(ReadyPath, "get-ready", "資料", "すべての待ち受けが接続を受けられ、ワールドを読み書きできるか（トークンは要らない）")
	op.Description = "受けられない待ち受けが一つでもあれば 503 です。上限まで接続があって待たせているとき（waiting）と、接続を受けられないとき（trouble）です。ワールドを置いているところが答えないとき（store）も 503 です。"
	op.Errors = []int{http.StatusServiceUnavailable}
	op.Security = []map[string][]string{{}}
	register(f, a, op, func(ctx context.Context, _ *struct{}) (*readyAnswer, error) {
		ready := readyAnswer{Status: http.StatusOK, Body: readiness{Status: "ready", Listeners: []Listener{}}}
		if f.listeners != nil {
			ready.Body.Listeners = f.listeners()
		}
		for _, l := range ready.Body.Listeners {
			if l.Waiting || l.Trouble != "" {
				ready.Status, ready.Body.Status = http.StatusServiceUnavailable, "not_ready"
			}
		}
		if ready.Body.Store = f.storeState(ctx, false); !ready.Body.Store.Ready {
			ready.Status, ready.Body.Status = http.StatusServiceUnavailable, "not_ready"
		}
		return &ready, nil
	})
}
