package control

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"example.com/netanswer/sandbox/middleware"
	"example.com/netanswer/sandbox/world"
)

// memberFault is a fault of the member-facing port with its delay as text.
type memberFault struct {
	Kind   world.MemberFaultKind `json:"kind" enum:"delay,status,cut,lose,session" doc:"delay: the answer comes late; status: an HTTP status instead of it; cut: the connection ends, nothing is done; lose: done, and the connection ends; session: the log-in, or the registration begun in this browser, is forgotten"`
	Method string                `json:"method,omitempty" enum:"GET,POST,PUT,DELETE" doc:"left out: any"`
	Route  string                `json:"route,omitempty" maxLength:"200" example:"/api/registrations/*/passcode" doc:"a path of the member-facing port; * is one segment, a slash at the end everything below; left out: every page and operation"`
	Times  int                   `json:"times,omitempty" default:"1" minimum:"1" maximum:"1000000" doc:"how often it happens; 1000000: until it is ended"`
	By     span                  `json:"by,omitzero" doc:"with delay: how late by the machine's clock, up to 1m"`
	Status int                   `json:"status,omitempty" enum:"429,500,503" doc:"with status: which"`
}

type memberFaultPlan struct {
	Faults []memberFault `json:"faults" maxItems:"100" doc:"the faults to come, in order"`
}

// memberFaults are the faults between a member and the service.
func (f handler) memberFaults(a huma.API) {
	const path, tag = worldPath + "/faults/member", "障害"
	register(f, a, get(path, "list-member-faults", tag, "会員の画面とAPIに計画した障害の一覧"),
		func(ctx context.Context, in *InWorld) (*answer[memberFaultPlan], error) {
			m, err := f.control.Snapshot(ctx, in.World)
			if err != nil {
				return nil, middleware.Trouble(err)
			}
			return &answer[memberFaultPlan]{viewMemberFaults(m.MemberFaults)}, nil
		})
	register(f, a, change(http.MethodPut, path, "plan-member-faults", tag, "会員の画面とAPIの障害を計画する"), func(ctx context.Context, in *struct {
		InWorld
		Body memberFaultPlan
	}) (*answer[memberFaultPlan], error) {
		var faults []world.MemberFault
		for _, p := range in.Body.Faults {
			faults = append(
				faults,
				world.MemberFault{Kind: p.Kind, Method: p.Method, Route: p.Route, Times: p.Times, By: p.By.Duration, Status: p.Status},
			)
		}
		if err := f.control.PlanMemberFaults(ctx, in.World, faults); err != nil {
			return nil, middleware.Trouble(err)
		}
		return &answer[memberFaultPlan]{viewMemberFaults(faults)}, nil
	})
}

func viewMemberFaults(faults []world.MemberFault) memberFaultPlan {
	out := memberFaultPlan{Faults: []memberFault{}}
	for _, p := range faults {
		out.Faults = append(
			out.Faults,
			memberFault{Kind: p.Kind, Method: p.Method, Route: p.Route, Times: p.Times, By: span{p.By}, Status: p.Status},
		)
	}
	return out
}
