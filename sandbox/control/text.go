package control

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"example.com/netanswer/sandbox/middleware"
	"example.com/netanswer/sandbox/overview"
	"example.com/netanswer/sandbox/world"
)

type sentences struct {
	Texts []overview.Sentence `json:"texts" doc:"in the order of the text table"`
}

func (f handler) texts(a huma.API) {
	const tag = "文言"
	register(f, a, get(worldPath+"/texts", "get-texts", tag, "会員が読むすべての文を見る"),
		func(ctx context.Context, in *InWorld) (*answer[sentences], error) {
			m, err := f.control.Snapshot(ctx, in.World)
			if err != nil {
				return nil, middleware.Trouble(err)
			}
			return &answer[sentences]{sentences{overview.Texts(m)}}, nil
		})
	register(f, a, change(http.MethodPatch, worldPath+"/texts", "change-texts", tag, "文を変える（空にすると元に戻る）"),
		func(ctx context.Context, in *struct {
			InWorld
			Body map[string]string
		}) (*answer[sentences], error) {
			m, err := f.control.Arrange(ctx, in.World, world.Setup{Texts: in.Body})
			if err != nil {
				return nil, middleware.Trouble(err)
			}
			return &answer[sentences]{sentences{overview.Texts(m)}}, nil
		})
}
