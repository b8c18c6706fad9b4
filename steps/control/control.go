// Package control is a typed client of a sandbox's control API: it makes worlds,
// moves their clocks, changes their policy and texts, and reads what arrived on
// their phones and in their mailboxes. Test suites use it, in this module and
// outside; it imports nothing of the sandbox.
package control

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
)

// A Client speaks to one sandbox. It is safe for concurrent use and keeps
// connections for many short requests at once.
type Client struct {
	base  string
	token string
	http  *http.Client
}

// An Option changes how a Client is made.
type Option func(*Client)

// WithToken makes the client bring the sandbox's control token.
func WithToken(token string) Option { return func(c *Client) { c.token = token } }

// New answers with a client of the sandbox whose console is at base, such as
// http://127.0.0.1:8090.
func New(base string, options ...Option) *Client {
	transport := http.DefaultTransport.(*http.Transport).Clone()
	transport.MaxIdleConns, transport.MaxIdleConnsPerHost = 256, 256
	c := &Client{base: strings.TrimSuffix(base, "/"), http: &http.Client{Transport: transport}}
	for _, option := range options {
		option(c)
	}
	return c
}

// A Problem is a refusal of the control API, as RFC 9457 writes it.
type Problem struct {
	Status int    `json:"status"`
	Code   string `json:"code"`
	Detail string `json:"detail"`
	Errors []struct {
		Field  string `json:"field"`
		Detail string `json:"detail"`
	} `json:"errors"`
}

// Error implements error.
func (p *Problem) Error() string {
	s := fmt.Sprintf("control API: %d %s: %s", p.Status, p.Code, p.Detail)
	for _, e := range p.Errors {
		s += "; " + e.Field + ": " + e.Detail
	}
	return s
}

// ErrNothingArrived is the error of a wait in which nothing arrived.
var ErrNothingArrived = errors.New("nothing arrived")

// in is the path of a world.
func in(world, rest string) string { return "/api/worlds/" + url.PathEscape(world) + rest }

// do sends a request and reads its answer into out, which may be nil.
func (c *Client) do(ctx context.Context, method, path string, query url.Values, body, out any) error {
	var reader io.Reader
	if body != nil {
		data, err := json.Marshal(body)
		if err != nil {
			return fmt.Errorf("control API: %w", err)
		}
		reader = bytes.NewReader(data)
	}
	target := c.base + path
	if len(query) > 0 {
		target += "?" + query.Encode()
	}
	q, err := http.NewRequestWithContext(ctx, method, target, reader)
	if err != nil {
		return fmt.Errorf("control API: %w", err)
	}
	if body != nil {
		q.Header.Set("Content-Type", "application/json")
	}
	if c.token != "" {
		q.Header.Set("Authorization", "Bearer "+c.token)
	}
	answer, err := c.http.Do(q)
	if err != nil {
		return fmt.Errorf("control API: %w", err)
	}
	defer answer.Body.Close()
	data, err := io.ReadAll(answer.Body)
	if err != nil {
		return fmt.Errorf("control API: %w", err)
	}
	if answer.StatusCode >= 300 {
		return refusal(answer.StatusCode, data)
	}
	if out == nil || len(data) == 0 {
		return nil
	}
	if err := json.Unmarshal(data, out); err != nil {
		return fmt.Errorf("control API: %s %s: %w", method, path, err)
	}
	return nil
}

func refusal(status int, data []byte) error {
	p := &Problem{}
	if err := json.Unmarshal(data, p); err != nil || p.Code == "" {
		p = &Problem{Status: status, Code: "no_problem", Detail: "the answer does not say what is wrong"}
	}
	if p.Code == "nothing_arrived" {
		return fmt.Errorf("%w: %s", ErrNothingArrived, p.Detail)
	}
	return p
}
