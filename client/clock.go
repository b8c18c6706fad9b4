package client

import (
	"context"
	"net/http"
	"time"
)

// A ClockMove moves a clock: first to Now, then on by Advance, then on or off.
type ClockMove struct {
	Now     *time.Time `json:"now,omitempty"`
	Advance string     `json:"advance,omitempty"` // like 9m59s, or -1h to go back
	Running *bool      `json:"running,omitempty"`
}

// A ClockState is what a clock shows.
type ClockState struct {
	Now     time.Time `json:"now"`
	Running bool      `json:"running"`
}

// Clock tells what a world's clock shows.
func (c *Client) Clock(ctx context.Context, world string) (ClockState, error) {
	var clock ClockState
	err := c.do(ctx, http.MethodGet, in(world, "/clock"), nil, nil, &clock)
	return clock, err
}

// MoveClock moves a world's clock.
func (c *Client) MoveClock(ctx context.Context, world string, m ClockMove) (ClockState, error) {
	var clock ClockState
	err := c.do(ctx, http.MethodPatch, in(world, "/clock"), nil, m, &clock)
	return clock, err
}

// SetClock makes a world's clock show t, running or standing still as before.
func (c *Client) SetClock(ctx context.Context, world string, t time.Time) (ClockState, error) {
	return c.MoveClock(ctx, world, ClockMove{Now: &t})
}

// Advance moves a world's clock on by d, or back where d is negative.
func (c *Client) Advance(ctx context.Context, world string, d time.Duration) (ClockState, error) {
	return c.MoveClock(ctx, world, ClockMove{Advance: d.String()})
}

// Freeze makes a world's clock stand still until it is moved, so that a test
// can tell the millisecond before a limit from the limit.
func (c *Client) Freeze(ctx context.Context, world string) (ClockState, error) {
	return c.MoveClock(ctx, world, ClockMove{Running: new(false)})
}

// Run makes a world's clock go on by itself from what it shows.
func (c *Client) Run(ctx context.Context, world string) (ClockState, error) {
	return c.MoveClock(ctx, world, ClockMove{Running: new(true)})
}
