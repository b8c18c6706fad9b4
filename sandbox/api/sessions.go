package api

import (
	"context"
	"net/http"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"example.com/netanswer/fixtures"
	"example.com/netanswer/sandbox/middleware"
	"example.com/netanswer/sandbox/screen"
)

type loginInput struct {
	Body struct {
		NetAnswerID string `json:"net_answer_id,omitempty" example:"ryoko2020"`
		Password    string `json:"password,omitempty" example:"Ryoko-2020"`
	}
}

type loginOutput struct {
	Body struct {
		Token string `json:"token" doc:"send it as Authorization: Bearer"`
	}
}

type bearer struct {
	Authorization string `header:"Authorization" doc:"Bearer, and the token of a session"`
}

func (b bearer) token() string {
	token, _ := strings.CutPrefix(b.Authorization, "Bearer ")
	return token
}

// Home is what a logged-in member sees (p38).
type Home struct {
	Name        string              `json:"name"`
	NetAnswerID string              `json:"net_answer_id"`
	CardNumber  string              `json:"card_number" example:"4242-42**-****-017"`
	Points      int                 `json:"points" doc:"永久不滅ポイント"`
	Statement   []fixtures.Purchase `json:"statement" doc:"ご利用明細"`
	Amount      int                 `json:"amount" doc:"sum of the statement in yen"`
	Screen      screen.Screen       `json:"screen" doc:"what the member sees and can do"`
}

type homeOutput struct{ Body Home }

func (f handler) sessions(a huma.API) {
	const tag = "ログイン"
	register(a, http.MethodPost, "/api/sessions", "log-in", "ログインする (p36)", tag, http.StatusCreated,
		func(ctx context.Context, in *loginInput) (*loginOutput, error) {
			token, m, refused, err := f.members.Login(ctx, middleware.World(ctx), in.Body.NetAnswerID, in.Body.Password)
			if err != nil {
				return nil, f.trouble(err)
			}
			if refused != nil {
				told := screen.Told{Refused: refused, Entered: map[string]string{"net_answer_id": in.Body.NetAnswerID}}
				return nil, refusal(m, refused, screen.Entrance(m, told))
			}
			out := &loginOutput{}
			out.Body.Token = token
			return out, nil
		})
	register(a, http.MethodDelete, "/api/sessions/current", "log-out", "ログアウトする", tag, http.StatusNoContent,
		func(ctx context.Context, in *bearer) (*struct{}, error) {
			if err := f.members.Logout(ctx, middleware.World(ctx), in.token()); err != nil {
				return nil, f.trouble(err)
			}
			return nil, nil
		})
	register(a, http.MethodGet, "/api/home", "get-home", "会員ホームを見る (p38)", tag, http.StatusOK,
		func(ctx context.Context, in *bearer) (*homeOutput, error) {
			p, err := f.portal(ctx, in)
			if over, ok := err.(*middleware.Problem); ok && p.Snapshot.Name != "" { // who is not logged in is asked to
				entrance := screen.Entrance(p.Snapshot, screen.Told{Alerts: []string{p.Snapshot.Say("error.login_required")}})
				return nil, &Refusal{Problem: over, Screen: &entrance}
			}
			if err != nil {
				return nil, err
			}
			return &homeOutput{Body: home(p)}, nil
		})
}
