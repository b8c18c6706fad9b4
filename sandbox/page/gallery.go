package page

import (
	"html/template"
	"log/slog"
	"net/http"
	"slices"
	"time"

	"example.com/netanswer/mocks/clock"
	"example.com/netanswer/sandbox/middleware"
)

// GalleryPath is where the gallery stands on its listener.
const GalleryPath = "/gallery"

// galleryNow is what the clock of every story shows, standing still, so that
// a story looks the same whenever it is looked at.
var galleryNow = time.Date(2026, time.November, 20, 12, 0, 0, 0, clock.Japan)

// A Section is the stories of one site.
type Section struct {
	Name    string // in the addresses within the index, and of its files: web
	Title   string // what the site is to a member, in Japanese
	Site    *Site  // made with Story, and Assets of SectionAssets(Name)
	Stories []Story
}

// SectionAssets is the Config.Assets of the site in the section of that name. Each
// section has its own, so that no file of one is taken for another's.
func SectionAssets(section string) string { return GalleryPath + "/assets/" + section + "/" }

// A Story is one state of one screen. All states of a screen stand together.
type Story struct {
	Name   string   // in its address; no two of the gallery are called the same
	Screen string   // as Frame.Screen
	State  string   // what is special about it, in Japanese
	Rules  []string // what can be seen on it
	// Show writes the screen in this state around f, which has nothing to tell
	// yet; the clock of its world stands still.
	Show func(w http.ResponseWriter, f Frame)
}

// gallery is the sections and the index of them.
type gallery struct {
	sections []Section
	index    *template.Template
	assets   assets // of the index
}

// Gallery returns the handler of the screens' gallery, all below
// GalleryPath: an index of every screen in every state, section by section, and each
// by itself, made of the templates and views of the members' pages with example
// data. It shows them in the wording and by the policy of the request's world,
// changes nothing and leads nowhere. It is for the console's port, not for
// members. There must be a section; the first one's site says what went wrong.
func Gallery(log *slog.Logger, sections ...Section) http.Handler {
	g := &gallery{sections: sections, index: template.Must(template.New("index.html").ParseFS(files, "gallery/index.html")),
		assets: newAssets(GalleryPath + "/assets/")}
	g.assets.load(files, "gallery/static")
	g.check()
	first := sections[0].Site

	mux := http.NewServeMux()
	mux.HandleFunc("GET "+GalleryPath+"/{$}", g.list)
	mux.Handle("GET "+GalleryPath, http.RedirectHandler(GalleryPath+"/", http.StatusSeeOther))
	mux.HandleFunc("GET "+GalleryPath+"/screens/{name}", g.show)
	mux.HandleFunc("GET "+GalleryPath+"/assets/{name}", func(w http.ResponseWriter, r *http.Request) {
		if !g.assets.serve(w, r) {
			first.Apologize(w, r, http.StatusNotFound, "error.not_found")
		}
	})
	for _, h := range sections {
		mux.HandleFunc("GET "+SectionAssets(h.Name)+"{name}", h.Site.Asset)
	}
	mux.Handle("/", first.Sorry(http.StatusNotFound, "error.not_found"))

	pages := middleware.Survive(mux, log, first.failed)
	pages = middleware.Worlds(pages, first.Trouble)
	return middleware.SecureStory(pages)
}

// check panics where the sections are not what Section and Story say: that is a
// mistake of ours.
func (g *gallery) check() {
	names := map[string]bool{}
	for _, h := range g.sections {
		if !h.Site.story || h.Site.assets.at != SectionAssets(h.Name) {
			panic("page: the site of the section " + h.Name + " is not made for the gallery")
		}
		for _, e := range h.Stories {
			if names[e.Name] {
				panic("page: two stories are called " + e.Name)
			}
			names[e.Name] = true
		}
	}
}

// show writes one story.
func (g *gallery) show(w http.ResponseWriter, r *http.Request) {
	for _, h := range g.sections {
		i := slices.IndexFunc(h.Stories, func(e Story) bool { return e.Name == r.PathValue("name") })
		if i < 0 {
			continue
		}
		if m, ok := h.Site.Snapshot(w, r); ok {
			m.Now, m.Clock = galleryNow, clock.Clock{At: galleryNow}
			h.Stories[i].Show(w, h.Site.Frame(m, h.Stories[i].Screen))
		}
		return
	}
	g.sections[0].Site.Apologize(w, r, http.StatusNotFound, "error.not_found")
}

// list shows the index.
func (g *gallery) list(w http.ResponseWriter, r *http.Request) {
	if m, ok := g.sections[0].Site.Snapshot(w, r); ok {
		send(w, http.StatusOK, g.index, newIndexView(m, g.assets, g.sections))
	}
}
