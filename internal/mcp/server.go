// Package mcp offers the control API to assistants, by the Model Context
// Protocol: worlds, members, states to be at, messages and passcodes, clock, faults
// and timeline.
//
// It is a client of a sandbox that runs, with that one's token and nothing more,
// and speaks on the streams that it is given. Not offered: prompts, resources,
// and anything that a member does.
package mcp

import (
	"context"

	"github.com/modelcontextprotocol/go-sdk/mcp"

	"example.com/netanswer/client"
)

const instructions = `A sandbox (TEST ONLY) of a Japanese card company's new registration. A world is one isolated copy of everything; a name nobody has used is a fresh world. ` +
	`Nothing sleeps: move the world's clock instead of waiting. Only test cards exist; see test_cards.`

// New returns the server of the sandbox that controls speaks to.
func New(controls *client.Client, version string) *mcp.Server {
	s := mcp.NewServer(&mcp.Implementation{Name: "netanswer", Version: version}, &mcp.ServerOptions{Instructions: instructions})
	worlds(s, controls)
	people(s, controls)
	messages(s, controls)
	faults(s, controls)
	return s
}

// tool adds a tool whose refusals are told as the control API words them.
func tool[I, O any](s *mcp.Server, name, description string, do func(context.Context, I) (O, error)) {
	mcp.AddTool(
		s,
		&mcp.Tool{Name: name, Description: description},
		func(ctx context.Context, _ *mcp.CallToolRequest, in I) (*mcp.CallToolResult, O, error) {
			out, err := do(ctx, in)
			return nil, out, err
		},
	)
}

// InWorld is what every tool on a world is called with.
type InWorld struct {
	World string `json:"world" jsonschema:"the world's name: 1 to 63 of a-z, 0-9 and -"`
}

// Done is the answer of a tool that has nothing else to tell.
type Done struct {
	Done bool `json:"done"`
}
