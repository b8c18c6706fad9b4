package api

import (
	"errors"

	"example.com/netanswer/sandbox/middleware"
	"example.com/netanswer/sandbox/world"
)

// trouble writes an error that is no refusal of a member's step, in a sentence for
// the member: that of every world, as this one cannot be read.
func (f handler) trouble(err error) *middleware.Problem {
	p := middleware.Trouble(err)
	text := ""
	switch {
	case errors.Is(err, world.ErrName), errors.Is(err, middleware.ErrWorlds):
		text = "error.world"
	case errors.Is(err, world.ErrWorlds):
		text = "error.busy"
	case errors.Is(err, world.ErrAway):
		text = "error.away"
	default:
		return p
	}
	p.Detail = f.byWeb.Fresh(world.DefaultName).Say(text)
	return p
}
