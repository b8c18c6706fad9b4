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

// galleryNow is what the clock of every exhibit shows, standing still, so that
// an exhibit looks the same whenever it is looked at.
var galleryNow = time.Date(2026, time.November, 20, 12, 0, 0, 0, clock.Japan)

// A Hall is the exhibits of one face.
type Hall struct {
	Name     string // in the addresses within the index, and of its files: web
	Title    string // what the face is to a member, in Japanese
	Face     *Face  // made with Exhibit, and Assets of HallAssets(Name)
	Exhibits []Exhibit
}

// HallAssets is the Config.Assets of the face in the hall of that name. Each
// hall has its own, so that no file of one is taken for another's.
func HallAssets(hall string) string { return GalleryPath + "/assets/" + hall + "/" }

// An Exhibit is one state of one screen. All states of a screen stand together.
type Exhibit struct {
	Name   string   // in its address; no two of the gallery are called the same
	Screen string   // as Frame.Screen
	State  string   // what is special about it, in Japanese
	Rules  []string // what can be seen on it
	// Show writes the screen in this state around f, which has nothing to tell
	// yet; the clock of its world stands still.
	Show func(w http.ResponseWriter, f Frame)
}

// gallery is the halls and the index of them.
type gallery struct {
	halls  []Hall
	index  *template.Template
	assets assets // of the index
}

// Gallery answers with the handler of the screens' gallery, all below
// GalleryPath: an index of every screen in every state, hall by hall, and each
// by itself, made of the templates and views of the members' pages with example
// data. It shows them in the wording and by the policy of the request's world,
// changes nothing and leads nowhere. It is for the console's port, not for
// members. There must be a hall; the first one's face says what went wrong.
func Gallery(log *slog.Logger, halls ...Hall) http.Handler {
	g := &gallery{halls: halls, index: template.Must(template.New("index.html").ParseFS(files, "gallery/index.html")),
		assets: newAssets(GalleryPath + "/assets/")}
	g.assets.load(files, "gallery/static")
	g.check()
	first := halls[0].Face

	mux := http.NewServeMux()
	mux.HandleFunc("GET "+GalleryPath+"/{$}", g.list)
	mux.Handle("GET "+GalleryPath, http.RedirectHandler(GalleryPath+"/", http.StatusSeeOther))
	mux.HandleFunc("GET "+GalleryPath+"/screens/{name}", g.show)
	mux.HandleFunc("GET "+GalleryPath+"/assets/{name}", func(w http.ResponseWriter, r *http.Request) {
		if !g.assets.serve(w, r) {
			first.Apologize(w, r, http.StatusNotFound, "error.not_found")
		}
	})
	for _, h := range halls {
		mux.HandleFunc("GET "+HallAssets(h.Name)+"{name}", h.Face.Asset)
	}
	mux.Handle("/", first.Sorry(http.StatusNotFound, "error.not_found"))

	pages := middleware.Survive(mux, log, first.failed)
	pages = middleware.Worlds(pages, first.Trouble)
	return middleware.SecureExhibit(pages)
}

// check panics where the halls are not what Hall and Exhibit say: that is a
// mistake of ours.
func (g *gallery) check() {
	names := map[string]bool{}
	for _, h := range g.halls {
		if !h.Face.exhibit || h.Face.assets.at != HallAssets(h.Name) {
			panic("page: the face of the hall " + h.Name + " is not made for the gallery")
		}
		for _, e := range h.Exhibits {
			if names[e.Name] {
				panic("page: two exhibits are called " + e.Name)
			}
			names[e.Name] = true
		}
	}
}

// show writes one exhibit.
func (g *gallery) show(w http.ResponseWriter, r *http.Request) {
	for _, h := range g.halls {
		i := slices.IndexFunc(h.Exhibits, func(e Exhibit) bool { return e.Name == r.PathValue("name") })
		if i < 0 {
			continue
		}
		if m, ok := h.Face.Moment(w, r); ok {
			m.Now, m.Clock = galleryNow, clock.Clock{At: galleryNow}
			h.Exhibits[i].Show(w, h.Face.Frame(m, h.Exhibits[i].Screen))
		}
		return
	}
	g.halls[0].Face.Apologize(w, r, http.StatusNotFound, "error.not_found")
}

// list shows the index.
func (g *gallery) list(w http.ResponseWriter, r *http.Request) {
	if m, ok := g.halls[0].Face.Moment(w, r); ok {
		send(w, http.StatusOK, g.index, newIndexView(m, g.assets, g.halls))
	}
}
