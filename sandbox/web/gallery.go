package web

import (
	"fmt"
	"html/template"
	"log/slog"
	"net/http"
	"strings"
	"time"

	"example.com/netanswer/mocks/clock"
	"example.com/netanswer/sandbox/gate"
	"example.com/netanswer/sandbox/world"
)

// GalleryPath is where the gallery stands on its listener.
const GalleryPath = "/gallery"

// galleryNow is what the clock of every exhibit shows, standing still, so that
// an exhibit looks the same whenever it is looked at.
var galleryNow = time.Date(2026, time.November, 20, 12, 0, 0, 0, clock.Japan)

// Gallery answers with the handler of the screens' gallery, all below
// GalleryPath: an index of every screen in every state, and each by itself,
// made of the templates and views of New's pages with example data. It shows
// them in the wording and by the policy of the request's world, changes nothing
// and leads nowhere. It is for the console's port, not for members.
func Gallery(service *world.Service, log *slog.Logger) http.Handler {
	s := &site{service: service, screens: parseScreens(), exhibit: true,
		assets: loadAssets(GalleryPath+"/assets/", "static", "gallery")}
	index := template.Must(template.New("index.html").ParseFS(files, "gallery/index.html"))

	mux := http.NewServeMux()
	mux.HandleFunc("GET "+GalleryPath+"/{$}", func(w http.ResponseWriter, r *http.Request) { s.index(w, r, index) })
	mux.Handle("GET "+GalleryPath, http.RedirectHandler(GalleryPath+"/", http.StatusSeeOther))
	mux.HandleFunc("GET "+GalleryPath+"/screens/{name}", s.show)
	mux.HandleFunc("GET "+GalleryPath+"/assets/{name}", s.asset)
	mux.Handle("/", s.sorry(http.StatusNotFound, "error.not_found"))

	pages := gate.Survive(mux, log, s.failed)
	pages = gate.Worlds(pages, s.trouble)
	return gate.SecureExhibit(pages)
}

// An exhibit is one state of one screen.
type exhibit struct {
	Name   string   // in its address
	Screen string   // as frame.Screen
	State  string   // what is special about it, in Japanese
	Rules  []string // what can be seen on it
	show   func(s *site, w http.ResponseWriter, f frame)
}

// show writes one exhibit.
func (s *site) show(w http.ResponseWriter, r *http.Request) {
	for _, e := range exhibits() {
		if e.Name == r.PathValue("name") {
			if m, ok := s.moment(w, r); ok {
				m.Now, m.Clock = galleryNow, clock.Clock{At: galleryNow}
				e.show(s, w, s.newFrame(m, e.Screen))
			}
			return
		}
	}
	s.apologize(w, r, http.StatusNotFound, "error.not_found")
}

// indexView is the page that shows all exhibits.
type indexView struct {
	frame
	World string
	Rooms []room
	Count int
}

// A room is the exhibits of one screen.
type room struct {
	Screen, Title string
	Exhibits      []exhibit
}

func (s *site) index(w http.ResponseWriter, r *http.Request, page *template.Template) {
	m, ok := s.moment(w, r)
	if !ok {
		return
	}
	v := indexView{frame: s.newFrame(m, ""), World: m.Name}
	for _, e := range exhibits() {
		if n := len(v.Rooms); n == 0 || v.Rooms[n-1].Screen != e.Screen {
			v.Rooms = append(v.Rooms, room{Screen: e.Screen, Title: m.Say(e.Screen + ".title")})
		}
		last := &v.Rooms[len(v.Rooms)-1]
		last.Exhibits = append(last.Exhibits, e)
		v.Count++
	}
	var b strings.Builder
	if err := page.Execute(&b, v); err != nil {
		panic(err) // Survive gives it an incident number
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	_, _ = fmt.Fprint(w, b.String()) // a browser that went away is no error of ours
}
