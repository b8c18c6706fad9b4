package control

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"example.com/netanswer/mocks/fault"
	"example.com/netanswer/sandbox/middleware"
	"example.com/netanswer/sandbox/world"
)

// plannedFault is a fault with its delay as text.
type plannedFault struct {
	Kind  fault.Kind `json:"kind" enum:"refuse,time_out,lose,delay,duplicate,busy" doc:"refuse: the provider answers that it cannot now; time_out: it does not answer, a call rings without an answer; lose: taken over and never delivered (issuer: done, and the answer lost), a call is cut in the middle of what is said; delay, a call is answered late; duplicate, of a message; busy, of a call: the line is engaged; the issuer has the first three"`
	To    string     `json:"to,omitempty" maxLength:"254" doc:"one telephone number or mail address; left out: any"`
	From  string     `json:"from,omitempty" maxLength:"20" doc:"of a call, in place of to: the telephone it is placed from; left out: any"`
	Times int        `json:"times,omitempty" default:"1" minimum:"1" maximum:"1000000" doc:"how often it happens"`
	By    span       `json:"by,omitzero" doc:"with delay: how late"`

	Percent int          `json:"percent,omitempty" minimum:"1" maximum:"100" doc:"happens by chance, to so many of a hundred; left out: to each"`
	Reason  fault.Reason `json:"reason,omitempty" enum:"unreachable,landline,filtered,overflow" doc:"with lose, of an SMS: why, as the sender is told; left out: nobody knows"`
}

type faultPlan struct {
	Faults []plannedFault `json:"faults" maxItems:"1000" doc:"the faults to come, in order"`
	Seed   uint64         `json:"seed,omitempty" maximum:"9007199254740992" doc:"of what happens by chance; left out where something does: one is drawn and answered, to plan the same again"`
}

// An InProvider is what an operation on a provider's plan is asked with.
type InProvider struct {
	InWorld
	Provider string `path:"provider" enum:"sms,mail,call,issuer"`
}

type reception struct {
	Address string   `json:"address" maxLength:"254" example:"misaki@example.jp"`
	Refused []string `json:"refused_domains" maxItems:"20" doc:"mail from these domains and what is below them is dropped; none: all is accepted"`
	Answers bool     `json:"answers,omitempty" doc:"the sender is told, as a mail server does; left out: dropped without a word"`
}

func (f handler) faults(a huma.API) {
	const path, tag = worldPath + "/faults/{provider}", "障害"
	register(f, a, get(path, "list-faults", tag, "計画した障害の一覧"),
		func(ctx context.Context, in *InProvider) (*answer[faultPlan], error) {
			m, err := f.control.Snapshot(ctx, in.World)
			if err != nil {
				return nil, middleware.Trouble(err)
			}
			planned, err := m.Plan(in.Provider)
			if err != nil {
				return nil, middleware.Trouble(err)
			}
			return &answer[faultPlan]{viewPlan(in.Provider, planned)}, nil
		})
	register(f, a, change(http.MethodPut, path, "plan-faults", tag, "障害を計画する"), func(ctx context.Context, in *struct {
		InProvider
		Body faultPlan
	}) (*answer[faultPlan], error) {
		plan := fault.Plan{Seed: in.Body.Seed}
		for _, p := range in.Body.Faults {
			whom, other := p.To, p.From
			if in.Provider == world.ProviderCall {
				whom, other = p.From, p.To
			}
			if other != "" {
				return nil, middleware.NewProblem(
					http.StatusUnprocessableEntity,
					"request_invalid",
					"a fault of calls has from, one of anything else to",
				)
			}
			plan.Faults = append(
				plan.Faults,
				fault.Fault{Kind: p.Kind, To: whom, Times: p.Times, By: p.By.Duration, Percent: p.Percent, Reason: p.Reason},
			)
		}
		planned, err := f.control.Plan(ctx, in.World, in.Provider, plan)
		if err != nil {
			return nil, middleware.Trouble(err)
		}
		return &answer[faultPlan]{viewPlan(in.Provider, planned)}, nil
	})
	register(
		f,
		a,
		change(http.MethodPut, worldPath+"/reception", "set-reception", "メール", "受信しないドメインを決める"),
		func(ctx context.Context, in *struct {
			InWorld
			Body reception
		}) (*answer[reception], error) {
			if err := f.control.Receive(ctx, in.World, in.Body.Address, in.Body.Refused, in.Body.Answers); err != nil {
				return nil, middleware.Trouble(err)
			}
			return &answer[reception]{in.Body}, nil
		},
	)
}

func viewPlan(provider string, p fault.Plan) faultPlan {
	out := faultPlan{Faults: []plannedFault{}, Seed: p.Seed}
	for _, f := range p.Faults {
		v := plannedFault{Kind: f.Kind, To: f.To, Times: f.Times, By: span{f.By}, Percent: f.Percent, Reason: f.Reason}
		if provider == world.ProviderCall {
			v.To, v.From = "", f.To
		}
		out.Faults = append(out.Faults, v)
	}
	return out
}
