package client

import (
	"context"
	"net/http"
)

// A Policy is every number and choice of the rules, by name: numbers are
// float64, lengths of time text like 10m0s, choices bool.
type Policy map[string]any

// Policy returns a world's policy.
func (c *Client) Policy(ctx context.Context, world string) (Policy, error) {
	var p Policy
	err := c.do(ctx, http.MethodGet, in(world, "/policy"), nil, nil, &p)
	return p, err
}

// SetPolicy changes the values of a world's policy that p names, all of them or
// none, and returns the whole policy.
func (c *Client) SetPolicy(ctx context.Context, world string, p Policy) (Policy, error) {
	var whole Policy
	err := c.do(ctx, http.MethodPatch, in(world, "/policy"), nil, p, &whole)
	return whole, err
}
