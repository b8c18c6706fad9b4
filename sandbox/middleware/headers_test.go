package middleware_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"example.com/netanswer/sandbox/middleware"
)

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

func TestAStoryMayBeFramedByItsOwnOriginAndSendsNothing(t *testing.T) {
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
