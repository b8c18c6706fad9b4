// Package web is the member-facing pages of the registration, for desktop and
// smartphone in one: the guide's pages 23 to 38, from the search engine to the
// member's own home after log-in.
//
// A page says only what the world's text table says, shows only the state the
// registration is in, and works without JavaScript. A POST that succeeded
// redirects; one that was refused shows the screen of the true state, with the
// status of package gate and what was wrong. The id of the registration and the
// token of a log-in are held by cookies that no script can read.
//
// Labels, roles and headings are the contract for whoever drives these pages.
//
// Of two things a page shows more with a script: the safety meter speaks while
// an ID or password is written (p29-4), and a desktop has a software keyboard
// (p28-3).
//
// Not modelled: the film (p4-4) and every other service of the company.
package web

import (
	"embed"
	"log/slog"
	"net/http"
	"strings"

	"example.com/netanswer/sandbox/gate"
	"example.com/netanswer/sandbox/registration"
	"example.com/netanswer/sandbox/world"
)

//go:embed templates/*.html static/* gallery/*
var files embed.FS

// site is the pages of one sandbox.
type site struct {
	service *world.Service
	screens screens
	assets  assets
	exhibit bool // it is the gallery
}

// New answers with the handler of every page. log is told of a panic, by an
// incident number and never with anything the member sent.
func New(service *world.Service, log *slog.Logger) http.Handler {
	assets := loadAssets("/assets/", "static")
	s := &site{service: service, screens: parseScreens(), assets: assets}

	// A form of another origin is refused before anything looks at it. That,
	// and cookies that are SameSite, is all the log-in form has: before a log-in
	// there is nothing a token could be bound to. The forms of a registration
	// carry a token as well (submission.go).
	origin := http.NewCrossOriginProtection()
	origin.SetDenyHandler(s.sorry(http.StatusForbidden, "error.cross_origin"))

	pages := origin.Handler(s.routes())
	pages = gate.Bound(pages, service.Bounds().Body)
	pages = gate.Survive(pages, log, s.failed)
	pages = gate.Worlds(pages, s.trouble)
	return gate.Secure(pages)
}

func (s *site) routes() http.Handler {
	mux := http.NewServeMux()
	route := func(path string, v verbs) { mux.Handle(path, s.only(v)) }

	route("/{$}", verbs{http.MethodGet: s.home})
	route("/search", verbs{http.MethodGet: s.search})
	route("/login", verbs{http.MethodGet: s.entrance, http.MethodPost: s.login})
	route("/home", verbs{http.MethodGet: s.portal})
	route("/logout", verbs{http.MethodPost: s.logout})

	route("/registration", verbs{http.MethodGet: s.start})
	route("/registration/input", verbs{http.MethodGet: s.at(registration.Input), http.MethodPost: s.submit})
	route("/registration/strength", verbs{http.MethodPost: s.strength})
	route("/registration/other", verbs{http.MethodGet: s.outside("other", "/registration")})
	route("/video", verbs{http.MethodGet: s.outside("video", "/login")})
	route("/registration/confirm", verbs{http.MethodGet: s.at(registration.Confirm), http.MethodPost: s.proceed})
	route("/registration/revise", verbs{http.MethodPost: s.revise})
	route("/registration/call", verbs{http.MethodGet: s.at(registration.AwaitCall), http.MethodPost: s.finishCall})
	route("/registration/passcode", verbs{http.MethodGet: s.at(registration.AwaitPasscode), http.MethodPost: s.enter})
	route("/registration/reissue", verbs{http.MethodPost: s.reissue})
	route("/registration/completed", verbs{http.MethodGet: s.at(registration.Completed)})
	route("/registration/ended", verbs{http.MethodGet: s.at(registration.Expired)})

	route("/assets/{name}", verbs{http.MethodGet: s.asset})
	mux.Handle("/", s.sorry(http.StatusNotFound, "error.not_found"))
	return mux
}

// verbs are what can be done at one address.
type verbs map[string]http.HandlerFunc

// only hands a request on to the handler of its method; HEAD is GET without
// the body, which net/http leaves out by itself.
func (s *site) only(v verbs) http.Handler {
	var allowed []string
	for _, method := range []string{http.MethodGet, http.MethodHead, http.MethodPost} {
		if _, ok := v[method]; ok || method == http.MethodHead && v[http.MethodGet] != nil {
			allowed = append(allowed, method)
		}
	}
	refuse := s.sorry(http.StatusMethodNotAllowed, "error.method")
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		method := r.Method
		if method == http.MethodHead {
			method = http.MethodGet
		}
		if handle, ok := v[method]; ok {
			handle(w, r)
			return
		}
		w.Header().Set("Allow", strings.Join(allowed, ", "))
		refuse.ServeHTTP(w, r)
	})
}
