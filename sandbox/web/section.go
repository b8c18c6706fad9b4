package web

import (
	"net/http"
	"strings"

	"example.com/netanswer/sandbox/gallery"
	"example.com/netanswer/sandbox/page"
	"example.com/netanswer/sandbox/world"
)

// Section is these pages in the gallery: every screen in every state.
func Section(service *world.Service) gallery.Section {
	const name = "web"
	s := newSite(service, gallery.Assets(name), true)
	h := gallery.Section{Name: name, Title: "インターネットでのお手続き", Site: s.Site}
	for _, e := range stories() {
		h.Stories = append(h.Stories, gallery.Story{Name: e.name, Screen: e.screen, State: e.state, Rules: strings.Fields(e.rules),
			Show: func(w http.ResponseWriter, f page.Frame) { e.show(s, w, frame{f}) }})
	}
	return h
}

// A story is a gallery.Story that does not know its site yet.
type story struct {
	name, screen, state string
	rules               string // ids, separated by space
	show                func(s *site, w http.ResponseWriter, f frame)
}
