package app

import (
	"net/http"
	"strings"

	"example.com/netanswer/sandbox/page"
	"example.com/netanswer/sandbox/world"
)

// Hall is the app in the gallery: every screen in every state.
func Hall(service *world.Service) page.Hall {
	const name = "app"
	s := newSite(service, page.HallAssets(name), true)
	h := page.Hall{Name: name, Title: "セゾンPortalアプリでのお手続き", Face: s.Face}
	for _, e := range exhibits() {
		h.Exhibits = append(h.Exhibits, page.Exhibit{Name: "app-" + e.name, Screen: e.screen, State: e.state, Rules: strings.Fields(e.rules),
			Show: func(w http.ResponseWriter, f page.Frame) { e.show(s, w, frame{f}) }})
	}
	return h
}

// An exhibit is a page.Exhibit that does not know its site yet.
type exhibit struct {
	name, screen, state string
	rules               string // ids, separated by space
	show                func(s *site, w http.ResponseWriter, f frame)
}
