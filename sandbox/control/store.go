package control

import (
	"context"

	"github.com/danielgtaylor/huma/v2"
)

// A Store is what is told of what keeps the worlds.
type Store struct {
	Kind string // memory, sqlite or postgres
	// State is nil where the worlds can be had now. The zero Store always can.
	State func(context.Context) error
}

type storeState struct {
	Kind  string `json:"kind" enum:"memory,sqlite,postgres" doc:"what keeps the worlds"`
	Ready bool   `json:"ready" doc:"it answers"`
	Why   string `json:"why,omitempty" doc:"why it does not"`
}

// stores tells how the store does. That this process is alive is another
// question: a sandbox whose database is away is not to be restarted.
func (f handler) stores(a huma.API) {
	register(f, a, get("/api/store", "get-store", "資料", "ワールドを置いているところ"),
		func(ctx context.Context, _ *struct{}) (*answer[storeState], error) {
			return &answer[storeState]{f.storeState(ctx, true)}, nil
		})
}

// storeState is how the store does, and why, for those who have the token.
func (f handler) storeState(ctx context.Context, token bool) storeState {
	s := storeState{Kind: f.store.Kind, Ready: true}
	if f.store.State == nil {
		return s
	}
	if err := f.store.State(ctx); err != nil {
		if s.Ready = false; token {
			s.Why = err.Error()
		}
	}
	return s
}
