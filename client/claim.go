package client

import (
	"context"
	"net/http"
	"net/url"
)

// Claim makes a world the one that provider traffic to a telephone number or
// mail address belongs to, where no credentials name a world. A recipient that
// another world has is a Problem of code claimed.
func (c *Client) Claim(ctx context.Context, world, recipient string) error {
	return c.do(ctx, http.MethodPost, in(world, "/claims"), nil, map[string]string{"recipient": recipient}, nil)
}

// Claims returns the numbers and addresses that a world has claimed.
func (c *Client) Claims(ctx context.Context, world string) ([]string, error) {
	var found struct {
		Claims []string `json:"claims"`
	}
	err := c.do(ctx, http.MethodGet, in(world, "/claims"), nil, nil, &found)
	return found.Claims, err
}

// Release gives a number or address back.
func (c *Client) Release(ctx context.Context, world, recipient string) error {
	return c.do(ctx, http.MethodDelete, in(world, "/claims"), url.Values{"recipient": {recipient}}, nil, nil)
}
