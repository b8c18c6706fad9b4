package gallery

import (
	"strings"

	"example.com/netanswer/sandbox/page"
	"example.com/netanswer/sandbox/world"
)

// indexView is the page that shows all stories.
type indexView struct {
	World    string
	Sections []sectionView
	Count    int
	Words    string // what was searched for, "" for nothing
	Begins   bool   // somebody can begin in a state

	snapshot world.Snapshot
	assets   page.Assets
}

// A sectionView is the stories of one site, screen by screen.
type sectionView struct {
	Name, Title string
	Screens     []screenView
}

// A screenView is the stories of one screen: a chapter, which is closed at first,
// because all of them would be a page of 75,000 pixels.
type screenView struct {
	ID, Title string
	Open      bool
	Stories   []Story
}

// newIndexView shows the stories that have all the words in their state, their screen,
// their name or their rules.
func newIndexView(m world.Snapshot, a page.Assets, sections []Section, begins bool, words string) indexView {
	v := indexView{World: m.Name, Begins: begins, Words: strings.TrimSpace(words), snapshot: m, assets: a}
	for _, h := range sections {
		section, screen := sectionView{Name: h.Name, Title: h.Title}, ""
		for _, e := range h.Stories {
			if !speaksOf(e, h.Title+"\n"+m.Say(e.Screen+".title"), v.Words) {
				continue
			}
			if e.Screen != screen {
				screen = e.Screen
				section.Screens = append(section.Screens, screenView{ID: h.Name + "-" + screen, Title: m.Say(screen + ".title"),
					Open: v.Words != "" || v.Count == 0})
			}
			last := &section.Screens[len(section.Screens)-1]
			last.Stories = append(last.Stories, e)
			v.Count++
		}
		if len(section.Screens) > 0 {
			v.Sections = append(v.Sections, section)
		}
	}
	return v
}

func speaksOf(e Story, titles, words string) bool {
	all := strings.ToLower(e.Name + "\n" + e.State + "\n" + titles + "\n" + strings.Join(e.Rules, "\n"))
	for _, w := range strings.Fields(strings.ToLower(words)) {
		if !strings.Contains(all, w) {
			return false
		}
	}
	return true
}

// Say returns a sentence in the world's wording.
func (v indexView) Say(id string) string { return v.snapshot.Say(id) }

// Asset is the address of a file of the index.
func (v indexView) Asset(name string) string { return v.assets.Address(name) }
