package control

import (
	"context"
	"fmt"
	"net/http"
	"reflect"

	"github.com/danielgtaylor/huma/v2"

	"example.com/netanswer/sandbox/middleware"
	"example.com/netanswer/sandbox/overview"
	"example.com/netanswer/sandbox/world"
)

// newMember asks for members: count for generated ones, or one with traits.
type newMember struct {
	Count int `json:"count,omitempty" minimum:"1" maximum:"10000" doc:"how many members to generate, each with one card, a mobile telephone and a mail address; nothing else may be given with it"`
	overview.Member
}

type memberList struct {
	Members   []overview.Member `json:"members" doc:"by id; of generated members those added by the request, or the first hundred"`
	Generated int               `json:"generated" doc:"how many generated members the world has in all"`
}

func (f handler) members(a huma.API) {
	const tag = "会員"
	register(f, a, get(worldPath+"/members", "list-members", tag, "会員とテストカードの一覧"),
		func(ctx context.Context, in *InWorld) (*answer[memberList], error) {
			m, err := f.control.Snapshot(ctx, in.World)
			if err != nil {
				return nil, middleware.Trouble(err)
			}
			return &answer[memberList]{memberList{Members: overview.Members(m), Generated: m.Issuer.Generated}}, nil
		})
	op := change(http.MethodPost, worldPath+"/members", "add-members", tag, "会員を加える（特徴を選ぶか、人数を決めて生成する）")
	op.DefaultStatus = http.StatusCreated
	register(f, a, op,
		func(ctx context.Context, in *struct {
			InWorld
			Body newMember
		}) (*answer[memberList], error) {
			added, err := f.addMembers(ctx, in.World, in.Body)
			if err != nil {
				return nil, middleware.Trouble(err)
			}
			m, err := f.control.Snapshot(ctx, in.World)
			if err != nil {
				return nil, middleware.Trouble(err)
			}
			return &answer[memberList]{memberList{Members: added, Generated: m.Issuer.Generated}}, nil
		})
}

func (f handler) addMembers(ctx context.Context, name string, in newMember) ([]overview.Member, error) {
	if in.Count == 0 {
		added, err := f.control.AddMember(ctx, name, in.Member.Fixture())
		return []overview.Member{overview.Show(added)}, err
	}
	if !in.alone() {
		return nil, errCountAlone
	}
	cards, err := f.control.Generate(ctx, name, in.Count)
	return overview.Group(cards), err
}

var errCountAlone = fmt.Errorf("%w: count generates members; nothing else may be given with it", world.ErrRequest)

// alone tells whether nothing but the count is given.
func (n newMember) alone() bool { return reflect.ValueOf(n.Member).IsZero() }
