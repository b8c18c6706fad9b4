// Package web is the member-facing pages of the registration, for desktop and
// smartphone in one: the guide's pages 23 to 38, from the search engine to the
// member's own home after log-in.
//
// A page says only what the world's text table says, shows only the state the
// registration is in, and works without JavaScript. A POST that succeeded
// redirects; one that was refused shows the screen of the true state, with the
// status of its refusal and what was wrong. The id of the registration and the
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

	"example.com/netanswer/sandbox/page"
	"example.com/netanswer/sandbox/registration"
	"example.com/netanswer/sandbox/screen"
	"example.com/netanswer/sandbox/world"
)

//go:embed templates/*.html static/*
var files embed.FS

// site is the pages of one sandbox.
type site struct {
	*page.Site
	web     world.Web
	members world.Members
}

func newSite(service *world.Service, assets string, story bool) *site {
	return &site{web: service.Web(), members: service.Members(), Site: page.New(page.Config{
		Service: service, Files: files, Assets: assets, Address: addressOf, Story: story,
		Scripts: map[string][]string{"input": {"boxes.js", "terms.js", "strength.js", "keyboard.js"}, "call": {"countdown.js"}}})}
}

// New returns the handler of every page. log is told of a panic, by an
// incident number and never with anything the member sent.
func New(service *world.Service, log *slog.Logger) http.Handler {
	s := newSite(service, "/assets/", false)
	return s.Guard(s.routes(), log)
}

func (s *site) routes() http.Handler {
	mux := http.NewServeMux()
	route := func(path string, v page.Verbs) { mux.Handle(path, s.Only(v)) }

	route("/{$}", page.Verbs{http.MethodGet: s.shows(screen.Home)})
	route("/search", page.Verbs{http.MethodGet: s.search})
	route("/login", page.Verbs{http.MethodGet: s.entrance, http.MethodPost: s.login})
	route("/home", page.Verbs{http.MethodGet: s.portal})
	route("/logout", page.Verbs{http.MethodPost: s.logout})

	route("/registration", page.Verbs{http.MethodGet: s.start})
	route("/registration/input", page.Verbs{http.MethodGet: s.at(registration.Input), http.MethodPost: s.submit})
	route("/registration/strength", page.Verbs{http.MethodPost: s.strength})
	route("/registration/other", page.Verbs{http.MethodGet: s.outside("other", "input")})
	route("/video", page.Verbs{http.MethodGet: s.outside("video", "entrance")})
	route("/newsletter", page.Verbs{http.MethodGet: s.outside("newsletter", "input")})
	route("/registration/confirm", page.Verbs{http.MethodGet: s.at(registration.Confirm), http.MethodPost: s.proceed})
	route("/registration/revise", page.Verbs{http.MethodPost: s.revise})
	route("/registration/call", page.Verbs{http.MethodGet: s.at(registration.AwaitCall), http.MethodPost: s.finishCall})
	route("/registration/passcode", page.Verbs{http.MethodGet: s.at(registration.AwaitPasscode), http.MethodPost: s.enter})
	route("/registration/reissue", page.Verbs{http.MethodPost: s.reissue})
	route("/registration/completed", page.Verbs{http.MethodGet: s.at(registration.Completed)})
	route("/registration/ended", page.Verbs{http.MethodGet: s.at(registration.Expired)})

	route("/continue", page.Verbs{http.MethodGet: s.takeOver})
	route("/assets/{name}", page.Verbs{http.MethodGet: s.Asset})
	mux.Handle("/", s.Sorry(http.StatusNotFound, "error.not_found"))
	return mux
}

// shows shows a screen that needs nothing but the world.
func (s *site) shows(of func(world.Snapshot) screen.Screen) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if m, ok := s.Snapshot(w, r); ok {
			s.Show(w, http.StatusOK, m, of(m))
		}
	}
}

// outside shows the end of a way that leads out of the sandbox; back is where it
// came from.
func (s *site) outside(name, back string) http.HandlerFunc {
	return s.shows(func(m world.Snapshot) screen.Screen { return screen.Outside(m, name, back) })
}
