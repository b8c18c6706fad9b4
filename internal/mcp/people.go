package mcp

import (
	"context"

	"github.com/modelcontextprotocol/go-sdk/mcp"

	"example.com/netanswer/client"
)

type (
	cards struct {
		Cards []client.TestCard `json:"cards"`
	}
	members struct {
		Members []client.Member `json:"members"`
	}
	addition struct {
		InWorld
		Member client.Member `json:"member" jsonschema:"what is left out is filled in, but for phone and email"`
	}
	registrations struct {
		Registrations []client.Registration `json:"registrations"`
	}
	places struct {
		Places []client.Place `json:"places"`
	}
	placing struct {
		InWorld
		At      string `json:"at" jsonschema:"one of list_places, like passcode"`
		Channel string `json:"channel,omitempty" jsonschema:"web or app; left out: web"`
		Device  string `json:"device,omitempty" jsonschema:"in the app, iphone or android; left out: iphone"`
		Member  string `json:"member,omitempty" jsonschema:"a name, what the scenarios call the person, like 花子さん, or an id; left out: somebody who suits"`
		Fork    bool   `json:"fork,omitempty" jsonschema:"in a new world, a fork of the one that is named"`
	}
)

func people(s *mcp.Server, c *client.Client) {
	tool(
		s,
		"test_cards",
		"the test cards of every fresh world, whom they belong to and what happens with them",
		func(ctx context.Context, _ struct{}) (cards, error) {
			all, err := c.TestCards(ctx)
			return cards{append([]client.TestCard{}, all...)}, err
		},
	)
	tool(s, "list_members", "the members of a world", func(ctx context.Context, in InWorld) (members, error) {
		all, err := c.Members(ctx, in.World)
		return members{append([]client.Member{}, all...)}, err
	})
	tool(s, "add_member", "add a member to a world, and tell the card", func(ctx context.Context, in addition) (client.Member, error) {
		return c.AddMember(ctx, in.World, in.Member)
	})
	tool(
		s,
		"list_registrations",
		"the registrations of a world and where each stands, newest first",
		func(ctx context.Context, in InWorld) (registrations, error) {
			all, err := c.Registrations(ctx, in.World)
			return registrations{append([]client.Registration{}, all...)}, err
		},
	)
	tool(s, "list_places", "the states that a registration can be brought to", func(ctx context.Context, _ struct{}) (places, error) {
		all, err := c.Places(ctx)
		return places{append([]client.Place{}, all...)}, err
	})
	tool(
		s,
		"put_registration_at",
		"bring a registration to a state by the steps that a member takes, and return the link that goes on there in any browser; where time has to pass, the world's clock is moved",
		func(ctx context.Context, in placing) (client.Placed, error) {
			return c.Put(ctx, in.World, client.Placing{At: in.At, Channel: in.Channel, Device: in.Device, Member: in.Member, Fork: in.Fork})
		},
	)
}
