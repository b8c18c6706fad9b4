package control

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"example.com/netanswer/sandbox/middleware"
	"example.com/netanswer/sandbox/overview"
	"example.com/netanswer/sandbox/place"
	"example.com/netanswer/sandbox/registration"
	"example.com/netanswer/sandbox/world"
)

type registrationList struct {
	Total         int                         `json:"total" doc:"how many registrations the world has"`
	Registrations []overview.RegistrationView `json:"registrations" doc:"newest first"`
}

// A placing says where a registration is to be brought.
type placing struct {
	At      string `json:"at" doc:"the place, one of GET /api/places" example:"passcode"`
	Channel string `json:"channel,omitempty" enum:"web,app" default:"web"`
	Device  string `json:"device,omitempty" enum:"iphone,android" doc:"in the app; left out: iphone"`
	Member  string `json:"member,omitempty" doc:"whose registration it is: a name, what the scenarios call the person, or an id; left out: somebody who suits and is not registered" example:"花子さん"`
	Fork    bool   `json:"fork,omitempty" doc:"in a new world, a fork of this one, which stays as it is"`
}

// A placed is a registration at its place.
type placed struct {
	World        string                     `json:"world" doc:"where it is: this world, or its fork"`
	At           string                     `json:"at"`
	Title        string                     `json:"title" doc:"the place, in Japanese"`
	Member       string                     `json:"member" doc:"the name"`
	Registration *overview.RegistrationView `json:"registration,omitempty" doc:"left out before there is one"`
	Password     string                     `json:"password" doc:"what was, or is to be, entered as the password"`
	Link         string                     `json:"link" doc:"any browser that opens it goes on there; \"\" where members are not served"`
}

type placeList struct {
	Places []placeView `json:"places"`
}

// A placeView is a place that a registration can be brought to.
type placeView struct {
	At      string `json:"at"`
	Channel string `json:"channel" enum:"web,app"`
	State   string `json:"state" doc:"of the registration there; empty before there is one"`
	Title   string `json:"title" doc:"in Japanese"`
}

// places are where registrations can be brought.
func (f handler) places(a huma.API) {
	register(f, a, get("/api/places", "list-places", "登録", "登録を持っていける状態の一覧"), func(context.Context, *struct{}) (*answer[placeList], error) {
		list := placeList{}
		for _, p := range place.All() {
			list.Places = append(list.Places, placeView{At: p.Name, Channel: string(p.Channel), State: string(p.State), Title: p.Title})
		}
		return &answer[placeList]{list}, nil
	})
	op := change(http.MethodPost, worldPath+"/registrations", "put-registration", "登録", "登録をある状態まで進める")
	op.Description = "会員がするとおりの手順を順に行い、その続きをどのブラウザーでもひらけるリンクを返します。" +
		"時間が要る状態（期限切れなど）では、ワールドの時計がその分だけ進みます。"
	op.DefaultStatus = http.StatusCreated
	register(f, a, op, func(ctx context.Context, in *struct {
		InWorld
		Body placing
	}) (*answer[placed], error) {
		q := place.Request{
			At:      in.Body.At,
			Channel: registration.Channel(in.Body.Channel),
			Device:  registration.Device(in.Body.Device),
			Member:  in.Body.Member,
			Apart:   in.Body.Fork,
		}
		r, err := place.Put(ctx, f.service, in.World, q)
		if err != nil {
			return nil, middleware.Trouble(err)
		}
		m, err := f.control.Snapshot(ctx, r.World)
		if err != nil {
			return nil, middleware.Trouble(err)
		}
		return &answer[placed]{f.placed(m, r)}, nil
	})
}

func (f handler) placed(m world.Snapshot, r place.Result) placed {
	p := placed{World: r.World, At: r.Place.Name, Title: r.Place.Title, Member: r.Member, Password: place.Password}
	if base := f.memberURL(r.World); base != "" {
		p.Link = base + r.Path
	}
	if r.Registration.ID != "" {
		p.Registration = new(overview.Registration(m, r.Registration))
	}
	return p
}

func (f handler) registrations(a huma.API) {
	f.places(a)
	register(f, a, get(worldPath+"/registrations", "list-registrations", "登録", "登録の一覧（いまの状態）"),
		func(ctx context.Context, in *struct {
			InWorld
			Limit int `query:"limit" minimum:"1" maximum:"100000" default:"1000" doc:"how many to return at most"`
		}) (*answer[registrationList], error) {
			m, err := f.control.Snapshot(ctx, in.World)
			if err != nil {
				return nil, middleware.Trouble(err)
			}
			return &answer[registrationList]{
				registrationList{Total: m.Registrations.Len(), Registrations: overview.Registrations(m, in.Limit)},
			}, nil
		})
}
