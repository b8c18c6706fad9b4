package mcp

import (
	"context"
	"time"

	"github.com/modelcontextprotocol/go-sdk/mcp"

	"example.com/netanswer/client"
)

type (
	providerFaults struct {
		InWorld
		Provider string         `json:"provider" jsonschema:"sms, mail, call or issuer"`
		Faults   []client.Fault `json:"faults" jsonschema:"what goes wrong, in order: kind is refuse, time_out, lose, delay, duplicate or busy; none ends all"`
	}
	memberFault struct {
		Kind   string `json:"kind" jsonschema:"delay, status, cut, lose or session"`
		Method string `json:"method,omitempty" jsonschema:"GET, POST, PUT or DELETE; left out: any"`
		Route  string `json:"route,omitempty" jsonschema:"a path; * is one segment, a slash at the end everything below; left out: everything"`
		Times  int    `json:"times,omitempty" jsonschema:"how often; left out: once"`
		By     string `json:"by,omitempty" jsonschema:"with delay: how late, like 2s"`
		Status int    `json:"status,omitempty" jsonschema:"with status: 429, 500 or 503"`
	}
	faceFaults struct {
		InWorld
		Faults []memberFault `json:"faults" jsonschema:"what goes wrong, in order; none ends all"`
	}
	planned struct {
		Faults map[string][]client.Fault `json:"faults" jsonschema:"by provider"`
		Member []client.MemberFault      `json:"member" jsonschema:"between a member and the service"`
	}
)

func faults(s *mcp.Server, c *client.Client) {
	tool(
		s,
		"list_faults",
		"what is still to go wrong in a world",
		func(ctx context.Context, in InWorld) (planned, error) { return left(ctx, c, in.World) },
	)
	tool(
		s,
		"plan_faults",
		"plan what goes wrong at a provider, instead of what was planned",
		func(ctx context.Context, in providerFaults) (planned, error) {
			if err := c.PlanFaults(ctx, in.World, in.Provider, in.Faults...); err != nil {
				return planned{}, err
			}
			return left(ctx, c, in.World)
		},
	)
	tool(
		s,
		"plan_member_faults",
		"plan what goes wrong between a member and the service, on pages and in the member API",
		func(ctx context.Context, in faceFaults) (planned, error) {
			var plan []client.MemberFault
			for _, f := range in.Faults {
				var by time.Duration
				if f.By != "" {
					var err error
					if by, err = time.ParseDuration(f.By); err != nil {
						return planned{}, err
					}
				}
				plan = append(
					plan,
					client.MemberFault{Kind: f.Kind, Method: f.Method, Route: f.Route, Times: f.Times, By: by, Status: f.Status},
				)
			}
			if err := c.PlanMemberFaults(ctx, in.World, plan...); err != nil {
				return planned{}, err
			}
			return left(ctx, c, in.World)
		},
	)
}

func left(ctx context.Context, c *client.Client, world string) (planned, error) {
	all := planned{Faults: map[string][]client.Fault{}}
	for _, provider := range []string{client.ProviderSMS, client.ProviderMail, client.ProviderCall, client.ProviderIssuer} {
		found, err := c.Faults(ctx, world, provider)
		if err != nil {
			return planned{}, err
		}
		all.Faults[provider] = append([]client.Fault{}, found...)
	}
	found, err := c.MemberFaults(ctx, world)
	all.Member = append([]client.MemberFault{}, found...)
	return all, err
}
