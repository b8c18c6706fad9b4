package gallery

import (
	"context"
	"net/http"

	"example.com/netanswer/sandbox/page"
	"example.com/netanswer/sandbox/world"
)

// A Begin is where a member's browser is led to stand before a screen as a story
// tells it: to a place (package place), or nowhere in particular.
type Begin struct {
	Channel string // of the place
	At      string // the place, "" for none
	Member  string // whose registration it is; "" for whoever suits
	Device  string // in the app; "" for any
	As      string // the story that tells what the place alone does not; "" for none
	Start   string // in the app, the screen that it is started with
}

// A Begun is where somebody can begin.
type Begun struct {
	World  string // a new one
	Member string // the name of whose registration it is, "" for nobody's
	Link   string // what a browser opens; "" where members are not served
}

// A Beginner leads to a Begin, in a fork of the world. What it cannot do is an
// error in words for whoever asked.
type Beginner func(ctx context.Context, world string, b Begin) (Begun, error)

// beginView is the page that somebody begins from.
type beginView struct {
	Begun
	Story   Story
	Problem string

	snapshot world.Snapshot
	assets   page.Assets
}

// Say returns a sentence in the world's wording.
func (v beginView) Say(id string) string { return v.snapshot.Say(id) }

// Asset is the address of a file of the page.
func (v beginView) Asset(name string) string { return v.assets.Address(name) }

// start brings about the state of a story, and shows the link to it.
func (g *handler) start(w http.ResponseWriter, r *http.Request) {
	first := g.sections[0].Site
	m, ok := first.Snapshot(w, r)
	if !ok {
		return
	}
	story, known := g.story(r.PathValue("name"))
	if !known {
		first.Apologize(w, r, http.StatusNotFound, "error.not_found")
		return
	}
	v := beginView{Story: story, snapshot: m, assets: g.assets}
	status := http.StatusOK
	var err error
	if v.Begun, err = g.begin(r.Context(), page.WorldOf(r), story.Begin); err != nil {
		v.Problem, status = err.Error(), http.StatusUnprocessableEntity
	}
	page.Send(w, status, g.begun, v)
}

// story finds a story by its name.
func (g *handler) story(name string) (Story, bool) {
	for _, h := range g.sections {
		for _, e := range h.Stories {
			if e.Name == name {
				return e, true
			}
		}
	}
	return Story{}, false
}
