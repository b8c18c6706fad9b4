package page_test

import (
	"bytes"
	"context"
	"io/fs"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"

	"example.com/netanswer/mocks/clock"
	"example.com/netanswer/sandbox/page"
	"example.com/netanswer/sandbox/screen"
	"example.com/netanswer/sandbox/store"
	"example.com/netanswer/sandbox/world"
)

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

func newSite(t *testing.T, files fs.FS) *page.Site {
	t.Helper()
	return page.New(
		page.Config{
			Service: newService(t),
			Files:   files,
			Assets:  "/app/assets/",
			Address: func(_, _, name string) string { return "/app/" + name },
		},
	)
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

func TestATroubleStandsInTheLayoutOfItsSite(t *testing.T) {
	t.Parallel()
	f := newSite(t, siteFiles("app"))
	var log bytes.Buffer
	mux := http.NewServeMux()
	mux.Handle("/app/sign", f.Only(page.Verbs{http.MethodPost: func(w http.ResponseWriter, r *http.Request) {
		if _, err := page.Read(r, "known"); err != nil {
			f.Trouble(w, r, err)
			return
		}
		panic("it broke")
	}}))
	mux.HandleFunc("/app/assets/{name}", f.Asset)
	mux.Handle("/", f.Sorry(http.StatusNotFound, "error.not_found"))
	h := f.Guard(mux, slog.New(slog.NewTextHandler(&log, nil)))

	tests := []struct {
		what, method, path string
		form               url.Values
		status             int
	}{
		{"no such page", http.MethodGet, "/nowhere", nil, http.StatusNotFound},
		{"no such file", http.MethodGet, "/app/assets/own.css", nil, http.StatusNotFound},
		{"another method", http.MethodGet, "/app/sign", nil, http.StatusMethodNotAllowed},
		{"a field that is not known", http.MethodPost, "/app/sign", url.Values{"other": {"x"}}, http.StatusBadRequest},
		{
			"a large body",
			http.MethodPost,
			"/app/sign",
			url.Values{"known": {strings.Repeat("x", 70_000)}},
			http.StatusRequestEntityTooLarge,
		},
		{"no form", http.MethodPost, "/app/sign", nil, http.StatusUnsupportedMediaType},
		{"a panic", http.MethodPost, "/app/sign", url.Values{"known": {"x"}}, http.StatusInternalServerError},
	}
	for _, test := range tests {
		w := serve(h, test.method, test.path, test.form)
		if w.Code != test.status || w.Header().Get("X-Frame-Options") != "DENY" {
			t.Errorf("%s: status %d, %v", test.what, w.Code, w.Header())
		}
		says(t, w, `data-site="app"`, `href="/app/home"`, "サンドボックス（テスト環境）", "noindex", `role="alert"`)
	}
	if !strings.Contains(log.String(), "it broke") {
		t.Errorf("the log does not tell of the panic: %s", &log)
	}
}

// TestAQuestionThatTookTooLongIsToldInTheMembersWords asks for a world when there is no
// more time for it.
func TestAQuestionThatTookTooLongIsToldInTheMembersWords(t *testing.T) {
	t.Parallel()
	f := newSite(t, siteFiles("app"))
	for _, why := range []error{context.DeadlineExceeded, context.Canceled, world.ErrAway, world.ErrWorlds} {
		h := f.Guard(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			ctx, cancel := context.WithCancel(r.Context())
			cancel()
			f.Trouble(w, r.WithContext(ctx), why)
		}), slog.New(slog.DiscardHandler))
		w := serve(h, http.MethodGet, "/", nil)
		if w.Code < 500 {
			t.Errorf("%v: status %d", why, w.Code)
		}
		says(t, w, `data-site="app"`, "サンドボックス（テスト環境）", `role="alert"`, "ください")
	}
}

func TestASiteHasTheSharedStyleSheetAndItsOwn(t *testing.T) {
	t.Parallel()
	f := newSite(t, siteFiles("app"))
	mux := http.NewServeMux()
	mux.HandleFunc("/app/assets/{name}", f.Asset)
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		if m, ok := f.Snapshot(w, r); ok {
			f.Show(w, http.StatusOK, m, screen.Home(m))
		}
	})
	sheets := hrefs(serve(mux, http.MethodGet, "/", nil).Body.String())
	if len(sheets) != 2 || !strings.HasPrefix(sheets[0], "/app/assets/style.") || !strings.HasPrefix(sheets[1], "/app/assets/own.") {
		t.Fatalf("style sheets %q", sheets)
	}
	for _, sheet := range sheets {
		if w := serve(mux, http.MethodGet, sheet, nil); w.Code != http.StatusOK ||
			w.Header().Get("Content-Type") != "text/css; charset=utf-8" ||
			w.Body.Len() == 0 {
			t.Errorf("%s: status %d, %v", sheet, w.Code, w.Header())
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

func TestMistakesOfASitePanic(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		files fs.FS
		want  string
	}{
		"a file with the name of a shared one": {siteFiles("app", "static/style.css", "x"), "page: two static files are called style.css"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(any(test.want), panics(func() { newSite(t, test.files) })); diff != "" {
				t.Errorf("panic (-want +got):\n%s", diff)
			}
		})
	}
}

// panics returns what do panics with, nil if it does not.
func panics(do func()) (with any) {
	defer func() { with = recover() }()
	do()
	return nil
}
