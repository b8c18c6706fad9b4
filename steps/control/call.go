package control

import (
	"context"
	"net/http"
	"net/url"
	"time"
)

// A Dial is a call to be placed.
type Dial struct {
	From     string `json:"from"`
	Withheld bool   `json:"withheld,omitempty"`
	To       string `json:"to,omitempty"`     // "" for the world's free-dial number
	Listen   string `json:"listen,omitempty"` // all, part, or "" to stay on the line until HangUp
}

// A Call is a call as placed.
type Call struct {
	ID            string    `json:"id"`
	From          string    `json:"from"`
	Withheld      bool      `json:"withheld"`
	To            string    `json:"to"`
	Outcome       string    `json:"outcome"`  // answered, busy or unassigned
	Guidance      string    `json:"guidance"` // what the voice says
	StartedAt     time.Time `json:"started_at"`
	GuidanceUntil time.Time `json:"guidance_until,omitzero"`
	EndedAt       time.Time `json:"ended_at,omitzero"` // zero while the call goes on
	HeardAll      bool      `json:"heard_all"`
}

// PlaceCall places a call in a world.
func (c *Client) PlaceCall(ctx context.Context, world string, d Dial) (Call, error) {
	var placed Call
	err := c.do(ctx, http.MethodPost, in(world, "/calls"), nil, d, &placed)
	return placed, err
}

// HangUp ends a call, at what the world's clock shows.
func (c *Client) HangUp(ctx context.Context, world, id string) (Call, error) {
	var ended Call
	err := c.do(ctx, http.MethodPost, in(world, "/calls/"+url.PathEscape(id)+"/hang-up"), nil, nil, &ended)
	return ended, err
}

// Calls answers with the calls of a world, oldest first.
func (c *Client) Calls(ctx context.Context, world string) ([]Call, error) {
	var found struct {
		Calls []Call `json:"calls"`
	}
	err := c.do(ctx, http.MethodGet, in(world, "/calls"), nil, nil, &found)
	return found.Calls, err
}

// EngageLine makes the next n calls of a world find the line engaged.
func (c *Client) EngageLine(ctx context.Context, world string, n int) error {
	return c.do(ctx, http.MethodPatch, in(world, "/calls"), nil, map[string]int{"busy_next": n}, nil)
}
