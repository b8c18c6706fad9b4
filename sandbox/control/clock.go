package control

import (
	"context"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"example.com/netanswer/sandbox/middleware"
	"example.com/netanswer/sandbox/world"
)

// clockState is what a world's clock shows.
type clockState struct {
	Now     time.Time `json:"now" doc:"what the clock shows"`
	Running bool      `json:"running" doc:"false: it stands still until it is moved"`
}

// clockMove moves a clock: first now, then advance, then running. What is left
// out stays as it is.
type clockMove struct {
	Now     *time.Time `json:"now,omitempty" doc:"the time to show, RFC 3339, in the years 2000 to 2099" example:"2026-11-01T10:00:00+09:00"`
	Advance span       `json:"advance,omitzero" doc:"how far to go on, or back where negative"`
	Running *bool      `json:"running,omitempty" doc:"whether it goes on by itself from then on"`
}

func (c clockMove) move() world.ClockMove {
	return world.ClockMove{Set: c.Now, Advance: c.Advance.Duration, Running: c.Running}
}

func showClock(m world.Snapshot) clockState { return clockState{Now: m.Now, Running: m.Clock.Running} }

func (f handler) clock(a huma.API) {
	const tag = "時計"
	register(f, a, get(worldPath+"/clock", "get-clock", tag, "時計を見る"),
		func(ctx context.Context, in *InWorld) (*answer[clockState], error) {
			m, err := f.control.Snapshot(ctx, in.World)
			if err != nil {
				return nil, middleware.Trouble(err)
			}
			return &answer[clockState]{showClock(m)}, nil
		})
	register(f, a, change(http.MethodPatch, worldPath+"/clock", "move-clock", tag, "時計を動かす"),
		func(ctx context.Context, in *struct {
			InWorld
			Body clockMove
		}) (*answer[clockState], error) {
			m, err := f.control.Arrange(ctx, in.World, world.Setup{Clock: in.Body.move()})
			if err != nil {
				return nil, middleware.Trouble(err)
			}
			return &answer[clockState]{showClock(m)}, nil
		})
}
