package client

import (
	"context"
	"net/http"
	"time"
)

// A MemberFault is what goes wrong between a member and the service: on the pages
// and in the member API.
type MemberFault struct {
	Kind   string        // delay, status, cut, lose or session
	Method string        // "" for any
	Route  string        // a path, * for one segment, a slash at its end for everything below; "" for everything
	Times  int           // how often it happens; 0 is once, Ever until it is ended
	By     time.Duration // with delay: how late, by the machine's clock
	Status int           // with status: 429, 500 or 503
}

// Ever is how often a MemberFault happens that stays until it is ended.
const Ever = 1_000_000

type memberFaultBody struct {
	Kind   string `json:"kind"`
	Method string `json:"method,omitempty"`
	Route  string `json:"route,omitempty"`
	Times  int    `json:"times,omitempty"`
	By     string `json:"by,omitempty"`
	Status int    `json:"status,omitempty"`
}

type memberFaultPlan struct {
	Faults []memberFaultBody `json:"faults"`
}

// PlanMemberFaults replaces the faults to come between a member and the service. None
// ends them.
func (c *Client) PlanMemberFaults(ctx context.Context, world string, faults ...MemberFault) error {
	plan := memberFaultPlan{Faults: []memberFaultBody{}}
	for _, f := range faults {
		body := memberFaultBody{Kind: f.Kind, Method: f.Method, Route: f.Route, Times: f.Times, Status: f.Status}
		if f.By != 0 {
			body.By = f.By.String()
		}
		plan.Faults = append(plan.Faults, body)
	}
	return c.do(ctx, http.MethodPut, in(world, "/faults/member"), nil, plan, nil)
}

// MemberFaults returns the faults to come between a member and the service, in order.
func (c *Client) MemberFaults(ctx context.Context, world string) ([]MemberFault, error) {
	var plan memberFaultPlan
	if err := c.do(ctx, http.MethodGet, in(world, "/faults/member"), nil, nil, &plan); err != nil {
		return nil, err
	}
	var faults []MemberFault
	for _, b := range plan.Faults {
		f := MemberFault{Kind: b.Kind, Method: b.Method, Route: b.Route, Times: b.Times, Status: b.Status}
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
