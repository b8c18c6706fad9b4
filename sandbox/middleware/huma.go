package middleware

import (
	"errors"
	"net/http"
	"sync"

	"github.com/danielgtaylor/huma/v2"
)

// ForHuma makes huma write its own errors as Problems. It sets a variable of
// huma's, once, so that any number of handlers may call it at any time.
func ForHuma() { forHuma() }

var forHuma = sync.OnceFunc(func() { huma.NewError = humaProblem })

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
	p := NewProblem(status, code, msg)
	for _, err := range errs {
		var detail *huma.ErrorDetail
		if errors.As(err, &detail) {
			p.Errors = append(p.Errors, ProblemField{Field: detail.Location, Code: "malformed", Detail: detail.Message})
		} else if err != nil {
			p.Errors = append(p.Errors, ProblemField{Code: "malformed", Detail: err.Error()})
		}
	}
	return p
}
