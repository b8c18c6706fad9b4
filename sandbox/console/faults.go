package console

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"example.com/netanswer/mocks/fault"
	"example.com/netanswer/sandbox/gate"
)

// plannedFault is a fault with its delay as text.
type plannedFault struct {
	Kind  fault.Kind `json:"kind" enum:"refuse,time_out,lose,delay,duplicate" doc:"refuse: the provider answers that it cannot now; time_out: it does not answer; lose: taken over and never delivered; delay; duplicate"`
	To    string     `json:"to,omitempty" maxLength:"254" doc:"one telephone number or mail address; left out: any"`
	Times int        `json:"times,omitempty" default:"1" minimum:"1" maximum:"1000000" doc:"how often it happens"`
	By    span       `json:"by,omitzero" doc:"with delay: how late"`
}

type faultPlan struct {
	Faults []plannedFault `json:"faults" maxItems:"1000" doc:"the faults to come, in order"`
}

// An InProvider is what an operation on a provider's plan is asked with.
type InProvider struct {
	InWorld
	Provider string `path:"provider" enum:"sms,mail,issuer"`
}

type reception struct {
	Address string   `json:"address" maxLength:"254" example:"misaki@example.jp"`
	Refused []string `json:"refused_domains" maxItems:"20" doc:"mail from these domains and what is below them is dropped; none: all is accepted"`
}

func (f face) faults(a huma.API) {
	const path, tag = worldPath + "/faults/{provider}", "障害"
	register(f, a, get(path, "list-faults", tag, "計画した障害の一覧"),
		func(_ context.Context, in *InProvider) (*answer[faultPlan], error) {
			m, err := f.service.Moment(in.World)
			if err != nil {
				return nil, gate.Trouble(err)
			}
			planned, err := m.Faults(in.Provider)
			if err != nil {
				return nil, gate.Trouble(err)
			}
			out := faultPlan{Faults: []plannedFault{}}
			for _, p := range planned {
				out.Faults = append(out.Faults, plannedFault{Kind: p.Kind, To: p.To, Times: p.Times, By: span{p.By}})
			}
			return &answer[faultPlan]{out}, nil
		})
	register(f, a, change(http.MethodPut, path, "plan-faults", tag, "障害を計画する"), func(_ context.Context, in *struct {
		InProvider
		Body faultPlan
	}) (*answer[faultPlan], error) {
		var faults []fault.Fault
		for _, p := range in.Body.Faults {
			faults = append(faults, fault.Fault{Kind: p.Kind, To: p.To, Times: p.Times, By: p.By.Duration})
		}
		if err := f.service.PlanFaults(in.World, in.Provider, faults); err != nil {
			return nil, gate.Trouble(err)
		}
		return &answer[faultPlan]{in.Body}, nil
	})
	register(f, a, change(http.MethodPut, worldPath+"/reception", "set-reception", "メール", "受信しないドメインを決める"), func(_ context.Context, in *struct {
		InWorld
		Body reception
	}) (*answer[reception], error) {
		if err := f.service.RefuseMail(in.World, in.Body.Address, in.Body.Refused); err != nil {
			return nil, gate.Trouble(err)
		}
		return &answer[reception]{in.Body}, nil
	})
}
