package middleware

import (
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"runtime/debug"
)

// Survive turns a panic in next into one failed request: it is logged with an
// incident number, and fail returns that number. Nothing of the request
// but its method and route is logged.
func Survive(next http.Handler, log *slog.Logger, fail func(w http.ResponseWriter, r *http.Request, incident string)) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer func() {
			p := recover()
			if p == nil {
				return
			}
			if err, ok := p.(error); ok && errors.Is(err, http.ErrAbortHandler) {
				panic(p)
			}
			incident := rand.Text()[:10]
			log.Error("a request failed", "incident", incident, "method", r.Method, "route", r.Pattern,
				"panic", fmt.Sprint(p), "stack", string(debug.Stack()))
			fail(w, r, incident)
		}()
		next.ServeHTTP(w, r)
		note(r)
	})
}
