package control

import (
	"context"

	"github.com/danielgtaylor/huma/v2"

	"example.com/netanswer/sandbox/middleware"
	"example.com/netanswer/sandbox/world"
)

type timelineView struct {
	Events  []world.Event `json:"events" doc:"oldest first"`
	Serial  int           `json:"serial" doc:"of the newest entry"`
	Dropped int           `json:"dropped" doc:"how many old entries were let go to make room"`
}

func (f handler) timeline(a huma.API) {
	register(f, a, get(worldPath+"/timeline", "get-timeline", "タイムライン", "起きたことを順に見る"),
		func(ctx context.Context, in *struct {
			InWorld
			After int `query:"after" minimum:"0" doc:"a serial: only later entries"`
		}) (*answer[timelineView], error) {
			m, err := f.control.Snapshot(ctx, in.World)
			if err != nil {
				return nil, middleware.Trouble(err)
			}
			return &answer[timelineView]{
				timelineView{Events: m.Timeline.Since(in.After), Serial: m.Timeline.Serial, Dropped: m.Timeline.Dropped},
			}, nil
		})
}
