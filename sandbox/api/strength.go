package api

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"example.com/netanswer/sandbox/middleware"
)

// Strength is what the safety meter says of an ID or a password (p29-4).
type Strength struct {
	Level   string `json:"level" enum:"low,fair,high,very_high"`
	Message string `json:"message" example:"安全性：非常に高い" doc:"as the member reads it"`
}

type strengthInput struct {
	Body struct {
		Credential string `json:"credential" maxLength:"1024" doc:"the Net Answer ID or password as far as it is written; looked at and forgotten"`
	}
}

type strengthOutput struct{ Body Strength }

func (f handler) strength(a huma.API) {
	register(a, http.MethodPost, "/api/credential-strength", "get-credential-strength", "IDやパスワードの安全性を見る (p29)", "登録", http.StatusOK,
		func(ctx context.Context, in *strengthInput) (*strengthOutput, error) {
			m, err := f.byWeb.Snapshot(ctx, middleware.World(ctx))
			if err != nil {
				return nil, f.trouble(err)
			}
			level, sentence := m.Strength(in.Body.Credential)
			return &strengthOutput{Body: Strength{Level: string(level), Message: sentence}}, nil
		})
}
