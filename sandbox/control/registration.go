package control

import (
	"context"

	"github.com/danielgtaylor/huma/v2"

	"example.com/netanswer/sandbox/middleware"
	"example.com/netanswer/sandbox/overview"
)

type registrationList struct {
	Total         int                         `json:"total" doc:"how many registrations the world has"`
	Registrations []overview.RegistrationView `json:"registrations" doc:"newest first"`
}

func (f handler) registrations(a huma.API) {
	register(f, a, get(worldPath+"/registrations", "list-registrations", "登録", "登録の一覧（いまの状態）"),
		func(ctx context.Context, in *struct {
			InWorld
			Limit int `query:"limit" minimum:"1" maximum:"100000" default:"1000" doc:"how many to answer with at the most"`
		}) (*answer[registrationList], error) {
			m, err := f.control.Snapshot(ctx, in.World)
			if err != nil {
				return nil, middleware.Trouble(err)
			}
			return &answer[registrationList]{registrationList{Total: m.Registrations.Len(), Registrations: overview.Registrations(m, in.Limit)}}, nil
		})
}
