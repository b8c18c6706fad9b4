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
	// Digits are the keys pressed, in turn, where a voice webhook asks for some.
	Digits []string `json:"digits,omitempty"`
}

// A Call is a call as placed.
type Call struct {
	ID            string    `json:"id"`
	From          string    `json:"from"`
	Withheld      bool      `json:"withheld"`
	To            string    `json:"to"`
	Outcome       string    `json:"outcome"`  // answered, busy, unassigned or unanswered
	Guidance      string    `json:"guidance"` // what the voice says
	StartedAt     time.Time `json:"started_at"`
	GuidanceUntil time.Time `json:"guidance_until,omitzero"`
	EndedAt       time.Time `json:"ended_at,omitzero"` // zero while the call goes on
	HeardAll      bool      `json:"heard_all"`
	Transcript    []Leg     `json:"transcript"`
}

// A Leg is one thing that happened on the line of a call.
type Leg struct {
	At   time.Time `json:"at"`
	What string    `json:"what"` // ring, answer, say, said, play, pause, gather, digits, note, hang_up, or an outcome
	Says string    `json:"says"`
}

// A Voice is a webhook that decides by TwiML what callers hear.
type Voice struct {
	URL       string `json:"url"`
	Account   string `json:"account,omitempty"`
	AuthToken string `json:"auth_token,omitempty"` // signs the requests, unless it is empty
	// StatusCallback is told when a call has ended; "" for nobody.
	StatusCallback string `json:"status_callback,omitempty"`
}

// SetVoice lets a webhook decide what the callers of a world hear.
func (c *Client) SetVoice(ctx context.Context, world string, v Voice) error {
	return c.do(ctx, http.MethodPut, in(world, "/voice"), nil, v, nil)
}

// ResetVoice lets the registrations of a world decide again.
func (c *Client) ResetVoice(ctx context.Context, world string) error {
	return c.do(ctx, http.MethodDelete, in(world, "/voice"), nil, nil, nil)
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

// RingOut makes the next n calls of a world, after those that find the line
// engaged, ring without an answer.
func (c *Client) RingOut(ctx context.Context, world string, n int) error {
	return c.do(ctx, http.MethodPatch, in(world, "/calls"), nil, map[string]int{"ring_next": n}, nil)
}

// EngageLine makes the next n calls of a world find the line engaged.
func (c *Client) EngageLine(ctx context.Context, world string, n int) error {
	return c.do(ctx, http.MethodPatch, in(world, "/calls"), nil, map[string]int{"busy_next": n}, nil)
}
