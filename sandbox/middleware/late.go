package middleware

import (
	"net/http"
	"sync"
)

// Late is a handler that is made when the first request comes: a start is quicker,
// and what nobody asks for is not held. Requests that come meanwhile wait. A make
// that panics does so for each request.
func Late(make func() http.Handler) http.Handler {
	made := sync.OnceValue(make)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { made().ServeHTTP(w, r) })
}
