package rest

import (
	"context"
	"errors"
	"mime"
	"net/http"
	"reflect"

	"github.com/danielgtaylor/huma/v2"

	"example.com/netanswer/mocks/fault"
	"example.com/netanswer/mocks/issuer"
)

// question is what every operation is asked with. The body is read here and not
// by huma, whose errors repeat the values they complain of.
type question struct {
	World       string `header:"Netanswer-World" doc:"the world that the question is about; left out: default"`
	Key         string `header:"Idempotency-Key" doc:"of an enrolment, where it is mandatory: the same for each try"`
	ContentType string `header:"Content-Type" hidden:"true"` // the body says it in the document
	RawBody     []byte `contentType:"application/json"`
}

type answer[A any] struct {
	Status int
	Body   A
}

// ask registers a question of the contract.
func ask[Q issuer.Wired, A any](f handler, a huma.API, path, id, summary string, status int,
	do func(ctx context.Context, world, key string, q Q) (A, int, error)) {
	op := huma.Operation{
		OperationID:      id,
		Method:           http.MethodPost,
		Path:             path,
		Summary:          summary,
		Tags:             []string{"発行元"},
		DefaultStatus:    status,
		MaxBodyBytes:     f.Body,
		SkipValidateBody: true,
		Errors: []int{http.StatusBadRequest, http.StatusNotFound, http.StatusRequestEntityTooLarge, http.StatusUnsupportedMediaType,
			http.StatusUnprocessableEntity, http.StatusTooManyRequests, http.StatusServiceUnavailable},
	}
	huma.Register(a, op, func(ctx context.Context, in *question) (*answer[A], error) {
		if kind, _, err := mime.ParseMediaType(in.ContentType); err != nil || kind != "application/json" {
			return nil, problem(http.StatusUnsupportedMediaType, "media_type", "the body must be application/json")
		}
		q, err := issuer.Read[Q](in.RawBody)
		if err != nil {
			return nil, problem(http.StatusUnprocessableEntity, "malformed", err.Error())
		}
		body, code, err := do(ctx, in.World, in.Key, q)
		if err != nil {
			return nil, f.refusal(ctx, err)
		}
		return &answer[A]{code, body}, nil
	})
	describe[Q](a, path)
}

// describe tells in the document what huma does not know: the form of the
// question, which is read here, and that of the problems.
func describe[Q any](a huma.API, path string) {
	schemas, op := a.OpenAPI().Components.Schemas, a.OpenAPI().Paths[path].Post
	form := schemas.Schema(reflect.TypeFor[Q](), true, "")
	op.RequestBody = &huma.RequestBody{Required: true, Content: map[string]*huma.MediaType{
		"application/json": {Schema: form, Example: exampleOf(schemas.SchemaFromRef(form.Ref))}}}
	for _, r := range op.Responses {
		if problem, ok := r.Content["application/problem+json"]; ok {
			problem.Schema = schemas.Schema(reflect.TypeFor[Refusal](), true, "")
		}
	}
}

// exampleOf is a question made of the example that each of its values has.
func exampleOf(form *huma.Schema) map[string]any {
	example := map[string]any{}
	for name, value := range form.Properties {
		if len(value.Examples) > 0 {
			example[name] = value.Examples[0]
		}
	}
	return example
}

// refusal is the problem of a question without an answer. Where the answer is
// lost there is none: the connection is cut, at once or after a while.
func (f handler) refusal(ctx context.Context, err error) error {
	var p *Refusal
	switch {
	case errors.As(err, &p):
		return p
	case errors.Is(err, fault.ErrTimeOut):
		fault.Hold(ctx, f.Hold)
		panic(http.ErrAbortHandler)
	case errors.Is(err, fault.ErrLost):
		panic(http.ErrAbortHandler)
	case errors.Is(err, issuer.ErrUnknownCard):
		return problem(http.StatusNotFound, issuer.CodeUnknownCard, issuer.ErrUnknownCard.Error())
	case errors.Is(err, issuer.ErrWorld):
		return problem(http.StatusBadRequest, "world_name", err.Error())
	case errors.Is(err, fault.ErrFault):
		return problem(http.StatusServiceUnavailable, "unavailable", "the issuer cannot answer now")
	}
	return problem(http.StatusServiceUnavailable, "full", err.Error())
}
