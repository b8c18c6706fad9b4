package console

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"example.com/netanswer/sandbox/middleware"
	"example.com/netanswer/sandbox/world"
)

// sentence is one entry of the text table in a world's wording.
type sentence struct {
	ID      string   `json:"id"`
	Text    string   `json:"text" doc:"{name} stands for a value"`
	Rules   []string `json:"rules" doc:"the rules that word it"`
	Changed bool     `json:"changed" doc:"this world words it differently"`
}

type sentences struct {
	Texts []sentence `json:"texts" doc:"in the order of the text table"`
}

func listTexts(m world.Snapshot) sentences {
	list := sentences{Texts: []sentence{}}
	for _, t := range m.Sentences("") {
		if t.Rules == nil {
			t.Rules = []string{}
		}
		list.Texts = append(list.Texts, sentence{ID: t.ID, Text: t.Text, Rules: t.Rules, Changed: m.Texts.Has(t.ID)})
	}
	return list
}

func (f handler) texts(a huma.API) {
	const tag = "文言"
	register(f, a, get(worldPath+"/texts", "get-texts", tag, "会員が読むすべての文を見る"),
		func(ctx context.Context, in *InWorld) (*answer[sentences], error) {
			m, err := f.service.Snapshot(ctx, in.World)
			if err != nil {
				return nil, middleware.Trouble(err)
			}
			return &answer[sentences]{listTexts(m)}, nil
		})
	register(f, a, change(http.MethodPatch, worldPath+"/texts", "change-texts", tag, "文を変える（空にすると元に戻る）"),
		func(ctx context.Context, in *struct {
			InWorld
			Body map[string]string
		}) (*answer[sentences], error) {
			m, err := f.service.Control().Arrange(ctx, in.World, world.Setup{Texts: in.Body})
			if err != nil {
				return nil, middleware.Trouble(err)
			}
			return &answer[sentences]{listTexts(m)}, nil
		})
}
