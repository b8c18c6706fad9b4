package middleware

import (
	"net/http"
	"strings"

	"github.com/danielgtaylor/huma/v2"
)

// NoOperation answers where no operation of an API does: 405 where another
// method would have been right, else 404. docs is where to read what there is, "" for
// nowhere.
func NoOperation(mux *http.ServeMux, docs string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		var allowed []string
		for _, method := range []string{http.MethodGet, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete} {
			other := &http.Request{Method: method, URL: r.URL, Host: r.Host}
			if _, pattern := mux.Handler(other); strings.HasPrefix(pattern, method+" ") {
				allowed = append(allowed, method)
				if method == http.MethodGet {
					allowed = append(allowed, http.MethodHead) // net/http leaves the body out by itself
				}
			}
		}
		if len(allowed) == 0 {
			says := "この API にはありません。"
			if docs != "" {
				says += docs + " をご覧ください。"
			}
			NewProblem(http.StatusNotFound, "not_found", says).Write(w)
			return
		}
		w.Header().Set("Allow", strings.Join(allowed, ", "))
		NewProblem(http.StatusMethodNotAllowed, "method_not_allowed", "この操作はできません。できるのは "+strings.Join(allowed, ", ")+" です。").Write(w)
	}
}

// InOrder notes of each operation where it stands among those that are registered,
// as x-order: a document has its paths in no order of their own.
func InOrder(c *huma.Config) {
	n := 0
	c.OnAddOperation = append(c.OnAddOperation, func(_ *huma.OpenAPI, op *huma.Operation) {
		n++
		if op.Extensions == nil {
			op.Extensions = map[string]any{}
		}
		op.Extensions["x-order"] = n
	})
}
