package page

import "example.com/netanswer/sandbox/world"

// indexView is the page that shows all stories.
type indexView struct {
	World    string
	Sections []sectionView
	Count    int

	snapshot world.Snapshot
	assets   assets
}

// A sectionView is the stories of one site, screen by screen.
type sectionView struct {
	Name, Title string
	Rooms       []room
}

// A room is the stories of one screen.
type room struct {
	ID, Title string
	Stories   []Story
}

func newIndexView(m world.Snapshot, a assets, sections []Section) indexView {
	v := indexView{World: m.Name, snapshot: m, assets: a}
	for _, h := range sections {
		section, screen := sectionView{Name: h.Name, Title: h.Title}, ""
		for _, e := range h.Stories {
			if e.Screen != screen {
				screen = e.Screen
				section.Rooms = append(section.Rooms, room{ID: h.Name + "-" + screen, Title: m.Say(screen + ".title")})
			}
			last := &section.Rooms[len(section.Rooms)-1]
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
func (v indexView) Asset(name string) string { return v.assets.address(name) }
