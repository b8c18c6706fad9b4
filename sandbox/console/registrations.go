package console

import (
	"cmp"
	"context"
	"slices"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"example.com/netanswer/sandbox/middleware"
	"example.com/netanswer/sandbox/registration"
	"example.com/netanswer/sandbox/world"
)

// registrationView is a registration as a tester may see it: no number beyond
// its mask, no code, no password.
type registrationView struct {
	ID          string    `json:"id"`
	Channel     string    `json:"channel" enum:"web,app"`
	Device      string    `json:"device,omitempty" enum:"iphone,android" doc:"in the app"`
	State       string    `json:"state" doc:"as of now; on the web: input, confirm, passcode, call; in the app: card, destination, passcode, pin, email, password, terms; and completed, expired, locked, unavailable"`
	Reason      string    `json:"reason,omitempty" doc:"why it ended without completion"`
	MemberID    string    `json:"member_id,omitempty"`
	Name        string    `json:"name,omitempty"`
	Card        string    `json:"card,omitempty" doc:"masked; forgotten once a registration has ended, but for a completed one" example:"4242-42**-****-017"`
	Method      string    `json:"method,omitempty" doc:"how the identity is checked"`
	Destination string    `json:"destination,omitempty" doc:"where the passcode goes, masked" example:"*****1001"`
	NetAnswerID string    `json:"net_answer_id,omitempty"`
	Attempts    int       `json:"attempts" doc:"wrong passcodes so far"`
	Reissues    int       `json:"reissues"`
	StartedAt   time.Time `json:"started_at"`
	TouchedAt   time.Time `json:"touched_at" doc:"the member's last own action"`
	ExpiresAt   time.Time `json:"expires_at,omitzero" doc:"when it ends if nothing is done"`
}

type registrationList struct {
	Total         int                `json:"total" doc:"how many registrations the world has"`
	Registrations []registrationView `json:"registrations" doc:"newest first"`
}

func (f handler) registrations(a huma.API) {
	register(f, a, get(worldPath+"/registrations", "list-registrations", "登録", "登録の一覧（いまの状態）"),
		func(ctx context.Context, in *struct {
			InWorld
			Limit int `query:"limit" minimum:"1" maximum:"100000" default:"1000" doc:"how many to answer with at the most"`
		}) (*answer[registrationList], error) {
			m, err := f.service.Snapshot(ctx, in.World)
			if err != nil {
				return nil, middleware.Trouble(err)
			}
			return &answer[registrationList]{listRegistrations(m, in.Limit)}, nil
		})
}

func listRegistrations(m world.Snapshot, limit int) registrationList {
	all := make([]registration.Registration, 0, m.Registrations.Len())
	for _, r := range m.Registrations.All() {
		all = append(all, r)
	}
	slices.SortFunc(all, func(a, b registration.Registration) int {
		return cmp.Or(b.StartedAt.Compare(a.StartedAt), cmp.Compare(a.ID, b.ID))
	})
	list := registrationList{Total: len(all), Registrations: []registrationView{}}
	for _, r := range all[:min(limit, len(all))] {
		list.Registrations = append(list.Registrations, showRegistration(m, r.At(m.Policy, m.Now)))
	}
	return list
}

func showRegistration(m world.Snapshot, r registration.Registration) registrationView {
	v := registrationView{ID: r.ID, Channel: string(r.Channel), Device: string(r.Device), State: string(r.State), Reason: string(r.Reason), MemberID: r.Holder.MemberID, Name: r.Holder.Name,
		Method: string(r.Method), NetAnswerID: r.Application.NetAnswerID, Attempts: r.Attempts, Reissues: r.Reissues,
		StartedAt: r.StartedAt, TouchedAt: r.TouchedAt, ExpiresAt: r.ExpiresAt(m.Policy)}
	number := r.Application.CardNumber
	if r.State == registration.Completed {
		number = cardOf(m, r.Application.NetAnswerID)
	}
	if number != "" {
		v.Card = registration.MaskNumber(m.Policy.CardMask, number)
	}
	if to := r.Destination(); to != "" {
		v.Destination = registration.MaskDestination(m.Policy.DestinationMask, to)
	}
	return v
}
