package page

import (
	"net/http"
	"slices"
	"strings"

	"example.com/netanswer/sandbox/middleware"
	"example.com/netanswer/sandbox/screen"
	"example.com/netanswer/sandbox/world"
)

// A View is a screen as a page shows it: what package screen describes, the
// world it is worded by, and the hidden fields of its forms. It is made by
// Site.View; the zero View is of no use.
type View struct {
	Screen screen.Screen
	Token  string // proves that a form came from our page; "" where none is needed
	Once   string // the key with which a form's step is taken once; "" for none

	snapshot world.Snapshot
	site     *Site
}

// View is a page of a screen.
func (f *Site) View(m world.Snapshot, s screen.Screen) View {
	return View{Screen: s, snapshot: m, site: f}
}

// Story tells whether the page is one of the gallery: looked at only, so
// nothing leads on or takes the focus.
func (v View) Story() bool { return v.site.story }

// Say returns a sentence of what stands around every screen, in the world's
// wording.
func (v View) Say(id string, pairs ...string) string { return v.snapshot.Say(id, pairs...) }

// Asset is the address of a static file, shared or the site's own. One that
// does not exist is a mistake of ours and panics.
func (v View) Asset(name string) string { return v.site.assets.Address(name) }

// Scripts are the modules of the screen. A story does not go on by itself.
func (v View) Scripts() []string {
	if v.Story() && busy(v.Screen.Content) {
		return nil
	}
	return v.site.scripts[v.Screen.Name]
}

// Busy tells whether something on the screen goes on and will end: without a
// script the page is then asked for again.
func (v View) Busy() bool { return !v.Story() && busy(v.Screen.Content) }

func busy(content []screen.Element) bool {
	return slices.ContainsFunc(content, func(e screen.Element) bool { return e.Kind == screen.Busy || busy(e.Content) })
}

// Address is where a form, an action or a screen is found.
func (v View) Address(kind, name string) string { return v.site.address(kind, v.Screen.Name, name) }

// Alerts are the messages that stand above everything, Problems those that lead
// to a field, Notices what was done.
func (v View) Alerts() []screen.Message {
	return v.messages(func(m screen.Message) bool { return m.Tone == screen.Alert && m.Field == "" })
}

// Problems are the messages about single fields.
func (v View) Problems() []screen.Message {
	return v.messages(func(m screen.Message) bool { return m.Tone == screen.Alert && m.Field != "" })
}

// Notices are the messages of what was done.
func (v View) Notices() []screen.Message {
	return v.messages(func(m screen.Message) bool { return m.Tone == screen.Status })
}

func (v View) messages(are func(screen.Message) bool) (found []screen.Message) {
	for _, m := range v.Screen.Messages {
		if are(m) {
			found = append(found, m)
		}
	}
	return found
}

// Anchor is the id of the control of a field or group.
func (v View) Anchor(field string) string { return anchor(v.Screen.Content, field) }

func anchor(content []screen.Element, name string) string {
	for _, e := range content {
		switch {
		case e.Kind == screen.Group && e.Name == name:
			if i := slices.IndexFunc(e.Content, func(c screen.Element) bool { return c.Kind == screen.Input }); i >= 0 {
				return e.Content[i].Field.Name
			}
		case e.Kind == screen.Input && e.Field.Name == name && e.Field.Kind == "options":
			return name + "-" + e.Field.Choices[0].Value
		}
		if id := anchor(e.Content, name); id != "" {
			return id
		}
	}
	if slices.ContainsFunc(content, func(e screen.Element) bool { return e.Kind == screen.Input && e.Field.Name == name }) {
		return name
	}
	if slices.ContainsFunc(content, func(e screen.Element) bool { return e.Kind == screen.Act && e.Action.Value == "yes" }) &&
		name == "terms_agreed" {
		return name
	}
	return ""
}

// StatusOf is the status of a page that shows what was refused. What is no
// refusal panics.
func StatusOf(refused error) int {
	all := middleware.Each(refused)
	if len(all) == 0 {
		panic(refused) // Survive gives it an incident number
	}
	return middleware.Status(all[0].Kind)
}

// Show writes a screen that has no form of a registration.
func (f *Site) Show(w http.ResponseWriter, status int, m world.Snapshot, s screen.Screen) {
	f.Write(w, status, f.View(m, s))
}

// OfCompany and OfStore tell that a screen is none of the app's own: the
// company's page that leads to it, and the store.
func (v View) OfCompany() bool { return v.Screen.Name == "app_guide" }
func (v View) OfStore() bool   { return strings.HasPrefix(v.Screen.Name, "app_store_") }

// Icon is the drawing of a tab, as a path of SVG.
func (v View) Icon(tab string) string {
	return map[string]string{
		"home":      "M4 11 12 4l8 7v9h-5v-6H9v6H4z",
		"statement": "M6 3h12v18l-3-2-3 2-3-2-3 2zM9 8h6M9 12h6",
		"menu":      "M4 6h16M4 12h16M4 18h16",
	}[tab]
}
