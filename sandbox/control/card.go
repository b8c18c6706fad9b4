package control

import (
	"context"

	"github.com/danielgtaylor/huma/v2"

	"example.com/netanswer/sandbox/overview"
)

type cardList struct {
	Cards []overview.TestCard `json:"cards"`
}

func (f handler) cards(a huma.API) {
	register(f, a, get("/api/cards", "list-cards", "資料", "テストカードの一覧（何を試すためのものか）"),
		func(context.Context, *struct{}) (*answer[cardList], error) {
			return &answer[cardList]{cardList{Cards: overview.TestCards(f.control.TestMembers())}}, nil
		})
}
