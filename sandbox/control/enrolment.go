package control

import (
	"context"

	"github.com/danielgtaylor/huma/v2"

	"example.com/netanswer/sandbox/middleware"
	"example.com/netanswer/sandbox/overview"
)

type enrolmentList struct {
	Enrolments []overview.Enrolment `json:"enrolments" doc:"oldest first"`
}

func (f handler) enrolments(a huma.API) {
	register(f, a, get(worldPath+"/enrolments", "list-enrolments", "登録", "本人認証サービス（3Dセキュア）の登録の一覧"),
		func(ctx context.Context, in *InWorld) (*answer[enrolmentList], error) {
			m, err := f.control.Snapshot(ctx, in.World)
			if err != nil {
				return nil, middleware.Trouble(err)
			}
			return &answer[enrolmentList]{enrolmentList{Enrolments: overview.Enrolments(m)}}, nil
		})
}
