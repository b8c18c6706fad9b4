package steps

import (
	"context"

	"example.com/netanswer/steps/member"
)

func clock(to Definitions) {
	to.Step(`^いまは「([^」]*)」である$`, func(ctx context.Context, time string) error { return member.ClockShows(ctx, time) })
}
