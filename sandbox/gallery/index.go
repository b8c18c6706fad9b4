package gallery

import (
	"example.com/netanswer/sandbox/page"
	"example.com/netanswer/sandbox/world"
)

// indexView is the page that shows all stories.
type indexView struct {
	World    string
	Sections []sectionView
	Count    int
	Begins   bool // somebody can begin in a state

	snapshot world.Snapshot
	assets   page.Assets
}

// A sectionView is the stories of one site, screen by screen.
type sectionView struct {
	Name, Title string
	Screens     []screenView
}

// A screenView is the stories of one screen.
type screenView struct {
	ID, Title string
	Stories   []Story
}

func newIndexView(m world.Snapshot, a page.Assets, sections []Section, begins bool) indexView {
	v := indexView{World: m.Name, Begins: begins, snapshot: m, assets: a}
	for _, h := range sections {
		section, screen := sectionView{Name: h.Name, Title: h.Title}, ""
		for _, e := range h.Stories {
			if e.Screen != screen {
				screen = e.Screen
				section.Screens = append(section.Screens, screenView{ID: h.Name + "-" + screen, Title: m.Say(screen + ".title")})
			}
			last := &section.Screens[len(section.Screens)-1]
			last.Stories = append(last.Stories, e)
			v.Count++
		}
		v.Sections = append(v.Sections, section)
	}
	return v
}

// Say returns a sentence in the world's wording.
func (v indexView) Say(id string) string { return v.snapshot.Say(id) }

// Asset is the address of a file of the index.
func (v indexView) Asset(name string) string { return v.assets.Address(name) }
