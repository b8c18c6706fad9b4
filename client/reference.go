package client

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"strings"
)

// A Rule is one entry of the register: something the guide documents, or
// something it is silent about and the sandbox chose.
type Rule struct {
	ID      string `json:"id"`
	Channel string `json:"channel"` // app, web or both
	Device  string `json:"device,omitempty"`
	Kind    string `json:"kind"`
	Says    string `json:"says"`
	Assumed bool   `json:"assumed"` // the guide is silent
}

// Rules returns the whole register, documented rules first.
func (c *Client) Rules(ctx context.Context) ([]Rule, error) {
	var found struct {
		Rules []Rule `json:"rules"`
	}
	err := c.do(ctx, http.MethodGet, "/api/rules", nil, nil, &found)
	return found.Rules, err
}

// A TestCard is a card of every fresh world, with whom it belongs to and what to
// try with it.
type TestCard struct {
	MemberID     string   `json:"member_id"`
	Called       string   `json:"called"` // what the scenarios call the person
	Name         string   `json:"name"`
	For          string   `json:"for"`
	Brand        string   `json:"brand"`
	Number       string   `json:"number"`
	Expiry       string   `json:"expiry"` // MM/YY
	SecurityCode string   `json:"security_code"`
	Phone        string   `json:"phone,omitempty"`
	Email        string   `json:"email,omitempty"`
	Account      *Account `json:"account,omitempty"` // nil where the card is not registered already
}

// TestCards returns the test cards of every fresh world.
func (c *Client) TestCards(ctx context.Context) ([]TestCard, error) {
	var found struct {
		Cards []TestCard `json:"cards"`
	}
	err := c.do(ctx, http.MethodGet, "/api/cards", nil, nil, &found)
	return found.Cards, err
}

// Bounds are how much a sandbox holds; beyond them it refuses.
type Bounds struct {
	Worlds    int    `json:"worlds"`    // that exist at once
	Idle      string `json:"idle"`      // like 1h0m0s, after which an unused world may make room
	Messages  int    `json:"messages"`  // of each kind in a world
	Journeys  int    `json:"journeys"`  // registrations in a world
	Body      int64  `json:"body"`      // bytes of a request
	Document  int64  `json:"document"`  // bytes of a document of a world that is read
	Wait      string `json:"wait"`      // like 1m0s, the longest wait
	Generated int    `json:"generated"` // generated members in a world
}

// Bounds returns the bounds of the sandbox.
func (c *Client) Bounds(ctx context.Context) (Bounds, error) {
	var b Bounds
	err := c.do(ctx, http.MethodGet, "/api/bounds", nil, nil, &b)
	return b, err
}

// Providers are where the providers' own protocols are spoken; "" where nobody
// listens.
type Providers struct {
	REST string `json:"rest"` // Twilio's, a URL without a slash at its end
	SMPP string `json:"smpp"`
	SMTP string `json:"smtp"`
	IMAP string `json:"imap"`
	SIP  string `json:"sip"` // UDP and TCP
}

// Providers returns where the providers' protocols are spoken. Where the
// sandbox listens on every address of its machine, like in a container, the host
// is the one that this client finds the console by; a port that is mapped to
// another one is not known.
func (c *Client) Providers(ctx context.Context) (Providers, error) {
	var p Providers
	err := c.do(ctx, http.MethodGet, "/api/providers", nil, nil, &p)
	base, perr := url.Parse(c.base)
	if err == nil && perr != nil {
		err = fmt.Errorf("control API: %w", perr)
	}
	if err != nil {
		return p, err
	}
	host := base.Hostname()
	if rest, ok := strings.CutPrefix(p.REST, "http://"); ok {
		p.REST = "http://" + found(rest, host)
	}
	p.SMPP, p.SMTP, p.IMAP, p.SIP = found(p.SMPP, host), found(p.SMTP, host), found(p.IMAP, host), found(p.SIP, host)
	return p, nil
}

// found is an address, at host where it names every address of a machine.
func found(address, host string) string {
	name, port, err := net.SplitHostPort(address)
	if ip := net.ParseIP(name); err != nil || name != "" && (ip == nil || !ip.IsUnspecified()) {
		return address
	}
	return net.JoinHostPort(host, port)
}
