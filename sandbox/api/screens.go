package api

import (
	"context"
	"net/http"
	"slices"

	"github.com/danielgtaylor/huma/v2"

	"example.com/netanswer/fixtures"
	"example.com/netanswer/sandbox/middleware"
	"example.com/netanswer/sandbox/registration"
	"example.com/netanswer/sandbox/screen"
	"example.com/netanswer/sandbox/world"
)

// ScreenTexts are what a screen can say, so that a frontend need not repeat the wording.
type ScreenTexts struct {
	Screen    string          `json:"screen" example:"input"`
	Title     string          `json:"title" example:"入力"`
	Heading   string          `json:"heading"`
	Progress  string          `json:"progress,omitempty" enum:"入力,確認,完了" doc:"the step it belongs to"`
	Sentences []fixtures.Text `json:"sentences" doc:"everything it says, in the order of the text table; {name} stands for a value"`
	Terms     string          `json:"terms,omitempty" doc:"the terms of use, on the screens input and app_terms"`
	Prefixes  []string        `json:"card_number_first,omitempty" doc:"the first four digits that can be chosen, on the screen input"`
	Tabs      []string        `json:"tabs,omitempty" doc:"the tabs at the foot of the app's screens after registration: home, statement and menu, from the left"`
	Keyboard  []string        `json:"software_keyboard,omitempty" doc:"the digits of the software keyboard in the order of its keys, on the screen input"`
}

type screenInput struct {
	Screen string `path:"screen" enum:"search,home,entrance,input,other,confirm,passcode,call,completed,expired,locked,unavailable,portal,app_guide,app_company,app_entrance,app_card,app_destination,app_passcode,app_pin,app_email,app_password,app_terms,app_completed,app_wallet,app_home,app_statement,app_credit,app_increase,app_change,app_cashing,app_menu,app_inquiry"`
}

type screenOutput struct{ Body ScreenTexts }

// progress is the step that a screen belongs to (p26-6).
var progress = map[string]string{
	"input":     "progress.input",
	"confirm":   "progress.confirm",
	"passcode":  "progress.confirm",
	"call":      "progress.confirm",
	"completed": "progress.completed",
}

// withTabs are the screens of the app that have tabs at their foot.
var withTabs = []string{"app_home", "app_statement", "app_credit", "app_increase", "app_change", "app_cashing", "app_menu", "app_inquiry"}

func (f handler) screens(a huma.API) {
	register(a, http.MethodGet, "/api/screens/{screen}", "get-screen", "画面の文言を見る", "画面", http.StatusOK,
		func(ctx context.Context, in *screenInput) (*screenOutput, error) {
			m, err := f.byWeb.Snapshot(ctx, middleware.World(ctx))
			if err != nil {
				return nil, f.trouble(err)
			}
			s := ScreenTexts{
				Screen:    in.Screen,
				Title:     m.Say(in.Screen + ".title"),
				Heading:   m.Say(in.Screen + ".heading"),
				Sentences: m.Sentences(in.Screen),
			}
			if id, ok := progress[in.Screen]; ok {
				s.Progress = m.Say(id)
			}
			if slices.Contains(withTabs, in.Screen) {
				s.Tabs = []string{m.Say("app_tab.home"), m.Say("app_tab.statement"), m.Say("app_tab.menu")}
			}
			if in.Screen == "app_terms" {
				s.Terms = m.Terms()
			}
			if registration.State(in.Screen) == registration.Input {
				s.Terms, s.Keyboard = m.Terms(), f.byWeb.KeyboardDigits(m.Policy)
				for _, p := range f.byWeb.Prefixes() {
					s.Prefixes = append(s.Prefixes, p.Digits)
				}
			}
			return &screenOutput{Body: s}, nil
		})
}

func home(p world.Portal) Home {
	h := Home{Name: p.Standing.Name, NetAnswerID: p.Account.NetAnswerID, Points: p.Standing.Points, Statement: p.Standing.Purchases,
		CardNumber: registration.MaskNumber(p.Snapshot.Policy.CardMask, p.Account.CardNumber), Screen: screen.Portal(p.Snapshot, p)}
	if h.Statement == nil {
		h.Statement = []fixtures.Purchase{}
	}
	for _, purchase := range h.Statement {
		h.Amount += purchase.Amount
	}
	return h
}
