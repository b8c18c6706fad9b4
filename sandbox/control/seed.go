package control

import (
	"context"
	"errors"
	"fmt"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"example.com/netanswer/sandbox/middleware"
	"example.com/netanswer/sandbox/seed"
	"example.com/netanswer/sandbox/world"
)

const seedPath = "/api/seed"

// maxSeed is how many bytes a seed may have.
const maxSeed = 1 << 20

type planted struct {
	Worlds []string `json:"worlds" doc:"the worlds that were made"`
}

// seeds make worlds of a file.
func (f handler) seeds(a huma.API) {
	op := change(http.MethodPut, seedPath, "plant-seed", "ワールド", "ファイルに書いたワールドをまとめて用意する（全部か、何もしないか）")
	op.Description = "YAML（JSON でもよい）で、ワールドごとに時計・方針・文言・会員・登録の状態・障害・欠陥を書きます。serve -seed と同じファイルです。" +
		"書き方の誤りは 422（code: seed_invalid）で、行とともに返ります。"
	op.Errors = append(op.Errors, http.StatusConflict)
	op.SkipValidateBody = true // Parse tells more of what is wrong
	op.RequestBody = &huma.RequestBody{Required: true, Content: map[string]*huma.MediaType{"application/yaml": worldDocument(),
		"application/json": worldDocument()}}
	register(f, a, op, func(ctx context.Context, in *struct {
		Replace bool `query:"replace" doc:"a world of a name that is there makes room; else it is a 409"`
		RawBody []byte
	}) (*answer[planted], error) {
		parsed, err := seed.Parse(in.RawBody)
		if err != nil {
			return nil, seedTrouble(err)
		}
		made, err := parsed.Plant(ctx, f.service, f.service.Machine, seed.Planting{Replace: in.Replace})
		if err != nil {
			return nil, seedTrouble(err)
		}
		return &answer[planted]{planted{made}}, nil
	})
}

// seedTrouble is what is wrong with a seed as a problem.
func seedTrouble(err error) error {
	var wrong *seed.Error
	if !errors.As(err, &wrong) {
		return middleware.Trouble(err)
	}
	status, code := http.StatusUnprocessableEntity, "seed_invalid"
	if errors.Is(err, world.ErrWorldExists) {
		status, code = http.StatusConflict, "world_exists"
	}
	p := middleware.NewProblem(status, code, wrong.Error())
	if wrong.Line > 0 {
		p.Errors = []middleware.ProblemField{{Field: fmt.Sprintf("body line %d", wrong.Line), Code: code, Detail: wrong.Text}}
	}
	return p
}
