// Package page is what the member-facing pages of web and app have in common:
// what stands around the content of a page, the forms a page may send, and what is
// said of a request no screen can answer.
//
// A site is made by New of its own layout and static files. templates/layout.html
// is what stands around each screen; it calls what every page must have: "head",
// with the style sheet, "sandbox", which says what this is, and "screen", which
// shows what package screen describes.
//
// A page says only what the world's text table says, and works without
// JavaScript. Labels, roles and headings are the contract for whoever drives
// these pages.
//
// Not here: which screens there are, where they lead and which cookies are
// kept. That is each site's own.
package page

import (
	"embed"
	"html/template"
	"io/fs"
	"net/http"

	"example.com/netanswer/sandbox/middleware"
	"example.com/netanswer/sandbox/world"
)

//go:embed parts/*.html static/* story/*
var files embed.FS

// Config is what a site is made of. All of it must be given, but for Scripts and
// Story.
type Config struct {
	// Service is the sandbox behind the pages.
	Service *world.Service
	// Files holds the site's templates/layout.html and static/*. No static file
	// may have the name of a shared one, which are style.css and story.js.
	Files fs.FS
	// Assets is what the addresses of static files begin with, like "/assets/".
	Assets string
	// Address says where things are found by their names: a form or an action of a
	// screen, or a screen.
	Address func(kind, screen, name string) string
	// Scripts are the modules of each screen that has some.
	Scripts map[string][]string
	// Story makes the site one of the gallery: looked at only, so nothing
	// leads on or takes the focus.
	Story bool
}

// A Site is a set of pages of one sandbox. It is never changed, and may be used
// by any number of requests at once.
type Site struct {
	service *world.Service
	layout  *template.Template
	assets  Assets
	address func(kind, screen, name string) string
	scripts map[string][]string
	story   bool
}

// New returns a site. A mistake in its files is one of ours and panics.
func New(c Config) *Site {
	if c.Service == nil || c.Files == nil || c.Assets == "" || c.Address == nil {
		panic("page: the configuration of a site is not complete")
	}
	assets := NewAssets(c.Assets)
	assets.Load(files, "static")
	assets.Load(c.Files, "static")
	if c.Story {
		assets.Load(files, "story")
	}
	return &Site{service: c.Service, layout: parseLayout(c.Files), assets: assets, address: c.Address, scripts: c.Scripts, story: c.Story}
}

// IsStory tells whether the site is one of the gallery, with its static files at
// assets.
func (f *Site) IsStory(assets string) bool { return f.story && f.assets.at == assets }

// WorldOf is the name of the world of a request that came through Guard or
// the gallery.
func WorldOf(r *http.Request) string { return middleware.World(r.Context()) }

// Snapshot is the world of a request as it is now. Where it cannot be had, that
// is answered already and ok is false.
func (f *Site) Snapshot(w http.ResponseWriter, r *http.Request) (m world.Snapshot, ok bool) {
	m, err := f.service.Snapshot(r.Context(), WorldOf(r))
	if err != nil {
		f.Trouble(w, r, err)
		return m, false
	}
	return m, true
}
