// Package client is a typed client of a sandbox's control API: it makes worlds,
// moves their clocks, changes their policy and texts, adds members, and reads
// what arrived on their phones and in their mailboxes. Test suites use it, in
// this module and outside; it imports nothing of the sandbox.
//
// It speaks to the console's listener, not to the member-facing one. Times come
// in the world's time zone, UTC+9. Nothing here retries: what is refused or not
// answered is an error, and how long to wait is told by each context.
package client

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// MaxWait is the longest that AwaitSMS and AwaitMail can be asked to wait.
const MaxWait = time.Minute

// slack is what a request may take besides waiting.
const slack = 30 * time.Second

// MaxAnswer is how many bytes of an answer are read, MaxDocument how many of one
// that is a world's document. What is longer is an error.
const (
	MaxAnswer   = 64 << 20
	MaxDocument = 512 << 20
)

// connections is how many idle connections a Client keeps, so that as many
// scenarios at once need not open one for each request.
const connections = 256

// A Client speaks to one sandbox. It is safe for concurrent use and keeps
// connections for many short requests at once; one for all tests is best.
type Client struct {
	base  string
	token string
	http  *http.Client
}

// An Option changes how a Client is made.
type Option func(*Client)

// WithToken makes the client bring the sandbox's control token, which a sandbox
// that listens off loopback asks for.
func WithToken(token string) Option { return func(c *Client) { c.token = token } }

// WithHTTPClient makes the client send its requests by h, for somebody who needs
// a proxy or certificates of their own.
func WithHTTPClient(h *http.Client) Option { return func(c *Client) { c.http = h } }

// New returns a client of the sandbox whose console is at base, such as
// http://127.0.0.1:8090. Nothing is sent yet.
func New(base string, options ...Option) *Client {
	transport := http.DefaultTransport.(*http.Transport).Clone()
	transport.MaxIdleConns, transport.MaxIdleConnsPerHost = connections, connections
	transport.ResponseHeaderTimeout = MaxWait + slack
	c := &Client{base: strings.TrimSuffix(base, "/"), http: &http.Client{Transport: transport, CheckRedirect: stay}}
	for _, option := range options {
		option(c)
	}
	return c
}

// stay makes a redirect an answer like any other: what was asked of one sandbox, and
// the token for it, is sent to no other place.
func stay(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }

// Healthy returns nil where the sandbox answers requests.
func (c *Client) Healthy(ctx context.Context) error {
	return c.do(ctx, http.MethodGet, "/healthz", nil, nil, nil)
}

// in is the path of a world.
func in(world, rest string) string { return "/api/worlds/" + url.PathEscape(world) + rest }

// do sends a request and reads its answer into out, which may be nil.
func (c *Client) do(ctx context.Context, method, path string, query url.Values, body, out any) error {
	data, err := c.send(ctx, method, path, query, body, MaxAnswer)
	if err != nil || out == nil {
		return err
	}
	if err := json.Unmarshal(data, out); err != nil {
		return fmt.Errorf("control API: %s %s: %w", method, path, err)
	}
	return nil
}

// send sends a request and returns the body of what comes back, of at most so many
// bytes. The body is read to its end, so that the connection can serve the next
// request.
func (c *Client) send(ctx context.Context, method, path string, query url.Values, body any, most int64) ([]byte, error) {
	var reader io.Reader
	if written, ok := body.(json.RawMessage); ok {
		reader = bytes.NewReader(written) // as it is, also where it is no JSON
	} else if body != nil {
		data, err := json.Marshal(body)
		if err != nil {
			return nil, fmt.Errorf("control API: %w", err)
		}
		reader = bytes.NewReader(data)
	}
	target := c.base + path
	if len(query) > 0 {
		target += "?" + query.Encode()
	}
	q, err := http.NewRequestWithContext(ctx, method, target, reader)
	if err != nil {
		return nil, fmt.Errorf("control API: %w", err)
	}
	if body != nil {
		q.Header.Set("Content-Type", "application/json")
	}
	if c.token != "" {
		q.Header.Set("Authorization", "Bearer "+c.token)
	}
	answer, err := c.http.Do(q)
	if err != nil {
		return nil, fmt.Errorf("control API: %w", err)
	}
	defer answer.Body.Close()
	if answer.StatusCode == http.StatusSwitchingProtocols { // what follows would end with no context
		return nil, refusal(answer.StatusCode, nil)
	}
	data, err := io.ReadAll(io.LimitReader(answer.Body, most+1))
	if err != nil {
		return nil, fmt.Errorf("control API: %w", err)
	}
	if int64(len(data)) > most {
		return nil, fmt.Errorf("control API: the answer is longer than %d bytes; is this the control API?", most)
	}
	if answer.StatusCode < 200 || answer.StatusCode >= 300 {
		return nil, refusal(answer.StatusCode, data)
	}
	return data, nil
}
