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
	Kind  fault.Kind `json:"kind" enum:"refuse,time_out,lose,delay,duplicate" doc:"refuse: the provider answers that it cannot now; time_out: it does not answer; lose: taken over and never delivered (issuer: done, and the answer lost); delay; duplicate; the issuer has the first three"`
	To    string     `json:"to,omitempty" maxLength:"254" doc:"one telephone number or mail address; left out: any"`
	Times int        `json:"times,omitempty" default:"1" minimum:"1" maximum:"1000000" doc:"how often it happens"`
	By    span       `json:"by,omitzero" doc:"with delay: how late"`

	Percent int          `json:"percent,omitempty" minimum:"0" maximum:"100" doc:"happens by chance, to so many of a hundred; left out: to each"`
	Reason  fault.Reason `json:"reason,omitempty" enum:"unreachable,landline,filtered" doc:"with lose, of an SMS: why, as the sender is told; left out: nobody knows"`
}

type faultPlan struct {
	Faults []plannedFault `json:"faults" maxItems:"1000" doc:"the faults to come, in order"`
	Seed   uint64         `json:"seed,omitempty" maximum:"9007199254740992" doc:"of what happens by chance; left out where something does: one is drawn and answered, to plan the same again"`
}

// An InProvider is what an operation on a provider's plan is asked with.
type InProvider struct {
	InWorld
	Provider string `path:"provider" enum:"sms,mail,issuer"`
}

type reception struct {
	Address string   `json:"address" maxLength:"254" example:"misaki@example.jp"`
	Refused []string `json:"refused_domains" maxItems:"20" doc:"mail from these domains and what is below them is dropped; none: all is accepted"`
	Answers bool     `json:"answers,omitempty" doc:"the sender is told, as a mail server does; left out: dropped without a word"`
}

func (f face) faults(a huma.API) {
	const path, tag = worldPath + "/faults/{provider}", "障害"
	register(f, a, get(path, "list-faults", tag, "計画した障害の一覧"),
		func(_ context.Context, in *InProvider) (*answer[faultPlan], error) {
			m, err := f.service.Moment(in.World)
			if err != nil {
				return nil, gate.Trouble(err)
			}
			planned, err := m.Plan(in.Provider)
			if err != nil {
				return nil, gate.Trouble(err)
			}
			return &answer[faultPlan]{viewPlan(planned)}, nil
		})
	register(f, a, change(http.MethodPut, path, "plan-faults", tag, "障害を計画する"), func(_ context.Context, in *struct {
		InProvider
		Body faultPlan
	}) (*answer[faultPlan], error) {
		plan := fault.Plan{Seed: in.Body.Seed}
		for _, p := range in.Body.Faults {
			plan.Faults = append(plan.Faults, fault.Fault{Kind: p.Kind, To: p.To, Times: p.Times, By: p.By.Duration, Percent: p.Percent, Reason: p.Reason})
		}
		planned, err := f.service.Plan(in.World, in.Provider, plan)
		if err != nil {
			return nil, gate.Trouble(err)
		}
		return &answer[faultPlan]{viewPlan(planned)}, nil
	})
	register(f, a, change(http.MethodPut, worldPath+"/reception", "set-reception", "メール", "受信しないドメインを決める"), func(_ context.Context, in *struct {
		InWorld
		Body reception
	}) (*answer[reception], error) {
		if err := f.service.Receive(in.World, in.Body.Address, in.Body.Refused, in.Body.Answers); err != nil {
			return nil, gate.Trouble(err)
		}
		return &answer[reception]{in.Body}, nil
	})
}

func viewPlan(p fault.Plan) faultPlan {
	out := faultPlan{Faults: []plannedFault{}, Seed: p.Seed}
	for _, f := range p.Faults {
		out.Faults = append(out.Faults, plannedFault{Kind: f.Kind, To: f.To, Times: f.Times, By: span{f.By}, Percent: f.Percent, Reason: f.Reason})
	}
	return out
}
