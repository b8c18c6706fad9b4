package client

import (
	"context"
	"net/http"
)

// A Place is a state that a registration can be brought to.
type Place struct {
	At      string `json:"at"`
	Channel string `json:"channel"` // web or app
	State   string `json:"state"`   // of the registration there; "" before there is one
	Title   string `json:"title"`   // in Japanese
}

// A Placing says where a registration is to be brought.
type Placing struct {
	At      string `json:"at"`                // one of Places
	Channel string `json:"channel,omitempty"` // web or app; "" is web
	Device  string `json:"device,omitempty"`  // in the app, iphone or android; "" is iphone
	Member  string `json:"member,omitempty"`  // a name, what the scenarios call the person, or an id; "" is somebody who suits
	Fork    bool   `json:"fork,omitempty"`    // in a new world, a fork of the one that is named
}

// A Placed is a registration at its place.
type Placed struct {
	World        string        `json:"world"` // where it is
	At           string        `json:"at"`
	Title        string        `json:"title"`        // in Japanese
	Member       string        `json:"member"`       // the name
	Registration *Registration `json:"registration"` // nil before there is one
	Password     string        `json:"password"`
	Link         string        `json:"link"` // any browser that opens it goes on there; "" where members are not served
}

// Places returns the places that a registration can be brought to.
func (c *Client) Places(ctx context.Context) ([]Place, error) {
	var found struct {
		Places []Place `json:"places"`
	}
	err := c.do(ctx, http.MethodGet, "/api/places", nil, nil, &found)
	return found.Places, err
}

// Put brings a registration to a place, by the steps that a member takes. Where
// time has to pass, the world's clock is moved on.
func (c *Client) Put(ctx context.Context, world string, p Placing) (Placed, error) {
	var at Placed
	err := c.do(ctx, http.MethodPost, in(world, "/registrations"), nil, p, &at)
	return at, err
}
