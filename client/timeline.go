package client

import (
	"context"
	"net/http"
	"net/url"
	"strconv"
	"time"
)

// An Event is one entry of a world's timeline, in Japanese words for the person
// who tests. It holds no secret; a card is named by its mask.
type Event struct {
	Serial int       `json:"serial"`
	At     time.Time `json:"at"` // by the world's clock
	Kind   string    `json:"kind"`
	What   string    `json:"what"`
	Ref    string    `json:"ref,omitempty"` // id of the registration or message it is about
}

// Timeline returns what happened in a world, oldest first, as far back as
// the world keeps it.
func (c *Client) Timeline(ctx context.Context, world string) ([]Event, error) {
	return c.TimelineAfter(ctx, world, 0)
}

// TimelineAfter returns what happened after the event of that serial.
func (c *Client) TimelineAfter(ctx context.Context, world string, serial int) ([]Event, error) {
	var found struct {
		Events []Event `json:"events"`
	}
	err := c.do(ctx, http.MethodGet, in(world, "/timeline"), url.Values{"after": {strconv.Itoa(serial)}}, nil, &found)
	return found.Events, err
}
