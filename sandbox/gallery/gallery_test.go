package gallery_test

import (
	"fmt"
	"html"
	"io/fs"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"

	"example.com/netanswer/mocks/clock"
	"example.com/netanswer/sandbox/gallery"
	"example.com/netanswer/sandbox/page"
	"example.com/netanswer/sandbox/screen"
	"example.com/netanswer/sandbox/store"
	"example.com/netanswer/sandbox/world"
)

// section is a small section with a story for each name.
func section(service *world.Service, name string, stories ...string) gallery.Section {
	f := page.New(
		page.Config{
			Service: service,
			Files:   siteFiles(name),
			Assets:  gallery.Assets(name),
			Address: func(_, _, name string) string { return "/" + name },
			Story:   true,
		},
	)
	h := gallery.Section{Name: name, Title: "館" + name, Site: f}
	for _, e := range stories {
		h.Stories = append(h.Stories, gallery.Story{Name: e, Screen: "home", State: "状態" + e, Rules: []string{"p25-1"},
			Make: func(m world.Snapshot) screen.Screen {
				return screen.Trouble(m, screen.Told{Notices: []string{m.Now.Format("15:04")}})
			}})
	}
	return h
}

func TestTheGalleryIsSortedBySectionsAndScreens(t *testing.T) {
	t.Parallel()
	service := newService(t)
	g := gallery.New(slog.New(slog.DiscardHandler), nil, section(service, "web", "home", "home-late"), section(service, "app", "app-home"))
	index := serve(g, http.MethodGet, "/gallery/", nil)
	says(
		t,
		index,
		`href="#section-web"`,
		`href="#section-app"`,
		`href="#screen-web-home"`,
		`href="#screen-app-home"`,
		"館web",
		"館app",
		"3の状態",
		"/gallery/screens/home-late",
		"/gallery/screens/app-home",
		"<li>p25-1</li>",
	)
	if n := strings.Count(index.Body.String(), `class="screen"`); n != 2 {
		t.Errorf("%d screens, want one for each section", n)
	}
	for _, sheet := range hrefs(index.Body.String()) {
		if w := serve(g, http.MethodGet, sheet, nil); w.Code != http.StatusOK {
			t.Errorf("%s: status %d", sheet, w.Code)
		}
	}
}

// TestTheGalleryIsSearched has chapters, of which the first is open at first, and all
// of what is found.
func TestTheGalleryIsSearched(t *testing.T) {
	t.Parallel()
	service := newService(t)
	g := gallery.New(slog.New(slog.DiscardHandler), nil, section(service, "web", "home", "home-late"), section(service, "app", "app-home"))
	index := serve(g, http.MethodGet, "/gallery/", nil)
	if n := strings.Count(index.Body.String(), "<details open>"); n != 1 || strings.Count(index.Body.String(), "<details>") != 1 {
		t.Errorf("%d chapters are open, want the first of two", n)
	}
	for words, want := range map[string][]string{"LATE": {"home-late"}, "館app": {"app-home"}, "p25-1 状態home": {"home", "home-late"}, "<none>": nil} {
		found := serve(g, http.MethodGet, "/gallery/?q="+url.QueryEscape(words), nil)
		says(t, found, fmt.Sprintf("の画面は%dの状態です", len(want)), html.EscapeString(words))
		for _, name := range []string{"home", "home-late", "app-home"} {
			if strings.Contains(found.Body.String(), `<article id="`+name+`"`) != slices.Contains(want, name) {
				t.Errorf("%s: %s is shown, or not", words, name)
			}
		}
		if strings.Contains(found.Body.String(), "<details>") {
			t.Errorf("%s: a chapter of what was found is closed", words)
		}
	}
}

// TestEachSectionHasItsOwnFiles is about files that are called the same in two sites.
func TestEachSectionHasItsOwnFiles(t *testing.T) {
	t.Parallel()
	service := newService(t)
	g := gallery.New(slog.New(slog.DiscardHandler), nil, section(service, "web", "home"), section(service, "app", "app-home"))
	for name, story := range map[string]string{"web": "home", "app": "app-home"} {
		w := serve(g, http.MethodGet, "/gallery/screens/"+story, nil)
		says(t, w, `data-site="`+name+`"`, `<p>12:00</p>`, `src="/gallery/assets/`+name+`/story.`)
		sheets := hrefs(w.Body.String())
		if own := serve(g, http.MethodGet, sheets[len(sheets)-1], nil); own.Body.String() != "/* "+name+" */" {
			t.Errorf("%s: %s is %s", name, sheets[len(sheets)-1], own.Body)
		}
	}
	for _, path := range []string{"/gallery/screens/no-such", "/gallery/assets/no-such.css", "/gallery/assets/app/no-such.css", "/elsewhere"} {
		if w := serve(g, http.MethodGet, path, nil); w.Code != http.StatusNotFound || !strings.Contains(w.Body.String(), `role="alert"`) {
			t.Errorf("%s: status %d", path, w.Code)
		}
	}
}

func TestMistakesOfTheGalleryPanic(t *testing.T) {
	t.Parallel()
	service := newService(t)
	stranger := section(service, "app", "app-home")
	stranger.Name = "other"
	members := gallery.Section{
		Name: "app",
		Site: page.New(
			page.Config{
				Service: service,
				Files:   siteFiles("app"),
				Assets:  gallery.Assets("app"),
				Address: func(_, _, name string) string { return "/" + name },
			},
		),
	}
	tests := map[string]struct {
		sections []gallery.Section
		want     string
	}{
		"two stories of one name": {
			[]gallery.Section{section(service, "web", "home"), section(service, "app", "home")},
			"gallery: two stories are called home",
		},
		"a site of other addresses":   {[]gallery.Section{stranger}, "gallery: the site of the section other is not made for the gallery"},
		"a site that members may use": {[]gallery.Section{members}, "gallery: the site of the section app is not made for the gallery"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(any(test.want), panics(func() {
				gallery.New(slog.New(slog.DiscardHandler), nil,
					test.sections...)
			})); diff != "" {
				t.Errorf("panic (-want +got):\n%s", diff)
			}
		})
	}
}

// newService returns a sandbox of the test's own.
func newService(t *testing.T) *world.Service {
	t.Helper()
	noon := func() time.Time { return time.Date(2026, 11, 20, 12, 0, 0, 0, clock.Japan) }
	s, err := world.New(world.Config{Machine: noon, Bounds: world.DefaultBounds(), Store: store.NewMemory(noon, world.DefaultBounds())})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// siteFiles is the files of a small site, with some of them replaced.
func siteFiles(name string, pairs ...string) fs.FS {
	files := fstest.MapFS{
		"templates/layout.html": {
			Data: []byte(
				`<html><head>{{template "head" .}}</head><body data-site="` + name + `">{{template "sandbox" .}}{{template "screen" .}}</body></html>` +
					`{{define "styles"}}<link rel="stylesheet" href="{{.Asset "own.css"}}">{{end}}`,
			),
		},
		"static/own.css": {Data: []byte("/* " + name + " */")},
	}
	for i := 0; i+1 < len(pairs); i += 2 {
		files[pairs[i]] = &fstest.MapFile{Data: []byte(pairs[i+1])}
	}
	return files
}

// serve answers a request as a browser would send it.
func serve(h http.Handler, method, path string, form url.Values) *httptest.ResponseRecorder {
	r, w := httptest.NewRequest(method, path, strings.NewReader(form.Encode())), httptest.NewRecorder()
	if form != nil {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	h.ServeHTTP(w, r)
	return w
}

// says checks that a page says each of the words.
func says(t *testing.T, w *httptest.ResponseRecorder, words ...string) {
	t.Helper()
	for _, word := range words {
		if !strings.Contains(w.Body.String(), word) {
			t.Errorf("the page does not say %q:\n%s", word, w.Body)
		}
	}
}

// hrefs are the addresses of a page's style sheets.
func hrefs(body string) []string {
	var all []string
	for _, part := range strings.Split(body, `<link rel="stylesheet" href="`)[1:] {
		all = append(all, part[:strings.Index(part, `"`)])
	}
	return all
}

// panics returns what do panics with, nil if it does not.
func panics(do func()) (with any) {
	defer func() { with = recover() }()
	do()
	return nil
}
