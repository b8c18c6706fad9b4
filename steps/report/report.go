// Package report writes the page that people open after a run: what failed
// first, each failure with all that is known of it in one place, then what is
// flaky, the rules by driver, what took long, and how earlier runs went. It is
// one file that needs nothing beside it, on a desk and on a phone.
//
// The reports of machines are made by package runner.
package report

import (
	"bytes"
	"embed"
	"fmt"
	"html/template"
	"os"
	"path/filepath"

	"example.com/netanswer/steps/runner"
	"example.com/netanswer/steps/say"
)

// File is the name of the page in the folder of the reports.
const File = "index.html"

//go:embed page
var files embed.FS

// A Page says how the page is written. The zero value is Japanese, without a
// history.
type Page struct {
	Language say.Language
	History  string // the folder where runs are kept, this one as well; "" for none
	Pictures int    // bytes of pictures that the page holds; 0: 24 MiB. Those beyond are linked to
}

// maxPictures bounds the pictures in the page where Page says nothing.
const maxPictures = 24 << 20

// Write writes the page of a result beside its other reports in dir, and keeps
// the run in the history.
func (p Page) Write(dir string, r runner.Result) error {
	v := view{Result: r, Language: p.Language, dir: dir, room: p.Pictures}
	if v.room == 0 {
		v.room = maxPictures
	}
	if p.History != "" {
		before, err := readHistory(p.History)
		if err != nil {
			return err
		}
		now := recordOf(r)
		if !r.Interrupted {
			if err := now.write(p.History); err != nil {
				return err
			}
		}
		v.History = &history{before: before, now: now}
	}
	v.failures()
	text, err := v.render()
	if err == nil {
		err = os.WriteFile(filepath.Join(dir, File), text, 0o644)
	}
	if err != nil {
		return fmt.Errorf("write %s: %w", File, err)
	}
	return nil
}

func (v *view) render() ([]byte, error) {
	set, err := template.New("").Funcs(template.FuncMap{"say": v.Language.Of}).ParseFS(files, "page/*.html")
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	err = set.ExecuteTemplate(&out, "page", v)
	return out.Bytes(), err
}

func asset(name string) string {
	text, err := files.ReadFile("page/" + name)
	if err != nil {
		panic(err) // it is embedded
	}
	return string(text)
}

// Style and Script stand in the page.
func (*view) Style() template.CSS { return template.CSS(asset("page.css")) }

// Script is the search, and what opens and copies.
func (*view) Script() template.JS { return template.JS(asset("page.js")) }
