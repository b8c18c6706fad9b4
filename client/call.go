package client

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
	Listen   string `json:"listen,omitempty"` // all, part, or stay or "" to stay on the line until HangUp, with the guidance heard out or as the clock goes
	// Digits are the keys pressed, in turn, where a voice webhook asks for some.
	Digits []string `json:"digits,omitempty"`
}

// A Call is a call as placed.
type Call struct {
	ID            string    `json:"id"`
	From          string    `json:"from"`
	Withheld      bool      `json:"withheld"`
	To            string    `json:"to"`
	Outcome       string    `json:"outcome"`  // answered, busy, unassigned, unanswered or refused
	Guidance      string    `json:"guidance"` // what the voice says
	StartedAt     time.Time `json:"started_at"`
	AnsweredAt    time.Time `json:"answered_at,omitzero"` // until then it rings; zero where nobody answers
	GuidanceUntil time.Time `json:"guidance_until,omitzero"`
	EndedAt       time.Time `json:"ended_at,omitzero"` // zero while the call goes on
	HeardAll      bool      `json:"heard_all"`
	Cut           bool      `json:"cut"` // the line is lost in the middle of what is said, as planned
	Transcript    []Leg     `json:"transcript"`
	Passcode      *Passcode `json:"passcode,omitempty"` // that was said; nil where there was none
}

// A Leg is one thing that happened on the line of a call.
type Leg struct {
	At   time.Time `json:"at"`
	What string    `json:"what"` // ring, answer, say, said, play, pause, gather, digits, redirect, note, cut, hang_up, or an outcome
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

// Calls returns the calls of a world, oldest first.
func (c *Client) Calls(ctx context.Context, world string) ([]Call, error) {
	return c.CallsFrom(ctx, world, "")
}

// CallsFrom returns the calls placed from a number; "" is every one.
func (c *Client) CallsFrom(ctx context.Context, world, from string) ([]Call, error) {
	var found struct {
		Calls []Call `json:"calls"`
	}
	err := c.do(ctx, http.MethodGet, in(world, "/calls"), caller(from), nil, &found)
	return found.Calls, err
}

// AwaitCall waits for the newest call from a number that comes after the one
// with that id, as AwaitSMS does for an SMS.
func (c *Client) AwaitCall(ctx context.Context, world, from, after string, within time.Duration) (Call, error) {
	return c.awaitCall(ctx, world, from, after, within, false)
}

// AwaitCallEnd is AwaitCall of calls that have ended.
func (c *Client) AwaitCallEnd(ctx context.Context, world, from, after string, within time.Duration) (Call, error) {
	return c.awaitCall(ctx, world, from, after, within, true)
}

func (c *Client) awaitCall(ctx context.Context, world, from, after string, within time.Duration, ended bool) (Call, error) {
	q := waiting("", after, within)
	if from != "" {
		q.Set("from", from)
	}
	if ended {
		q.Set("ended", "true")
	}
	var found Call
	err := c.do(ctx, http.MethodGet, in(world, "/calls/wait"), q, nil, &found)
	return found, err
}

// ForgetCalls forgets the calls from a number, every one where it is "", and
// hangs up those that go on.
func (c *Client) ForgetCalls(ctx context.Context, world, from string) error {
	return c.do(ctx, http.MethodDelete, in(world, "/calls"), caller(from), nil, nil)
}

func caller(from string) url.Values {
	if from == "" {
		return nil
	}
	return url.Values{"from": {from}}
}
