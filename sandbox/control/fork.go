package control

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"example.com/netanswer/sandbox/middleware"
	"example.com/netanswer/sandbox/world"
)

// A forking says what a fork is to be called.
type forking struct {
	Into string `json:"into,omitempty" doc:"the name of the new world; left out: one is made up" example:"tanaka-passcode"`
}

const forkedApart = "それからは別々です。時計・パスコード・SMS・メール・ログインの一方の変化は、もう一方に現れません。" +
	"受け持つ宛先（claims）と、送り手へのまだの状況通知は、引き継ぎません。すでにある名前は 409（code: world_exists）です。"

// forks are worlds made of worlds.
func (f handler) forks(a huma.API) {
	op := change(http.MethodPost, worldPath+"/forks", "fork-world", "ワールド", "ワールドをいまのまま分ける")
	op.Description = "ワールドと同じ中身の新しいワールドを作ります。" + forkedApart
	op.DefaultStatus = http.StatusCreated
	op.Errors = append(op.Errors, http.StatusNotFound, http.StatusConflict)
	register(f, a, op, func(ctx context.Context, in *struct {
		InWorld
		Body forking
	}) (*answer[worldDetail], error) {
		return f.made(f.control.Fork(ctx, in.World, in.Body.Into))
	})
}

// made is the answer about a world that was made of something.
func (f handler) made(m world.Snapshot, err error) (*answer[worldDetail], error) {
	if err != nil {
		return nil, middleware.Trouble(err)
	}
	return &answer[worldDetail]{f.detail(m)}, nil
}
