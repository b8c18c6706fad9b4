package client

import (
	"context"
	"net/http"
)

// A Text is one sentence that members read, in a world's wording.
type Text struct {
	ID      string   `json:"id"`
	Text    string   `json:"text"`    // {name} stands for a value
	Rules   []string `json:"rules"`   // the rules that word it
	Changed bool     `json:"changed"` // the world words it differently
}

type texts struct {
	Texts []Text `json:"texts"`
}

// Texts returns every sentence of a world, in the order of the text table.
func (c *Client) Texts(ctx context.Context, world string) ([]Text, error) {
	var found texts
	err := c.do(ctx, http.MethodGet, in(world, "/texts"), nil, nil, &found)
	return found.Texts, err
}

// SetTexts words sentences differently, by their ids; an empty one restores the
// table's own. It returns every sentence of the world.
func (c *Client) SetTexts(ctx context.Context, world string, wording map[string]string) ([]Text, error) {
	var found texts
	err := c.do(ctx, http.MethodPatch, in(world, "/texts"), nil, wording, &found)
	return found.Texts, err
}
