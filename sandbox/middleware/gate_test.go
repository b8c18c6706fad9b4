package middleware_test

import (
	"bytes"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"example.com/netanswer/sandbox/middleware"
	"example.com/netanswer/sandbox/registration"
)

func TestTheWorldOfARequest(t *testing.T) {
	for _, tt := range []struct {
		name, host, header string
		want               string // "" where it is refused
	}{
		{"none named", "127.0.0.1:8080", "", "default"},
		{"by host", "mine.localhost:8080", "", "mine"},
		{"by host without a port", "mine.localhost", "", "mine"},
		{"by host in capitals", "Mine.Localhost", "", "mine"},
		{"by header", "127.0.0.1", "mine", "mine"},
		{"by both, the same", "mine.localhost", "mine", "mine"},
		{"by both, two", "mine.localhost", "yours", ""},
		{"a host of two labels", "a.b.localhost", "", ""},
		{"a header that cannot be", "127.0.0.1", "no such", ""},
		{"another host", "[::1]:8080", "", "default"},
	} {
		got := ""
		h := middleware.Worlds(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { got = middleware.World(r.Context()) }),
			func(w http.ResponseWriter, _ *http.Request, err error) { middleware.Trouble(err).Write(w) })
		r := httptest.NewRequest(http.MethodGet, "/", nil)
		r.Host = tt.host
		if tt.header != "" {
			r.Header.Set(middleware.Header, tt.header)
		}
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		if got != tt.want || tt.want == "" && w.Code != http.StatusBadRequest {
			t.Errorf("%s: %q with %d, want %q", tt.name, got, w.Code, tt.want)
		}
	}
}

func TestAPanicIsLoggedWithItsNumberAndNothingOfTheRequest(t *testing.T) {
	var log bytes.Buffer
	told := ""
	h := middleware.Survive(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { panic("broken") }),
		slog.New(slog.NewTextHandler(&log, nil)), func(w http.ResponseWriter, _ *http.Request, incident string) {
			told = incident
			w.WriteHeader(http.StatusInternalServerError)
		})
	w := httptest.NewRecorder()
	h.ServeHTTP(w, httptest.NewRequest(http.MethodPost, "/x?card=4242420000010017", strings.NewReader("Secret-2026")))
	if w.Code != 500 || told == "" || !strings.Contains(log.String(), told) || !strings.Contains(log.String(), "broken") {
		t.Errorf("%d %q %s", w.Code, told, log.String())
	}
	if strings.Contains(log.String(), "4242420000010017") || strings.Contains(log.String(), "Secret-2026") {
		t.Errorf("the log tells the request: %s", log.String())
	}
}

func TestABodyBeyondTheBoundIsNotRead(t *testing.T) {
	h := middleware.Bound(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		var large *http.MaxBytesError
		if data, err := io.ReadAll(r.Body); !errors.As(err, &large) || len(data) > 10 {
			t.Errorf("%d bytes, %v", len(data), err)
		}
	}), 10)
	h.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest(http.MethodPost, "/", strings.NewReader(strings.Repeat("x", 100))))
}

func TestEveryKindOfErrorHasAStatus(t *testing.T) {
	for kind, want := range map[registration.Kind]int{registration.Invalid: 422, registration.Conflict: 409, registration.Gone: 410,
		registration.NotFound: 404, registration.Forbidden: 401, registration.TooMany: 429, registration.Unready: 503} {
		if got := middleware.Status(kind); got != want {
			t.Errorf("%s: %d, want %d", kind, got, want)
		}
	}
	defer func() {
		if recover() == nil {
			t.Error("an unknown kind has a status")
		}
	}()
	middleware.Status("no such kind")
}

func TestThePagesHeaders(t *testing.T) {
	w := httptest.NewRecorder()
	middleware.Secure(http.NotFoundHandler()).ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/", nil))
	for name, want := range map[string]string{"Content-Security-Policy": "frame-ancestors 'none'", "X-Content-Type-Options": "nosniff",
		"X-Robots-Tag": "noindex", "Cache-Control": "no-store", "Referrer-Policy": "same-origin"} {
		if got := w.Header().Get(name); !strings.Contains(got, want) {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
	if csp := w.Header().Get("Content-Security-Policy"); strings.Contains(csp, "unsafe") {
		t.Errorf("the policy allows %s", csp)
	}
}

func TestAnStoryMayBeFramedByItsOwnOriginAndSendsNothing(t *testing.T) {
	headers := func(h http.Handler) http.Header {
		w := httptest.NewRecorder()
		middleware.Secure(h).ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/", nil)) // the listener's own come first
		return w.Header()
	}
	page, story := headers(http.NotFoundHandler()), headers(middleware.SecureStory(http.NotFoundHandler()))
	for _, part := range []string{"frame-ancestors 'self'", "frame-src 'self'", "form-action 'none'", "script-src 'self'"} {
		if csp := story.Get("Content-Security-Policy"); !strings.Contains(csp, part) {
			t.Errorf("the policy %q lacks %s", csp, part)
		}
	}
	if page.Get("X-Frame-Options") != "DENY" || story.Get("X-Frame-Options") != "SAMEORIGIN" {
		t.Errorf("frames: %q for a page, %q for a story", page.Get("X-Frame-Options"), story.Get("X-Frame-Options"))
	}
	for _, name := range []string{"X-Content-Type-Options", "Referrer-Policy", "X-Robots-Tag", "Cache-Control"} {
		if page.Get(name) == "" || page.Get(name) != story.Get(name) {
			t.Errorf("%s: %q for a page, %q for a story", name, page.Get(name), story.Get(name))
		}
	}
}
