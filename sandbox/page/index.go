package page

import "example.com/netanswer/sandbox/world"

// indexView is the page that shows all exhibits.
type indexView struct {
	World string
	Halls []hallView
	Count int

	moment world.Moment
	assets assets
}

// A hallView is the exhibits of one face, screen by screen.
type hallView struct {
	Name, Title string
	Rooms       []room
}

// A room is the exhibits of one screen.
type room struct {
	ID, Title string
	Exhibits  []Exhibit
}

func newIndexView(m world.Moment, a assets, halls []Hall) indexView {
	v := indexView{World: m.Name, moment: m, assets: a}
	for _, h := range halls {
		hall, screen := hallView{Name: h.Name, Title: h.Title}, ""
		for _, e := range h.Exhibits {
			if e.Screen != screen {
				screen = e.Screen
				hall.Rooms = append(hall.Rooms, room{ID: h.Name + "-" + screen, Title: m.Say(screen + ".title")})
			}
			last := &hall.Rooms[len(hall.Rooms)-1]
			last.Exhibits = append(last.Exhibits, e)
			v.Count++
		}
		v.Halls = append(v.Halls, hall)
	}
	return v
}

// Say answers with a sentence in the world's wording.
func (v indexView) Say(id string) string { return v.moment.Say(id) }

// Asset is the address of a file of the index.
func (v indexView) Asset(name string) string { return v.assets.address(name) }
