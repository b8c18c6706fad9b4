package control

import (
	"context"
	"net/http"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"example.com/netanswer/sandbox/middleware"
	"example.com/netanswer/sandbox/registration"
	"example.com/netanswer/sandbox/world"
)

// WorldSummary is one world of the list.
type WorldSummary struct {
	Name      string      `json:"name"`
	CreatedAt time.Time   `json:"created_at" doc:"by the machine's clock; where the world does not exist yet, now"`
	Clock     clockState  `json:"clock"`
	Counts    worldCounts `json:"counts"`
	Serial    int         `json:"serial" doc:"of the newest entry of the timeline; 0 where nothing has happened yet"`
	MemberURL string      `json:"member_url" doc:"where members find this world"`
}

type worldCounts struct {
	Registrations int   `json:"registrations"`
	Accounts      int   `json:"accounts" doc:"those of the fixtures included"`
	SMS           int   `json:"sms" doc:"accepted, those under way included"`
	Mail          int   `json:"mail" doc:"accepted, those under way included"`
	Bytes         int64 `json:"bytes" doc:"that its messages take, about"`
}

// worldDetail is one world by itself.
type worldDetail struct {
	WorldSummary
	Policy registration.Policy `json:"policy"`
	Texts  map[string]string   `json:"texts" doc:"the sentences this world words differently"`

	Defects []string `json:"defects" doc:"what is broken on purpose in this world"`
	From    origin   `json:"from" doc:"what it began as a fork of; empty where it began from nothing"`
}

type origin struct {
	World    string `json:"world,omitempty"`
	Snapshot string `json:"snapshot,omitempty"`
}

type worldList struct {
	Total  int            `json:"total" doc:"how many worlds there are"`
	Worlds []WorldSummary `json:"worlds" doc:"by name"`
}

type arrangement struct {
	Clock  clockMove         `json:"clock,omitempty"`
	Policy policyPatch       `json:"policy,omitempty"`
	Texts  map[string]string `json:"texts,omitempty" doc:"sentences by id; an empty one restores the table's own"`

	Defects []string `json:"defects,omitempty" doc:"what is to be broken on purpose, by name, instead of what was; an empty list mends all"`
}

type arranged struct {
	Status int
	Body   worldDetail
}

func (f handler) worlds(a huma.API) {
	const tag = "ワールド"
	register(f, a, get("/api/worlds", "list-worlds", tag, "ワールドの一覧"),
		func(ctx context.Context, in *struct {
			Prefix string `query:"prefix" doc:"the beginning of the names wanted"`
			Limit  int    `query:"limit" minimum:"1" maximum:"100000" default:"1000" doc:"how many to return at most"`
		}) (*answer[worldList], error) {
			list, err := f.worldList(ctx, in.Prefix, in.Limit)
			if err != nil {
				return nil, middleware.Trouble(err)
			}
			return &answer[worldList]{list}, nil
		})
	register(f, a, get(worldPath, "get-world", tag, "ワールドを見る"),
		func(ctx context.Context, in *InWorld) (*answer[worldDetail], error) {
			m, err := f.control.Snapshot(ctx, in.World)
			if err != nil {
				return nil, middleware.Trouble(err)
			}
			return &answer[worldDetail]{f.detail(m)}, nil
		})
	register(f, a, change(http.MethodPut, worldPath, "arrange-world", tag, "ワールドを用意する・変える（全部か、何もしないか）"),
		func(ctx context.Context, in *struct {
			InWorld
			Body arrangement
		}) (*arranged, error) {
			before, err := f.control.Snapshot(ctx, in.World)
			if err != nil {
				return nil, middleware.Trouble(err)
			}
			m, err := f.control.Arrange(
				ctx,
				in.World,
				world.Setup{Clock: in.Body.Clock.move(), Policy: in.Body.Policy.raw, Texts: in.Body.Texts, Defects: in.Body.Defects},
			)
			if err != nil {
				return nil, middleware.Trouble(err)
			}
			out := &arranged{Status: http.StatusOK, Body: f.detail(m)}
			if before.Timeline.Serial == 0 {
				out.Status = http.StatusCreated
			}
			return out, nil
		})
	register(f, a, change(http.MethodDelete, worldPath, "delete-world", tag, "ワールドを消す（なければ何もしない）"),
		func(ctx context.Context, in *InWorld) (*struct{}, error) {
			if err := f.control.Delete(ctx, in.World); err != nil {
				return nil, middleware.Trouble(err)
			}
			return nil, nil
		})
}

func (f handler) worldList(ctx context.Context, prefix string, limit int) (worldList, error) {
	all, err := f.control.Listed(ctx)
	if err != nil {
		return worldList{}, err
	}
	var names []string
	for _, l := range all {
		if len(names) < limit && strings.HasPrefix(l.Name, prefix) {
			names = append(names, l.Name)
		}
	}
	list := worldList{Total: len(all), Worlds: []WorldSummary{}}
	if len(names) == 0 {
		return list, nil
	}
	shown, err := f.control.Worlds(ctx, names...)
	for _, m := range shown {
		list.Worlds = append(list.Worlds, f.summary(m))
	}
	return list, err
}

func (f handler) summary(m world.Snapshot) WorldSummary {
	return WorldSummary{
		Name:      m.Name,
		CreatedAt: m.CreatedAt,
		Clock:     showClock(m),
		Serial:    m.Timeline.Serial,
		MemberURL: f.memberURL(m.Name),
		Counts:    countsOf(m),
	}
}

func countsOf(m world.Snapshot) worldCounts {
	return worldCounts{
		Registrations: m.Registrations.Len(),
		Accounts:      m.Accounts.Accounts.Len(),
		SMS:           len(m.SMS.Messages),
		Mail:          len(m.Mailbox.Mails),
		Bytes:         m.Bytes(),
	}
}

func (f handler) detail(m world.Snapshot) worldDetail {
	d := worldDetail{
		WorldSummary: f.summary(m),
		Policy:       m.Policy,
		Texts:        map[string]string{},
		Defects:      append([]string{}, m.Defects...),
		From:         origin(m.From),
	}
	for id, text := range m.Texts.All() {
		d.Texts[id] = text
	}
	return d
}
