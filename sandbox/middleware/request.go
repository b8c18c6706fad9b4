package middleware

import (
	"cmp"
	"context"
	"net/http"
)

// A Request is what a log may tell of one: where it went, by the pattern of its
// route, and in which world.
type Request struct{ route, world string }

// Route is the pattern of the innermost mux, like "GET /confirm"; "" where there
// was none.
func (r *Request) Route() string { return r.route }

// World is the world the request was for; "" where it was for none.
func (r *Request) World() string { return r.world }

type requestKey struct{}

// Told returns a context in which the handlers of a request note what of it a
// log may tell.
func Told(ctx context.Context) (context.Context, *Request) {
	told := &Request{}
	return context.WithValue(ctx, requestKey{}, told), told
}

// note notes where a request went. The innermost handler returns first, so what
// is noted already stays.
func note(r *http.Request) {
	told, ok := r.Context().Value(requestKey{}).(*Request)
	if !ok {
		return
	}
	told.route = cmp.Or(told.route, r.Pattern)
	name, _ := r.Context().Value(worldKey{}).(string)
	told.world = cmp.Or(told.world, r.PathValue("world"), name)
}

// Reached is the address, without a slash at its end, by which a request reached us.
func Reached(r *http.Request) string {
	if r.TLS != nil {
		return "https://" + r.Host
	}
	return "http://" + r.Host
}
