package web

import (
	"strings"

	"example.com/netanswer/sandbox/gallery"
	"example.com/netanswer/sandbox/registration"
	"example.com/netanswer/sandbox/screen"
	"example.com/netanswer/sandbox/world"
)

// Section is these pages in the gallery: every screen in every state.
func Section(service *world.Service) gallery.Section {
	const name = "web"
	s := newSite(service, gallery.Assets(name), true)
	h := gallery.Section{Name: name, Title: "インターネットでのお手続き", Site: s.Site}
	for _, e := range stories() {
		h.Stories = append(
			h.Stories,
			gallery.Story{Name: e.name, Screen: e.screen, State: e.state, Rules: strings.Fields(e.rules), Begin: e.begin(),
				Make: func(m world.Snapshot) screen.Screen { return e.show(s, scene{Snapshot: m, name: e.screen}) }},
		)
	}
	return h
}

// A story is a gallery.Story that does not know its site yet.
type story struct {
	name, screen, state string
	rules               string // ids, separated by space
	show                func(s *site, f scene) screen.Screen
}

// A scene is what a story is made in: the world, and what there is to tell.
type scene struct {
	Snapshot world.Snapshot
	name     string // of the screen
	told     screen.Told
	real     *registration.Registration // nil for an example
}

func (f scene) say(id string, pairs ...string) string { return f.Snapshot.Say(id, pairs...) }
