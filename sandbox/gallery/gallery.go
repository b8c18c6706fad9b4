// Package gallery shows every screen of the members' pages in every state, side
// by side, for people who test. Each site hands in a Section of it: its Stories,
// each a screen in a state, described with example data and shown by the
// site's own layout.
//
// It is for the console's port, not for members, and it changes nothing.
package gallery

import (
	"embed"
	"encoding/json"
	"html/template"
	"log/slog"
	"net/http"
	"slices"
	"strings"
	"time"

	"example.com/netanswer/mocks/clock"
	"example.com/netanswer/sandbox/middleware"
	"example.com/netanswer/sandbox/page"
	"example.com/netanswer/sandbox/screen"
	"example.com/netanswer/sandbox/world"
)

//go:embed index.html begin.html static
var files embed.FS

// Path is where the gallery stands on its listener.
const Path = "/gallery"

// now is what the clock of every story shows, standing still, so that
// a story looks the same whenever it is looked at.
var now = time.Date(2026, time.November, 20, 12, 0, 0, 0, clock.Japan)

// A Section is the stories of one site.
type Section struct {
	Name    string     // in the addresses within the index, and of its files: web
	Title   string     // what the site is to a member, in Japanese
	Site    *page.Site // made with Story, and Assets of Assets(Name)
	Stories []Story
}

// Assets is the page.Config.Assets of the site in the section of that name. Each
// section has its own, so that no file of one is taken for another's.
func Assets(section string) string { return Path + "/assets/" + section + "/" }

// A Story is one state of one screen. All states of a screen stand together.
type Story struct {
	Name   string   // in its address; no two of the gallery are called the same
	Screen string   // the name of its screen
	State  string   // what is special about it, in Japanese
	Rules  []string // what can be seen on it
	// Begin is how somebody begins in this state.
	Begin Begin
	// Make describes the screen in this state; the clock of its world stands still.
	Make func(m world.Snapshot) screen.Screen
}

// handler is the sections and the index of them.
type handler struct {
	sections []Section
	index    *template.Template
	begun    *template.Template
	begin    Beginner    // nil where nothing can begin
	assets   page.Assets // of the index
}

// New returns the handler of the gallery, all below Path: an index of every screen
// in every state, section by section, and each by itself, as a page and, with
// .json behind its name, as package screen describes it. It shows them in the wording and by the policy of the request's world,
// changes nothing and leads nowhere but by begin, which somebody begins in a state
// with; nil for nobody. It is for the console's port, not for members. There must
// be a section; the first one's site says what went wrong.
func New(log *slog.Logger, begin Beginner, sections ...Section) http.Handler {
	g := &handler{sections: sections, begin: begin, assets: page.NewAssets(Path + "/assets/"),
		index: template.Must(template.New("index.html").ParseFS(files, "index.html")),
		begun: template.Must(template.New("begin.html").ParseFS(files, "begin.html"))}
	g.assets.Load(files, "static")
	g.check()
	first := sections[0].Site

	mux := http.NewServeMux()
	mux.Handle("GET "+Path+"/{$}", middleware.SecureFraming(http.HandlerFunc(g.list)))
	if begin != nil {
		mux.Handle("POST "+Path+"/begin/{name}", middleware.SecureFraming(http.HandlerFunc(g.start)))
	}
	mux.Handle("GET "+Path, http.RedirectHandler(Path+"/", http.StatusSeeOther))
	mux.HandleFunc("GET "+Path+"/screens/{name}", g.show)
	mux.HandleFunc("GET "+Path+"/assets/{name}", func(w http.ResponseWriter, r *http.Request) {
		if !g.assets.Serve(w, r) {
			first.Apologize(w, r, http.StatusNotFound, "error.not_found")
		}
	})
	for _, h := range sections {
		mux.HandleFunc("GET "+Assets(h.Name)+"{name}", h.Site.Asset)
	}
	mux.Handle("/", first.Sorry(http.StatusNotFound, "error.not_found"))

	pages := middleware.Survive(mux, log, first.Failed)
	pages = middleware.Worlds(pages, first.Trouble)
	return middleware.SecureStory(pages)
}

// check panics where the sections are not what Section and Story say: that is a
// mistake of ours.
func (g *handler) check() {
	names := map[string]bool{}
	for _, h := range g.sections {
		if !h.Site.IsStory(Assets(h.Name)) {
			panic("gallery: the site of the section " + h.Name + " is not made for the gallery")
		}
		for _, e := range h.Stories {
			if names[e.Name] {
				panic("gallery: two stories are called " + e.Name)
			}
			names[e.Name] = true
		}
	}
}

// show writes one story: its page, or with .json behind its name what package
// screen describes.
func (g *handler) show(w http.ResponseWriter, r *http.Request) {
	name, described := strings.CutSuffix(r.PathValue("name"), ".json")
	for _, h := range g.sections {
		i := slices.IndexFunc(h.Stories, func(e Story) bool { return e.Name == name })
		if i < 0 {
			continue
		}
		if m, ok := h.Site.Snapshot(w, r); ok {
			m.Now, m.Clock = now, clock.Clock{At: now}
			v := h.Site.View(m, h.Stories[i].Make(m))
			v.Token, v.Once = "gallery", "gallery"
			if described {
				describe(w, v.Screen)
				return
			}
			h.Site.Write(w, http.StatusOK, v)
		}
		return
	}
	g.sections[0].Site.Apologize(w, r, http.StatusNotFound, "error.not_found")
}

func describe(w http.ResponseWriter, s screen.Screen) {
	w.Header().Set("Content-Type", "application/json")
	if err := json.NewEncoder(w).Encode(s); err != nil {
		panic(err) // Survive gives it an incident number
	}
}

// list shows the index.
func (g *handler) list(w http.ResponseWriter, r *http.Request) {
	if m, ok := g.sections[0].Site.Snapshot(w, r); ok {
		page.Send(w, http.StatusOK, g.index, newIndexView(m, g.assets, g.sections, g.begin != nil, r.URL.Query().Get("q")))
	}
}
