// Package api carries a person's commands out by the JSON API. What the person
// would see and can press is what each answer says of the screen; nothing is
// added. Nothing can be pressed that the screen does not have.
package api

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"strings"

	"example.com/netanswer/steps/driver"
)

// Driver drives the JSON API.
type Driver struct{ client *http.Client }

// New returns a driver that keeps connections for many sessions at once.
func New() *Driver {
	transport := http.DefaultTransport.(*http.Transport).Clone()
	transport.MaxIdleConns, transport.MaxIdleConnsPerHost = 256, 256
	return &Driver{client: &http.Client{Transport: transport}}
}

// Name implements driver.Driver.
func (*Driver) Name() string { return "api" }

// Open implements driver.Driver. Nothing is sent before the first verb.
func (d *Driver) Open(_ context.Context, at driver.World) (driver.Session, error) {
	return &session{client: d.client, world: at}, nil
}

// Close implements driver.Driver.
func (d *Driver) Close() error {
	d.client.CloseIdleConnections()
	return nil
}

// A problem is an error as RFC 9457 writes it. What it says of fields is on the
// screen, where a person reads it.
type problem struct {
	Detail string  `json:"detail"`
	Screen *screen `json:"screen"` // what is then before the person
}

// A request is what was sent last, so that it can be sent again.
type request struct {
	method, path string
	body         any
	key          string // of idempotency, "" for none
}

// do sends a request and reads its answer into out. A refusal is a problem; an
// error means that there was no answer a person could make sense of.
func (s *session) do(ctx context.Context, r request, out any) (*problem, error) {
	var body io.Reader
	if r.body != nil {
		data, err := json.Marshal(r.body)
		if err != nil {
			return nil, err
		}
		body = bytes.NewReader(data)
	}
	q, err := http.NewRequestWithContext(ctx, r.method, strings.TrimSuffix(s.world.Base, "/")+r.path, body)
	if err != nil {
		return nil, err
	}
	q.Header.Set("Netanswer-World", s.world.Name)
	if r.body != nil {
		q.Header.Set("Content-Type", "application/json")
	}
	if r.key != "" {
		q.Header.Set("Idempotency-Key", r.key)
	}
	if s.token != "" {
		q.Header.Set("Authorization", "Bearer "+s.token)
	}
	answer, err := s.client.Do(q)
	if err != nil {
		return nil, err
	}
	defer answer.Body.Close()
	data, err := io.ReadAll(io.LimitReader(answer.Body, 1<<20))
	if err != nil {
		return nil, err
	}
	media, _, _ := mime.ParseMediaType(answer.Header.Get("Content-Type")) // one that cannot be read is none of ours
	if answer.StatusCode < 300 {
		if err := json.Unmarshal(data, out); err != nil {
			return nil, fmt.Errorf("%s %s: status %d with an answer (%s) that is none: %w", r.method, r.path, answer.StatusCode, media, err)
		}
		return nil, nil
	}
	var p problem
	if err := json.Unmarshal(data, &p); err != nil || media != "application/problem+json" || p.Detail == "" {
		return nil, fmt.Errorf("%s %s: status %d without a problem that says why", r.method, r.path, answer.StatusCode)
	}
	if answer.StatusCode >= 500 && answer.StatusCode != http.StatusServiceUnavailable {
		return nil, fmt.Errorf("%s %s: %s", r.method, r.path, p.Detail)
	}
	return &p, nil
}

// errNothing is the error of repeating before anything was sent.
var errNothing = errors.New("nothing was sent yet")
