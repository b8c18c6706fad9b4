package control

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"example.com/netanswer/sandbox/middleware"
)

type claim struct {
	Recipient string `json:"recipient" minLength:"1" maxLength:"254" doc:"a telephone number or mail address" example:"090-0000-1001"`
}

type claimList struct {
	Claims []string `json:"claims" doc:"numbers in national form, addresses in small letters"`
}

func (f handler) claims(a huma.API) {
	const path, tag = worldPath + "/claims", "宛先"
	register(f, a, get(path, "list-claims", tag, "受け持つ宛先の一覧"),
		func(ctx context.Context, in *InWorld) (*answer[claimList], error) {
			m, err := f.control.Snapshot(ctx, in.World)
			if err != nil {
				return nil, middleware.Trouble(err)
			}
			return &answer[claimList]{claimList{m.Claims.Keys()}}, nil
		})
	op := change(http.MethodPost, path, "claim", tag, "宛先を受け持つ")
	op.Description = "資格情報でワールドを名乗らない SMS・メール・電話のうち、この宛先のものがこのワールドに届きます。" +
		"ほかのワールドが受け持っている宛先は 409（code: claimed）です。"
	op.DefaultStatus = http.StatusCreated
	op.Errors = append(op.Errors, http.StatusConflict)
	register(f, a, op, func(ctx context.Context, in *struct {
		InWorld
		Body claim
	}) (*answer[claim], error) {
		recipient, err := f.control.Claim(ctx, in.World, in.Body.Recipient)
		if err != nil {
			return nil, middleware.Trouble(err)
		}
		return &answer[claim]{claim{recipient}}, nil
	})
	register(f, a, change(http.MethodDelete, path, "release", tag, "宛先を手放す（受け持っていなければ何もしない）"), func(ctx context.Context, in *struct {
		InWorld
		Recipient string `query:"recipient" required:"true" maxLength:"254" doc:"a telephone number or mail address"`
	}) (*struct{}, error) {
		if err := f.control.Release(ctx, in.World, in.Recipient); err != nil {
			return nil, middleware.Trouble(err)
		}
		return nil, nil
	})
}
