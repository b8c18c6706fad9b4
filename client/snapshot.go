package client

import (
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"time"
)

// A Snapshot is a world that is kept as it was.
type Snapshot struct {
	Name    string     `json:"name"`
	World   string     `json:"world"`    // what it was taken of
	TakenAt time.Time  `json:"taken_at"` // by the machine's clock
	Note    string     `json:"note"`
	Clock   ClockState `json:"clock"` // what the world's clock showed
	Counts  Counts     `json:"counts"`
	Defects []string   `json:"defects"` // what is broken in it on purpose
}

// A Taking says how a snapshot is taken.
type Taking struct {
	World   string `json:"world"`
	Note    string `json:"note,omitempty"`    // what it is good for
	Replace bool   `json:"replace,omitempty"` // a snapshot of that name makes room; else it is a Problem of code snapshot_exists
}

// Fork makes a world as another one is now. What happens in one of them is never
// seen in the other. "" as its name makes one up, which the answer tells. A
// world of that name is a Problem of code world_exists.
func (c *Client) Fork(ctx context.Context, world, into string) (World, error) {
	return c.fork(ctx, in(world, "/forks"), into)
}

// ForkSnapshot makes a world as a snapshot is; see Fork.
func (c *Client) ForkSnapshot(ctx context.Context, snapshot, into string) (World, error) {
	return c.fork(ctx, kept(snapshot, "/forks"), into)
}

func (c *Client) fork(ctx context.Context, path, into string) (World, error) {
	body := map[string]string{}
	if into != "" {
		body["into"] = into
	}
	var w World
	err := c.do(ctx, http.MethodPost, path, nil, body, &w)
	return w, err
}

// Take keeps a world as it is now, under a name.
func (c *Client) Take(ctx context.Context, snapshot string, t Taking) (Snapshot, error) {
	var s Snapshot
	err := c.do(ctx, http.MethodPut, kept(snapshot, ""), nil, t, &s)
	return s, err
}

// Snapshot returns what is known of a snapshot; one that does not exist is a
// Problem of code no_such_snapshot.
func (c *Client) Snapshot(ctx context.Context, snapshot string) (Snapshot, error) {
	var s Snapshot
	err := c.do(ctx, http.MethodGet, kept(snapshot, ""), nil, nil, &s)
	return s, err
}

// Snapshots returns the snapshots, by name.
func (c *Client) Snapshots(ctx context.Context) ([]Snapshot, error) {
	var found struct {
		Snapshots []Snapshot `json:"snapshots"`
	}
	err := c.do(ctx, http.MethodGet, "/api/snapshots", nil, nil, &found)
	return found.Snapshots, err
}

// Restore makes a world as a snapshot is, instead of what it was.
func (c *Client) Restore(ctx context.Context, world, snapshot string) (World, error) {
	var w World
	err := c.do(ctx, http.MethodPost, in(world, "/restore"), nil, map[string]string{"snapshot": snapshot}, &w)
	return w, err
}

// DeleteSnapshot ends a snapshot. No such snapshot is no error.
func (c *Client) DeleteSnapshot(ctx context.Context, snapshot string) error {
	return c.do(ctx, http.MethodDelete, kept(snapshot, ""), nil, nil, nil)
}

// kept is the path of a snapshot.
func kept(snapshot, rest string) string { return "/api/snapshots/" + url.PathEscape(snapshot) + rest }

// Export returns a world as it is now as a document, to be kept in a file or sent
// to somebody. There is no password in it.
func (c *Client) Export(ctx context.Context, world string) ([]byte, error) {
	return c.send(ctx, http.MethodGet, in(world, "/document"), nil, nil, MaxDocument)
}

// ExportSnapshot returns a snapshot as a document; see Export.
func (c *Client) ExportSnapshot(ctx context.Context, snapshot string) ([]byte, error) {
	return c.send(ctx, http.MethodGet, kept(snapshot, "/document"), nil, nil, MaxDocument)
}

// Import keeps a document as a snapshot. One that cannot be read, or contradicts
// itself, is a Problem of code document_invalid, and then nothing has changed. A
// snapshot of that name is one of code snapshot_exists, unless replace.
func (c *Client) Import(ctx context.Context, snapshot string, document []byte, replace bool) (Snapshot, error) {
	var query url.Values
	if replace {
		query = url.Values{"replace": {"true"}}
	}
	var s Snapshot
	err := c.do(ctx, http.MethodPut, kept(snapshot, "/document"), query, json.RawMessage(document), &s)
	return s, err
}
