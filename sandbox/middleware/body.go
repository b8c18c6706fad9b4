package middleware

import (
	"net/http"
)

// Bound bounds the body of every request to limit bytes.
func Bound(next http.Handler, limit int64) http.Handler {
	return BoundBy(next, func(*http.Request) int64 { return limit })
}

// BoundBy bounds the body of each request to as many bytes as limit says.
func BoundBy(next http.Handler, limit func(*http.Request) int64) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		r.Body = http.MaxBytesReader(w, r.Body, limit(r))
		next.ServeHTTP(w, r)
	})
}
