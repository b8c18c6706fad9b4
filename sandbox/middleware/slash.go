package middleware

import (
	"net/http"
	"net/url"
	"strings"
)

// Slash serves a request whose path has a slash too many at its end as the one
// without it, where mux knows that one by more than the pattern of everything
// below prefix. Clients put one there, and mean the same.
func Slash(mux *http.ServeMux, prefix string) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if _, pattern := mux.Handler(r); pattern == prefix && strings.HasSuffix(r.URL.Path, "/") {
			without := *r
			without.URL = &url.URL{Path: strings.TrimRight(r.URL.Path, "/"), RawQuery: r.URL.RawQuery}
			if _, pattern := mux.Handler(&without); pattern != prefix && pattern != "" {
				mux.ServeHTTP(w, &without)
				return
			}
		}
		mux.ServeHTTP(w, r)
	})
}
