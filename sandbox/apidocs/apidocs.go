// Package apidocs shows an OpenAPI 3.1 document as a page in Japanese, for people:
// its operations in the order of the document's x-order, part by part, with
// examples, refusals and a form that sends a request. It works on a phone and
// needs nothing from elsewhere. Without scripts it can be read.
//
// It models what our own documents use of OpenAPI, not all of it.
package apidocs

import (
	"bytes"
	"embed"
	"encoding/json"
	"fmt"
	"html/template"
	"net/http"
	"strings"
	"sync"
)

//go:embed page.html static
var files embed.FS

// A Config is what a page is made of.
type Config struct {
	Path     string                 // where the page stands, with a slash at the end
	Address  string                 // where programs find the document
	Document func() ([]byte, error) // the document in JSON; asked for once
}

// New returns the handler of everything below the path.
func New(c Config) http.Handler {
	page := template.Must(template.New("page.html").ParseFS(files, "page.html"))
	made := sync.OnceValues(func() ([]byte, error) {
		text, err := c.Document()
		if err != nil {
			return nil, err
		}
		var d document
		if err := json.Unmarshal(text, &d); err != nil {
			return nil, fmt.Errorf("document of %s: %w", c.Path, err)
		}
		var out bytes.Buffer
		err = page.Execute(&out, d.view(c))
		return out.Bytes(), err
	})
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		secure(w.Header())
		below := strings.TrimPrefix(r.URL.Path, c.Path)
		if below != "" {
			http.ServeFileFS(w, r, files, "static/"+below)
			return
		}
		html, err := made()
		if err != nil {
			panic(err) // middleware.Survive gives it an incident number
		}
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		_, _ = w.Write(html) // a reader who went away is no error of ours
	})
}

// secure lets the page send requests to where it is from, and nothing else.
func secure(h http.Header) {
	h.Set("Content-Security-Policy", "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "+
		"img-src data:; form-action 'none'; base-uri 'none'; frame-ancestors 'none'")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("X-Robots-Tag", "noindex, nofollow")
	h.Set("Cache-Control", "no-store")
}
