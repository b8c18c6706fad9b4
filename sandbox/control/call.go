package control

import (
	"context"
	"fmt"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"example.com/netanswer/mocks/ivr"
	"example.com/netanswer/sandbox/middleware"
	"example.com/netanswer/sandbox/world"
)

type callList struct {
	Calls []ivr.Call `json:"calls" doc:"oldest first"`
	Going int        `json:"going" doc:"how many of them have not ended"`
}

// A ByCaller narrows calls to one caller.
type ByCaller struct {
	InWorld
	From string `query:"from" maxLength:"20" doc:"the telephone they are placed from, or that a backend calls; left out: all of them"`
}

type newCall struct {
	From     string   `json:"from" maxLength:"20" doc:"the telephone it is placed from" example:"03-0000-1009"`
	Withheld bool     `json:"withheld,omitempty" doc:"the caller withholds the number (184)"`
	To       string   `json:"to,omitempty" maxLength:"20" doc:"left out: the world's free-dial number"`
	Listen   string   `json:"listen,omitempty" enum:"all,part,stay" doc:"all: hears the guidance out and hangs up; part: hangs up before its end; stay: hears it out and stays on the line until it is hung up; for these the clock need not move. Left out: stays on the line until it is hung up, and hears what the clock leaves time for"`
	Digits   []string `json:"digits,omitempty" maxItems:"10" doc:"the keys pressed, in turn, where a voice webhook asks for some" example:"[\"1234#\"]"`
}

func (f handler) calls(a huma.API) {
	const path, tag = worldPath + "/calls", "電話"
	register(f, a, get(path, "list-calls", tag, "かけられた電話の一覧"),
		func(ctx context.Context, in *ByCaller) (*answer[callList], error) {
			m, err := f.control.Snapshot(ctx, in.World)
			if err != nil {
				return nil, middleware.Trouble(err)
			}
			going, _ := m.Telephone.Going(in.From, m.Now)
			return &answer[callList]{callList{Calls: m.Telephone.List(in.From, m.Now), Going: going}}, nil
		})
	f.awaitCall(a, path+"/wait", tag)
	register(
		f,
		a,
		change(http.MethodDelete, path, "forget-calls", tag, "電話の記録を消す"),
		func(ctx context.Context, in *ByCaller) (*struct{}, error) {
			if err := f.telephone.Forget(ctx, in.World, in.From); err != nil {
				return nil, middleware.Trouble(err)
			}
			return nil, nil
		},
	)
	place := change(http.MethodPost, path, "place-call", tag, "電話をかける")
	place.DefaultStatus = http.StatusCreated
	register(f, a, place, func(ctx context.Context, in *struct {
		InWorld
		Body newCall
	}) (*answer[ivr.Call], error) {
		b := in.Body
		return dialled(
			f.telephone.Place(
				ctx,
				in.World,
				world.CallRequest{From: b.From, Withheld: b.Withheld, To: b.To, Listen: b.Listen, Digits: b.Digits},
			),
		)
	})
	register(f, a, change(http.MethodPost, path+"/{id}/hang-up", "hang-up", tag, "電話を切る"), func(ctx context.Context, in *struct {
		InWorld
		ID string `path:"id" maxLength:"64" example:"call-1"`
	}) (*answer[ivr.Call], error) {
		return dialled(f.telephone.HangUp(ctx, in.World, in.ID))
	})
}

// awaitCall is the blocking wait.
func (f handler) awaitCall(a huma.API, path, tag string) {
	op := await(path, "await-call", tag, "電話がかかるのを待つ")
	op.Description = "かかった電話があれば、そのうち最も新しいものをすぐに返します。なければ within のあいだ待ちます。" +
		"ended=true では、切れた電話だけを数えます。かからなければ 404（code: nothing_arrived）です。"
	register(f, a, op, func(ctx context.Context, in *struct {
		ByCaller
		Waiting
		Ended bool `query:"ended" doc:"only calls that have ended count"`
	}) (*answer[ivr.Call], error) {
		limited, cancel, err := in.deadline(ctx)
		if err != nil {
			return nil, err
		}
		defer cancel()
		if err := f.known(ctx, in.World, in.Waiting, "call-", func(m world.Snapshot) int { return m.Telephone.Serial }); err != nil {
			return nil, err
		}
		found, ok, err := f.telephone.Await(limited, in.World, in.From, in.After, in.Ended)
		if err != nil {
			return nil, middleware.Trouble(err)
		}
		if ok {
			return &answer[ivr.Call]{found}, nil
		}
		m, err := f.control.Snapshot(ctx, in.World)
		if err != nil {
			return nil, middleware.Trouble(err)
		}
		going, _ := m.Telephone.Going(in.From, m.Now)
		return nil, in.nothing("call", " from ", in.From, fmt.Sprintf("%d going on", going), m.Now)
	})
}

func dialled(c ivr.Call, err error) (*answer[ivr.Call], error) {
	if err != nil {
		return nil, middleware.Trouble(err)
	}
	return &answer[ivr.Call]{c}, nil
}
