package client

import (
	"context"
	"net/http"
	"net/url"
	"time"
)

// A Setup says how a world is to be; what is left out stays as it is.
type Setup struct {
	Clock  *ClockMove        `json:"clock,omitempty"`
	Policy map[string]any    `json:"policy,omitempty"` // values by name, as the policy's YAML writes them
	Texts  map[string]string `json:"texts,omitempty"`  // sentences by id; an empty one restores the table's own

	Defects []string `json:"defects,omitempty"` // what is to be broken on purpose, by name
}

// A World is what a world shows of itself.
type World struct {
	Name      string            `json:"name"`
	CreatedAt time.Time         `json:"created_at"` // by the machine's clock
	Clock     ClockState        `json:"clock"`
	Counts    Counts            `json:"counts"`
	Serial    int               `json:"serial"`     // of the newest event of its timeline; 0 where nothing has happened
	MemberURL string            `json:"member_url"` // where members find it
	Policy    Policy            `json:"policy"`     // nil in a list
	Texts     map[string]string `json:"texts"`      // the sentences it words differently; nil in a list
	Defects   []string          `json:"defects"`    // what is broken in it on purpose; nil in a list
	From      Origin            `json:"from"`       // what it began as a fork of; zero in a list
}

// An Origin is what a world began as a fork of: a world, a snapshot, or neither.
type Origin struct {
	World    string `json:"world"`
	Snapshot string `json:"snapshot"`
}

// Counts are how much a world holds.
type Counts struct {
	Registrations int `json:"registrations"`
	Accounts      int `json:"accounts"` // those of the fixtures included
	SMS           int `json:"sms"`
	Mail          int `json:"mail"`
}

// Arrange makes or changes a world, all of it or nothing. A world of a name that
// nobody has used needs no making; it is there when it is used.
func (c *Client) Arrange(ctx context.Context, world string, s Setup) error {
	return c.do(ctx, http.MethodPut, in(world, ""), nil, s, nil)
}

// World returns a world as it is now. One that nobody has used is shown as
// it would be fresh.
func (c *Client) World(ctx context.Context, world string) (World, error) {
	var w World
	err := c.do(ctx, http.MethodGet, in(world, ""), nil, nil, &w)
	return w, err
}

// Worlds returns the worlds whose names begin with prefix, by name; a
// thousand at the most.
func (c *Client) Worlds(ctx context.Context, prefix string) ([]World, error) {
	var found struct {
		Worlds []World `json:"worlds"`
	}
	var query url.Values
	if prefix != "" {
		query = url.Values{"prefix": {prefix}}
	}
	err := c.do(ctx, http.MethodGet, "/api/worlds", query, nil, &found)
	return found.Worlds, err
}

// Delete ends a world. No such world is no error.
func (c *Client) Delete(ctx context.Context, world string) error {
	return c.do(ctx, http.MethodDelete, in(world, ""), nil, nil, nil)
}
