package control

import (
	"context"
	"sync"

	"github.com/danielgtaylor/huma/v2"

	"example.com/netanswer/fixtures"
)

type ruleList struct {
	Rules []fixtures.Rule `json:"rules" doc:"documented rules in the guide's order, then the assumed ones"`
}

func (f handler) rules(a huma.API) {
	rules := sync.OnceValues(fixtures.Rules)
	register(f, a, get("/api/rules", "list-rules", "資料", "規則の登録簿（ガイドにあるものと、仮定したもの）"),
		func(context.Context, *struct{}) (*answer[ruleList], error) {
			all, err := rules()
			if err != nil {
				panic(err) // embedded, and read by a test
			}
			return &answer[ruleList]{ruleList{Rules: all}}, nil
		})
}
