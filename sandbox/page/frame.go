package page

import "example.com/netanswer/sandbox/world"

// A Frame is what every page has around its content. The view of a screen
// embeds one. It is made by Site.Frame; the zero Frame is of no use.
type Frame struct {
	Screen   string         // whose texts and style: input, confirm, …
	Snapshot world.Snapshot // the world as it is now
	Alerts   []string       // what went wrong as a whole
	Notices  []string       // what was done
	Faults   []Fault        // what is wrong with single fields

	site *Site
}

// Frame is the frame of a screen with nothing to tell.
func (f *Site) Frame(m world.Snapshot, screen string) Frame {
	return Frame{Screen: screen, Snapshot: m, site: f}
}

// Story tells whether the page is one of the gallery: looked at only, so
// nothing leads on or takes the focus.
func (f Frame) Story() bool { return f.site.story }

// Home is where the way out of a page of trouble leads.
func (f Frame) Home() string { return f.site.home }

// Say returns a sentence in the world's wording.
func (f Frame) Say(id string, pairs ...string) string { return f.Snapshot.Say(id, pairs...) }

// Title is what the screen is called.
func (f Frame) Title() string { return f.Say(f.Screen + ".title") }

// Asset is the address of a static file, shared or the site's own. One that
// does not exist is a mistake of ours and panics.
func (f Frame) Asset(name string) string { return f.site.assets.Address(name) }
