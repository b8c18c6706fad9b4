package console

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"example.com/netanswer/mocks/ivr"
	"example.com/netanswer/sandbox/gate"
	"example.com/netanswer/sandbox/world"
)

type callList struct {
	Calls    []ivr.Call `json:"calls" doc:"oldest first"`
	BusyNext int        `json:"busy_next" doc:"how many of the next calls find the line engaged"`
	RingNext int        `json:"ring_next" doc:"how many of the next calls, after those, ring without an answer"`
}

type newCall struct {
	From     string   `json:"from" maxLength:"20" doc:"the telephone it is placed from" example:"03-0000-1009"`
	Withheld bool     `json:"withheld,omitempty" doc:"the caller withholds the number (184)"`
	To       string   `json:"to,omitempty" maxLength:"20" doc:"left out: the world's free-dial number"`
	Listen   string   `json:"listen,omitempty" enum:"all,part" doc:"all: hears the guidance out and hangs up; part: hangs up before its end; left out: stays on the line until it is hung up. With all and part the clock need not move"`
	Digits   []string `json:"digits,omitempty" maxItems:"10" doc:"the keys pressed, in turn, where a voice webhook asks for some" example:"[\"1234#\"]"`
}

// lineFaults are the calls to come that nobody answers.
type lineFaults struct {
	BusyNext *int `json:"busy_next,omitempty" minimum:"0" doc:"how many of the next calls find the line engaged; left out: as before"`
	RingNext *int `json:"ring_next,omitempty" minimum:"0" doc:"how many of the next calls, after those, ring without an answer; left out: as before"`
}

func (f face) calls(a huma.API) {
	const path, tag = worldPath + "/calls", "電話"
	register(f, a, get(path, "list-calls", tag, "かけられた電話の一覧"),
		func(_ context.Context, in *InWorld) (*answer[callList], error) {
			m, err := f.service.Moment(in.World)
			if err != nil {
				return nil, gate.Trouble(err)
			}
			return &answer[callList]{callList{Calls: m.Telephone.List(), BusyNext: m.Telephone.BusyNext, RingNext: m.Telephone.RingNext}}, nil
		})
	place := change(http.MethodPost, path, "place-call", tag, "電話をかける")
	place.DefaultStatus = http.StatusCreated
	register(f, a, place, func(ctx context.Context, in *struct {
		InWorld
		Body newCall
	}) (*answer[ivr.Call], error) {
		b := in.Body
		return dialled(f.service.PlaceCall(ctx, in.World, world.CallRequest{From: b.From, Withheld: b.Withheld, To: b.To, Listen: b.Listen, Digits: b.Digits}))
	})
	register(f, a, change(http.MethodPost, path+"/{id}/hang-up", "hang-up", tag, "電話を切る"), func(_ context.Context, in *struct {
		InWorld
		ID string `path:"id" maxLength:"64" example:"call-1"`
	}) (*answer[ivr.Call], error) {
		return dialled(f.service.HangUp(in.World, in.ID))
	})
	engage := change(http.MethodPatch, path, "engage-line", tag, "次の電話を話し中か応答なしにする")
	engage.DefaultStatus = http.StatusNoContent
	register(f, a, engage, func(_ context.Context, in *struct {
		InWorld
		Body lineFaults
	}) (*struct{}, error) {
		if n := in.Body.BusyNext; n != nil {
			if err := f.service.BusyNext(in.World, *n); err != nil {
				return nil, gate.Trouble(err)
			}
		}
		if n := in.Body.RingNext; n != nil {
			if err := f.service.RingNext(in.World, *n); err != nil {
				return nil, gate.Trouble(err)
			}
		}
		return nil, nil
	})
}

func dialled(c ivr.Call, err error) (*answer[ivr.Call], error) {
	if err != nil {
		return nil, gate.Trouble(err)
	}
	return &answer[ivr.Call]{c}, nil
}
