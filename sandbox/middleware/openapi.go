package middleware

import (
	"net/http"
	"strings"

	"github.com/swaggest/swgui/v5emb"
)

// NoOperation answers where no operation of an API does: 405 where another
// method would have been right, else 404. docs is where to read what there is.
func NoOperation(mux *http.ServeMux, docs string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		var allowed []string
		for _, method := range []string{http.MethodGet, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete} {
			other := &http.Request{Method: method, URL: r.URL, Host: r.Host}
			if _, pattern := mux.Handler(other); strings.HasPrefix(pattern, method+" ") {
				allowed = append(allowed, method)
			}
		}
		if len(allowed) == 0 {
			NewProblem(http.StatusNotFound, "not_found", "この API にはありません。"+docs+" をご覧ください。").Write(w)
			return
		}
		w.Header().Set("Allow", strings.Join(allowed, ", "))
		NewProblem(http.StatusMethodNotAllowed, "method_not_allowed", "この操作はできません。できるのは "+strings.Join(allowed, ", ")+" です。").Write(w)
	}
}

// Docs is a readable page, at path, of the OpenAPI document at address. It needs
// nothing from elsewhere, but brings scripts of its own, so it has a content
// policy of its own.
func Docs(title, address, path string) http.Handler {
	page := v5emb.New(title, address, path)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Security-Policy", "default-src 'self'; script-src 'self' 'unsafe-inline'; "+
			"style-src 'self' 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'none'")
		w.Header().Set("X-Robots-Tag", "noindex, nofollow")
		page.ServeHTTP(w, r)
	})
}
