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
}
