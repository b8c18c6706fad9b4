package page

import (
	"bytes"
	"html/template"
	"io/fs"
	"net/http"
	"path"
	"strconv"
	"strings"
	"sync"
)

// A screens holds the parsed template of each screen. It is never changed.
type screens map[string]*template.Template

// parseScreens reads the templates of a site, within its own layout. The shared
// screens are rendered in that layout too. A mistake in one is a mistake of
// ours, so it panics.
func parseScreens(own fs.FS) screens {
	base := template.Must(template.New("layout.html").ParseFS(files, "parts/*.html"))
	base = template.Must(base.ParseFS(own, "templates/layout.html"))
	all := screens{}
	for _, from := range []struct {
		files  fs.FS
		folder string
	}{{files, "screens"}, {own, "templates"}} {
		names, err := fs.ReadDir(from.files, from.folder)
		if err != nil {
			panic(err)
		}
		for _, name := range names {
			if name.Name() == "layout.html" {
				continue
			}
			screen := strings.TrimSuffix(name.Name(), path.Ext(name.Name()))
			if all[screen] != nil {
				panic("page: the screen " + screen + " is a shared one")
			}
			all[screen] = template.Must(template.Must(base.Clone()).ParseFS(from.files, from.folder+"/"+name.Name()))
		}
	}
	return all
}

var buffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// Write renders the template of that name with a view, which is a Frame or
// embeds one, and sends it with status. Nothing is sent before all of it is
// rendered, so a failure is a whole page too.
func (f *Site) Write(w http.ResponseWriter, status int, name string, view any) {
	screen, ok := f.screens[name]
	if !ok {
		panic("page: no template " + name)
	}
	Send(w, status, screen, view)
}

// Send renders a template with a view and sends it with status: all of it, or
// nothing where it cannot be rendered.
func Send(w http.ResponseWriter, status int, page *template.Template, view any) {
	b := buffers.Get().(*bytes.Buffer)
	defer buffers.Put(b)
	b.Reset()
	if err := page.Execute(b, view); err != nil {
		panic(err) // Survive gives it an incident number
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Content-Length", strconv.Itoa(b.Len()))
	w.WriteHeader(status)
	_, _ = w.Write(b.Bytes()) // a browser that went away is no error of ours
}
