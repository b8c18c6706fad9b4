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
}

type newCall struct {
	From     string `json:"from" maxLength:"20" doc:"the telephone it is placed from" example:"03-0000-1009"`
	Withheld bool   `json:"withheld,omitempty" doc:"the caller withholds the number (184)"`
	To       string `json:"to,omitempty" maxLength:"20" doc:"left out: the world's free-dial number"`
	Listen   string `json:"listen,omitempty" enum:"all,part" doc:"all: hears the guidance out and hangs up; part: hangs up before its end; left out: stays on the line until it is hung up. With all and part the clock need not move"`
}

func (f face) calls(a huma.API) {
	const path, tag = worldPath + "/calls", "電話"
	register(f, a, get(path, "list-calls", tag, "かけられた電話の一覧"),
		func(_ context.Context, in *InWorld) (*answer[callList], error) {
			m, err := f.service.Moment(in.World)
			if err != nil {
				return nil, gate.Trouble(err)
			}
			return &answer[callList]{callList{Calls: m.Telephone.List(), BusyNext: m.Telephone.BusyNext}}, nil
		})
	place := change(http.MethodPost, path, "place-call", tag, "電話をかける")
	place.DefaultStatus = http.StatusCreated
	register(f, a, place, func(_ context.Context, in *struct {
		InWorld
		Body newCall
	}) (*answer[ivr.Call], error) {
		return dialled(f.service.PlaceCall(in.World, world.CallRequest{From: in.Body.From, Withheld: in.Body.Withheld, To: in.Body.To, Listen: in.Body.Listen}))
	})
	register(f, a, change(http.MethodPost, path+"/{id}/hang-up", "hang-up", tag, "電話を切る"), func(_ context.Context, in *struct {
		InWorld
		ID string `path:"id" maxLength:"64" example:"call-1"`
	}) (*answer[ivr.Call], error) {
		return dialled(f.service.HangUp(in.World, in.ID))
	})
	engage := change(http.MethodPatch, path, "engage-line", tag, "次の電話を話し中にする")
	engage.DefaultStatus = http.StatusNoContent
	register(f, a, engage, func(_ context.Context, in *struct {
		InWorld
		Body struct {
			BusyNext int `json:"busy_next" minimum:"0" doc:"how many of the next calls find the line engaged"`
		}
	}) (*struct{}, error) {
		if err := f.service.BusyNext(in.World, in.Body.BusyNext); err != nil {
			return nil, gate.Trouble(err)
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
