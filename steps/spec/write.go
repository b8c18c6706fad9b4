package spec

import (
	"embed"
	"errors"
	"fmt"
	"html/template"
	"os"
	"path/filepath"
	"strings"
)

//go:embed site
var files embed.FS

// The pages of a site. Each is one template of its own name.
var pages = []struct{ File, Title string }{
	{"index.html", "はじめに"},
	{"rules.html", "規則"},
	{"features.html", "機能とシナリオ"},
	{"screens.html", "画面"},
	{"messages.html", "届くもの"},
	{"states.html", "状態"},
	{"changes.html", "変更"},
}

// Write writes the site into a folder, which is made where it is not there. What
// a site of before left there is replaced; pictures are left as they are.
func (s Source) Write(dir string) error {
	style, err := files.ReadFile("site/spec.css")
	if err != nil {
		return err
	}
	script, err := files.ReadFile("site/spec.js")
	if err != nil {
		return err
	}
	v := s.view()
	v.style, v.script = string(style), string(script)
	set, err := template.New("").
		Funcs(template.FuncMap{"machine": func(i int) string { return fmt.Sprintf("machine-%d", i) }, "has": strings.Contains}).
		ParseFS(files, "site/*.html")
	if err != nil {
		return err
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return fmt.Errorf("write site: %w", err)
	}
	for _, p := range pages {
		v.Here, v.Title = p.File, p.Title
		if err := write(filepath.Join(dir, p.File), set, p.File, v); err != nil {
			return fmt.Errorf("write site: %w", err)
		}
	}
	for _, p := range v.Pages {
		for _, r := range p.Rules {
			v.Here, v.Title, v.Rule = r.File(), r.ID, &r
			if err := write(filepath.Join(dir, r.File()), set, "rule.html", v); err != nil {
				return fmt.Errorf("write site: %w", err)
			}
		}
	}
	return s.manifest().write(dir)
}

func write(file string, set *template.Template, name string, v view) (err error) {
	f, err := os.Create(file)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	return set.ExecuteTemplate(f, name, v)
}

// A link leads to another page of the site.
type link struct {
	File, Title string
	Here        bool
}

// Nav are the pages of the site.
func (v view) Nav() []link {
	var all []link
	for _, p := range pages {
		all = append(all, link{p.File, p.Title, p.File == v.Here})
	}
	return all
}

// Style and Script stand in each page: a page that is read as a file may load no
// module from another.
func (v view) Style() template.CSS { return template.CSS(v.style) }

// Script is the search.
func (v view) Script() template.JS { return template.JS(v.script) }
