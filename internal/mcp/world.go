package mcp

import (
	"context"
	"time"

	"github.com/modelcontextprotocol/go-sdk/mcp"

	"example.com/netanswer/client"
)

type (
	// A world of the list is told by what tells it from others.
	worldRow struct {
		Name      string            `json:"name"`
		Clock     client.ClockState `json:"clock"`
		Counts    client.Counts     `json:"counts"`
		MemberURL string            `json:"member_url"`
	}
	worldList struct {
		Worlds []worldRow `json:"worlds"`
	}
	arrangement struct {
		InWorld
		Policy  map[string]any    `json:"policy,omitempty" jsonschema:"values of the rules by name, like passcode_lifetime: 5m"`
		Texts   map[string]string `json:"texts,omitempty" jsonschema:"sentences by id; an empty one restores the original"`
		Defects []string          `json:"defects,omitempty" jsonschema:"what is to be broken on purpose, by name"`
	}
	clockMove struct {
		InWorld
		Now     string `json:"now,omitempty" jsonschema:"what the clock is to show, RFC 3339"`
		Advance string `json:"advance,omitempty" jsonschema:"how far it goes on, like 9m59s"`
		Running *bool  `json:"running,omitempty" jsonschema:"whether it runs or stands still"`
	}
	events struct {
		Events []client.Event `json:"events"`
	}
	timelineAsked struct {
		InWorld
		After int `json:"after,omitempty" jsonschema:"only what happened after the event of this serial"`
	}
	forkAsked struct {
		InWorld
		Into string `json:"into,omitempty" jsonschema:"the name of the new world; left out: one is made up"`
	}
	snapshotAsked struct {
		InWorld
		Snapshot string `json:"snapshot" jsonschema:"the snapshot's name"`
	}
	snapshots struct {
		Snapshots []client.Snapshot `json:"snapshots"`
	}
)

func worlds(s *mcp.Server, c *client.Client) {
	tool(s, "list_worlds", "the worlds that exist", func(ctx context.Context, _ struct{}) (worldList, error) {
		all, err := c.Worlds(ctx, "")
		list := worldList{Worlds: []worldRow{}}
		for _, w := range all {
			list.Worlds = append(list.Worlds, worldRow{w.Name, w.Clock, w.Counts, w.MemberURL})
		}
		return list, err
	})
	tool(s, "get_world", "one world: its clock, counts, policy, changed texts, defects, and where members find it",
		func(ctx context.Context, in InWorld) (client.World, error) { return c.World(ctx, in.World) })
	tool(
		s,
		"arrange_world",
		"change policy, texts or defects of a world, all of it or nothing",
		func(ctx context.Context, in arrangement) (client.World, error) {
			if err := c.Arrange(ctx, in.World, client.Setup{Policy: in.Policy, Texts: in.Texts, Defects: in.Defects}); err != nil {
				return client.World{}, err
			}
			return c.World(ctx, in.World)
		},
	)
	tool(s, "delete_world", "end a world; its name is a fresh world again", func(ctx context.Context, in InWorld) (Done, error) {
		return Done{true}, c.Delete(ctx, in.World)
	})
	tool(
		s,
		"move_clock",
		"move a world's clock, let it run or stand still; without anything to do: tell what it shows",
		func(ctx context.Context, in clockMove) (client.ClockState, error) {
			move := client.ClockMove{Advance: in.Advance, Running: in.Running}
			if in.Now != "" {
				now, err := time.Parse(time.RFC3339, in.Now)
				if err != nil {
					return client.ClockState{}, err
				}
				move.Now = &now
			}
			if move == (client.ClockMove{}) {
				return c.Clock(ctx, in.World)
			}
			return c.MoveClock(ctx, in.World, move)
		},
	)
	tool(s, "timeline", "what happened in a world, oldest first", func(ctx context.Context, in timelineAsked) (events, error) {
		all, err := c.TimelineAfter(ctx, in.World, in.After)
		return events{append([]client.Event{}, all...)}, err
	})
	tool(s, "fork_world", "make a new world that is as another one is now", func(ctx context.Context, in forkAsked) (client.World, error) {
		return c.Fork(ctx, in.World, in.Into)
	})
	tool(s, "list_snapshots", "worlds that are kept as they were", func(ctx context.Context, _ struct{}) (snapshots, error) {
		all, err := c.Snapshots(ctx)
		return snapshots{append([]client.Snapshot{}, all...)}, err
	})
	tool(
		s,
		"take_snapshot",
		"keep a world as it is now, under a name",
		func(ctx context.Context, in snapshotAsked) (client.Snapshot, error) {
			return c.Take(ctx, in.Snapshot, client.Taking{World: in.World})
		},
	)
	tool(s, "restore_snapshot", "make a world as a snapshot is", func(ctx context.Context, in snapshotAsked) (client.World, error) {
		return c.Restore(ctx, in.World, in.Snapshot)
	})
}
