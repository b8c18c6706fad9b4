package client

import (
	"context"
	"net/http"
	"net/url"
)

// The providers whose faults can be planned.
const (
	ProviderSMS    = "sms"
	ProviderMail   = "mail"
	ProviderCall   = "call"
	ProviderIssuer = "issuer"
)

// A Fault is something that goes wrong at a provider. Kind is refuse, time_out,
// lose, delay or duplicate; the issuer can only refuse, time out, or lose an answer. A call is
// refused by the exchange, rings without an answer (time_out), is cut in the
// middle of what is said (lose), answered late (delay), or busy; it is never
// duplicated.
type Fault struct {
	Kind  string `json:"kind"`
	To    string `json:"to,omitempty"`    // one recipient; "" for any
	From  string `json:"from,omitempty"`  // of a call: the telephone it is placed from; "" for any
	Times int    `json:"times,omitempty"` // how often; 0 is once
	By    string `json:"by,omitempty"`    // with delay: how late, like 11m

	Percent int    `json:"percent,omitempty"` // by chance, to so many of a hundred; 0 for each
	Reason  string `json:"reason,omitempty"`  // with lose, of an SMS: unreachable, landline, filtered or overflow; "" where nobody knows
}

// A Plan is the faults to come at a provider, and the seed of what happens by
// chance; 0 has one drawn.
type Plan struct {
	Faults []Fault `json:"faults"`
	Seed   uint64  `json:"seed,omitempty"`
}

// Plan replaces the plan of a provider, and returns it and its seed.
func (c *Client) Plan(ctx context.Context, world, provider string, plan Plan) (Plan, error) {
	if plan.Faults == nil {
		plan.Faults = []Fault{}
	}
	var planned Plan
	err := c.do(ctx, http.MethodPut, in(world, "/faults/"+url.PathEscape(provider)), nil, plan, &planned)
	return planned, err
}

// PlanFaults replaces the faults to come at a provider, in order; none makes it
// work again.
func (c *Client) PlanFaults(ctx context.Context, world, provider string, faults ...Fault) error {
	if faults == nil {
		faults = []Fault{}
	}
	return c.do(ctx, http.MethodPut, in(world, "/faults/"+url.PathEscape(provider)), nil, map[string]any{"faults": faults}, nil)
}

// Faults returns the faults to come at a provider.
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
	return c.receive(ctx, world, address, domains, false)
}

// RejectMail is RefuseMail where the sender is told, as by a mail server that
// answers.
func (c *Client) RejectMail(ctx context.Context, world, address string, domains ...string) error {
	return c.receive(ctx, world, address, domains, true)
}

func (c *Client) receive(ctx context.Context, world, address string, domains []string, answers bool) error {
	return c.do(
		ctx,
		http.MethodPut,
		in(world, "/reception"),
		nil,
		map[string]any{"address": address, "refused_domains": domains, "answers": answers},
		nil,
	)
}
