package steps

import (
	"example.com/netanswer/steps/actor"
)

func clock(to Definitions) {
	to.Step(`^いまは「([^」]*)」である$`, actor.ClockShows)
}
