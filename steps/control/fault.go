package control

import (
	"context"
	"net/http"
	"net/url"
)

// The providers whose faults can be planned.
const (
	ProviderSMS    = "sms"
	ProviderMail   = "mail"
	ProviderIssuer = "issuer"
)

// A Fault is something that goes wrong at a provider. Kind is refuse, time_out,
// lose, delay or duplicate; the issuer can only refuse or time out.
type Fault struct {
	Kind  string `json:"kind"`
	To    string `json:"to,omitempty"`    // one recipient; "" for any
	Times int    `json:"times,omitempty"` // how often; 0 is once
	By    string `json:"by,omitempty"`    // with delay: how late, like 11m
}

// PlanFaults replaces the faults to come at a provider, in order; none makes it
// work again.
func (c *Client) PlanFaults(ctx context.Context, world, provider string, faults ...Fault) error {
	if faults == nil {
		faults = []Fault{}
	}
	return c.do(ctx, http.MethodPut, in(world, "/faults/"+url.PathEscape(provider)), nil, map[string]any{"faults": faults}, nil)
}

// Faults answers with the faults to come at a provider.
func (c *Client) Faults(ctx context.Context, world, provider string) ([]Fault, error) {
	var found struct {
		Faults []Fault `json:"faults"`
	}
	err := c.do(ctx, http.MethodGet, in(world, "/faults/"+url.PathEscape(provider)), nil, nil, &found)
	return found.Faults, err
}

// RefuseMail makes an address drop mail from domains; none makes it accept all
// again.
func (c *Client) RefuseMail(ctx context.Context, world, address string, domains ...string) error {
	if domains == nil {
		domains = []string{}
	}
	return c.do(ctx, http.MethodPut, in(world, "/reception"), nil, map[string]any{"address": address, "refused_domains": domains}, nil)
}
