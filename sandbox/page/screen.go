package page

import (
	"bytes"
	"html/template"
	"io/fs"
	"net/http"
	"strconv"
	"sync"
)

// parseLayout reads the one template of a site: its own layout, around the
// partials that all share. A mistake in it is a mistake of ours, so it panics.
func parseLayout(own fs.FS) *template.Template {
	base := template.New("layout.html").Funcs(template.FuncMap{"in": in, "add": func(a, b int) int { return a + b }, "whole": keepWhole})
	base = template.Must(base.ParseFS(files, "parts/*.html"))
	return template.Must(base.ParseFS(own, "templates/layout.html"))
}

var buffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// Write renders a view and sends it with status. Nothing is sent before all of
// it is rendered, so a failure is a whole page too.
func (f *Site) Write(w http.ResponseWriter, status int, v View) { Send(w, status, f.layout, v) }

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
