package client

import (
	"context"
	"net/http"
)

// A Defect is one way in which a world can be broken on purpose, to see whether
// the scenarios of its rules notice.
type Defect struct {
	Name  string   `json:"name"`
	Rules []string `json:"rules"`
	Says  string   `json:"says"` // what is wrong, in Japanese
}

// Defects returns every defect that a Setup may name.
func (c *Client) Defects(ctx context.Context) ([]Defect, error) {
	var found struct {
		Defects []Defect `json:"defects"`
	}
	err := c.do(ctx, http.MethodGet, "/api/defects", nil, nil, &found)
	return found.Defects, err
}
