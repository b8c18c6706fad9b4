package client

import (
	"context"
	"net/http"
	"time"
)

// A FaceFault is what goes wrong between a member and the service: on the pages
// and in the member API.
type FaceFault struct {
	Kind   string        // delay, status, cut, lose or session
	Method string        // "" for any
	Route  string        // a path, * for one segment, a slash at its end for everything below; "" for everything
	Times  int           // how often it happens; 0 is once, Ever until it is ended
	By     time.Duration // with delay: how late, by the machine's clock
	Status int           // with status: 429, 500 or 503
}

// Ever is how often a FaceFault happens that stays until it is ended.
const Ever = 1_000_000

type faceFaultBody struct {
	Kind   string `json:"kind"`
	Method string `json:"method,omitempty"`
	Route  string `json:"route,omitempty"`
	Times  int    `json:"times,omitempty"`
	By     string `json:"by,omitempty"`
	Status int    `json:"status,omitempty"`
}

type facePlan struct {
	Faults []faceFaultBody `json:"faults"`
}

// PlanFace replaces the faults to come between a member and the service. None
// ends them.
func (c *Client) PlanFace(ctx context.Context, world string, faults ...FaceFault) error {
	plan := facePlan{Faults: []faceFaultBody{}}
	for _, f := range faults {
		body := faceFaultBody{Kind: f.Kind, Method: f.Method, Route: f.Route, Times: f.Times, Status: f.Status}
		if f.By != 0 {
			body.By = f.By.String()
		}
		plan.Faults = append(plan.Faults, body)
	}
	return c.do(ctx, http.MethodPut, in(world, "/faults/member"), nil, plan, nil)
}

// Face returns the faults to come between a member and the service, in order.
func (c *Client) Face(ctx context.Context, world string) ([]FaceFault, error) {
	var plan facePlan
	if err := c.do(ctx, http.MethodGet, in(world, "/faults/member"), nil, nil, &plan); err != nil {
		return nil, err
	}
	var faults []FaceFault
	for _, b := range plan.Faults {
		f := FaceFault{Kind: b.Kind, Method: b.Method, Route: b.Route, Times: b.Times, Status: b.Status}
		if b.By != "" {
			by, err := time.ParseDuration(b.By)
			if err != nil {
				return nil, err
			}
			f.By = by
		}
		faults = append(faults, f)
	}
	return faults, nil
}
