package api

import (
	"context"
	"net/http"
	"reflect"

	"github.com/danielgtaylor/huma/v2"

	"example.com/netanswer/sandbox/middleware"
	"example.com/netanswer/sandbox/registration"
	"example.com/netanswer/sandbox/screen"
	"example.com/netanswer/sandbox/world"
)

// A Refusal is a problem with the screen that is then before the member: what was
// refused stands at its field.
type Refusal struct {
	*middleware.Problem
	Screen *screen.Screen `json:"screen,omitempty" doc:"what the member then sees and can do"`
}

// refusal is what was refused of a step, with the screen that shows it. A nil
// error is no problem.
func refusal(m world.Snapshot, refused error, s screen.Screen) error {
	err := middleware.Refusal(m, refused)
	if p, ok := err.(*middleware.Problem); ok {
		return &Refusal{Problem: p, Screen: &s}
	}
	return err
}

// refusals makes the document know that errors of these operations carry a screen.
func refusals(a huma.API) {
	schema := huma.SchemaFromType(a.OpenAPI().Components.Schemas, reflect.TypeFor[Refusal]())
	a.OpenAPI().Components.Schemas.Map()["Refusal"] = schema
}

// parts are what the form is made of besides the world's texts.
func (f handler) parts(m world.Snapshot) screen.FormParts {
	return screen.FormParts{Prefixes: f.byWeb.Prefixes(), Keys: f.byWeb.KeyboardDigits(m.Policy)}
}

// described is the screen of a registration after a step. Where there is no such
// registration, the member is where one begins.
func (f handler) described(step world.Step, told screen.Told) screen.Screen {
	told.Refused = step.Refused
	if step.Registration.ID == "" {
		return screen.Entrance(step.Snapshot, told)
	}
	return screen.Registration(step.Snapshot, step.Registration, f.parts(step.Snapshot), told)
}

// A Described is a screen by itself.
type Described struct {
	Screen screen.Screen `json:"screen"`
}

type describedOutput struct{ Body Described }

type standingInput struct {
	Screen string `path:"screen" enum:"search,home,entrance,other,video,newsletter,app_guide,app_company,app_entrance"`
	Words  string `query:"words" maxLength:"200" doc:"of the screen search: what was looked for"`
	Device string `query:"device" enum:"iphone,android" doc:"of the screen app_guide: the smartphone that looks at it; left out: none"`
}

type appScreenInput struct {
	Authorization string `header:"Authorization" doc:"Bearer, and the token of a session"`
	Screen        string `path:"screen" enum:"app_home,app_statement,app_credit,app_increase,app_change,app_cashing,app_menu,app_inquiry,app_wallet"`
}

// standing are the screens that need no registration, and those of what a member
// has in the app.
func (f handler) standing(a huma.API) {
	register(a, http.MethodGet, "/api/described/{screen}", "describe-screen", "登録の前の画面を見る (p23-p26、p4-p11)", "画面", http.StatusOK,
		func(ctx context.Context, in *standingInput) (*describedOutput, error) {
			m, err := f.byWeb.Snapshot(ctx, middleware.World(ctx))
			if err != nil {
				return nil, f.trouble(err)
			}
			return &describedOutput{Body: Described{Screen: f.stands(m, in)}}, nil
		})
	register(a, http.MethodGet, "/api/app/described/{screen}", "describe-app-screen", "アプリの機能の画面を見る (p18-p22)", "アプリの機能", http.StatusOK,
		func(ctx context.Context, in *appScreenInput) (*describedOutput, error) {
			p, err := f.portal(ctx, &bearer{in.Authorization})
			if err != nil {
				return nil, err
			}
			if in.Screen == "app_wallet" {
				return &describedOutput{Body: Described{Screen: screen.AppWallet(p.Snapshot, p.Account, screen.Told{})}}, nil
			}
			return &describedOutput{Body: Described{Screen: screen.AppPortal(p.Snapshot, in.Screen, p, screen.Told{})}}, nil
		})
}

// stands is a screen that needs no registration.
func (f handler) stands(m world.Snapshot, in *standingInput) screen.Screen {
	switch in.Screen {
	case "search":
		return screen.Search(m, in.Words)
	case "home":
		return screen.Home(m)
	case "entrance":
		return screen.Entrance(m, screen.Told{})
	case "other", "newsletter":
		return screen.Outside(m, in.Screen, "input")
	case "video":
		return screen.Outside(m, in.Screen, "entrance")
	case "app_guide":
		return screen.Guide(m, screen.Reader{Device: registration.Device(in.Device)})
	case "app_company":
		return screen.Company(m, "", screen.Told{})
	}
	return screen.AppEntrance(m, screen.Told{})
}
