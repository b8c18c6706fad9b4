package page

import (
	"log/slog"
	"net/http"

	"example.com/netanswer/sandbox/middleware"
)

// Guard is what stands before the pages of a site: it finds the world, bounds
// the body, refuses forms of another origin, survives a panic and sets the
// headers that keep a page safe. What it refuses is said on a page of the site.
// log is told of a panic, by an incident number and never with anything the
// member sent.
func (f *Site) Guard(pages http.Handler, log *slog.Logger) http.Handler {
	// A form of another origin is refused before anything looks at it. That,
	// and cookies that are SameSite, is all a log-in form has: before a log-in
	// there is nothing a token could be bound to. The forms of a registration
	// carry a token as well (FieldToken).
	pages = ownForms(pages, f.Sorry(http.StatusForbidden, "error.cross_origin"))
	pages = middleware.Bound(pages, f.service.Bounds().Body)
	pages = middleware.MemberFaults(pages, f.service.Members(), f.planned, f.Trouble) // it reads the world
	pages = middleware.Survive(pages, log, f.Failed)
	pages = middleware.Worlds(pages, f.Trouble)
	return middleware.Secure(pages)
}

// ownForms hands the forms of other origins to refuse.
func ownForms(pages, refuse http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if middleware.Elsewhere(r) && !middleware.Reads(r) {
			refuse.ServeHTTP(w, r)
			return
		}
		pages.ServeHTTP(w, r)
	})
}
