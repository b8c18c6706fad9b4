package middleware

import (
	"errors"
	"net/http"
	"strings"
	"sync"

	"github.com/danielgtaylor/huma/v2"

	"example.com/netanswer/mocks/strict"
)

// ForHuma makes huma write its own errors as Problems. It sets a variable of
// huma's, once, so that any number of handlers may call it at any time.
func ForHuma() { forHuma() }

var forHuma = sync.OnceFunc(func() { huma.NewError, huma.ValidateStrictCasing = humaProblem, true })

// Strict lets no operation read what readers of JSON understand each in their own way,
// but what is allowed.
func Strict(c *huma.Config, allow strict.Allow) {
	read := huma.DefaultJSONFormat
	read.Unmarshal = func(data []byte, v any) error { return strict.Unmarshal(data, v, strict.Case|allow) }
	c.Formats = map[string]huma.Format{"application/json": read, "json": read}
}

func humaProblem(status int, msg string, errs ...error) huma.StatusError {
	var tooLarge *http.MaxBytesError
	if errors.As(errors.Join(errs...), &tooLarge) { // huma takes it for a failure of ours
		return NewProblem(http.StatusRequestEntityTooLarge, "too_large", tooLarge.Error())
	}
	code := map[int]string{
		http.StatusBadRequest: "malformed", http.StatusUnprocessableEntity: "malformed",
		http.StatusRequestEntityTooLarge: "too_large", http.StatusUnsupportedMediaType: "media_type",
	}[status]
	if code == "" {
		code = "request_failed"
	}
	p := NewProblem(status, code, malformed(msg))
	for _, err := range errs {
		var detail *huma.ErrorDetail
		if errors.As(err, &detail) {
			field, wrong := detail.Location, detail.Message
			if place, told, ok := strict.Cut(wrong); ok && field == "body" {
				field, wrong = place, told
			}
			p.Errors = append(p.Errors, ProblemField{Field: field, Pointer: pointer(field), Code: "malformed", Detail: malformed(wrong)})
		} else if err != nil {
			p.Errors = append(p.Errors, ProblemField{Code: "malformed", Detail: malformed(err.Error())})
		}
	}
	return p
}

// FlatBody writes the pointers of an operation whose body is one table, the names of
// which may have dots in them.
func FlatBody(c *huma.Config, operation string) {
	c.Transformers = append(c.Transformers, func(ctx huma.Context, _ string, v any) (any, error) {
		p, ok := v.(*Problem)
		if !ok || ctx.Operation().OperationID != operation {
			return v, nil
		}
		for i, f := range p.Errors {
			if name, in := strings.CutPrefix(f.Field, "body."); in && f.Pointer != "" {
				p.Errors[i].Pointer = "#/" + pointed(name)
			}
		}
		return p, nil
	})
}
