package steps

import (
	"context"

	"example.com/netanswer/steps/actor"
)

func clock(to Definitions) {
	to.Step(`^いまは「([^」]*)」である$`, func(ctx context.Context, time string) error { return actor.ClockShows(ctx, time) })
}
