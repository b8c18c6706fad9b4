package web

import (
	"bytes"
	"html/template"
	"net/http"
	"path"
	"strconv"
	"strings"
	"sync"

	"example.com/netanswer/sandbox/registration"
	"example.com/netanswer/sandbox/world"
)

// A frame is what every page has around its content. The view of a screen
// embeds one.
type frame struct {
	Screen   string   // whose texts and template: input, confirm, …
	Progress string   // the step shown as the current one, "" where none is shown
	Alerts   []string // what went wrong as a whole
	Notices  []string // what was done
	Faults   []fault  // what is wrong with single fields

	Exhibit bool // in the gallery: looked at only, so nothing leads on or takes the focus

	moment world.Moment
	assets assets
}

// newFrame is the frame of a screen with nothing to tell.
func (s *site) newFrame(m world.Moment, screen string) frame {
	return frame{Screen: screen, Progress: progress[screen], Exhibit: s.exhibit, moment: m, assets: s.assets}
}

// progress is the step that a screen belongs to (p26-6). The identity check is
// part of 「確認」: the guide calls both STEP 02.
var progress = map[string]string{
	string(registration.Input):         "input",
	string(registration.Confirm):       "confirm",
	string(registration.AwaitPasscode): "confirm",
	string(registration.AwaitCall):     "confirm",
	string(registration.Completed):     "completed",
}

// Say answers with a sentence in the world's wording.
func (f frame) Say(id string, pairs ...string) string { return f.moment.Say(id, pairs...) }

// Title is what the screen is called.
func (f frame) Title() string { return f.Say(f.Screen + ".title") }

// Steps are the steps of the progress, in order.
func (f frame) Steps() []string { return []string{"input", "confirm", "completed"} }

// Asset is the address of a static file.
func (f frame) Asset(name string) string { return f.assets.address(name) }

// A screens holds the parsed template of each screen. It is never changed.
type screens map[string]*template.Template

// parseScreens reads every template. A mistake in one is a mistake of ours, so
// it panics.
func parseScreens() screens {
	const layout = "templates/layout.html"
	base := template.Must(template.New("layout.html").ParseFS(files, layout))
	names, err := files.ReadDir("templates")
	if err != nil {
		panic(err)
	}
	all := screens{}
	for _, name := range names {
		if file := "templates/" + name.Name(); file != layout {
			all[strings.TrimSuffix(name.Name(), path.Ext(file))] = template.Must(template.Must(base.Clone()).ParseFS(files, file))
		}
	}
	return all
}

var buffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// write renders a screen and sends it with status. Nothing is sent before all
// of it is rendered, so a failure is a whole page too.
func (s *site) write(w http.ResponseWriter, status int, name string, view any) {
	b := buffers.Get().(*bytes.Buffer)
	defer buffers.Put(b)
	b.Reset()
	if err := s.screens[name].Execute(b, view); err != nil {
		panic(err) // Survive gives it an incident number
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Content-Length", strconv.Itoa(b.Len()))
	w.WriteHeader(status)
	_, _ = w.Write(b.Bytes()) // a browser that went away is no error of ours
}

// moment is the world of a request as it is now. Where it cannot be had, that
// is answered already and ok is false.
func (s *site) moment(w http.ResponseWriter, r *http.Request) (m world.Moment, ok bool) {
	m, err := s.service.Moment(worldOf(r))
	if err != nil {
		s.trouble(w, r, err)
		return m, false
	}
	return m, true
}
