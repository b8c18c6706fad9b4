package console_test

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"testing"

	"example.com/netanswer/sandbox/console"
	"example.com/netanswer/sandbox/world"
)

const token = "a-token-of-the-tests"

func withToken(_ *world.Config, c *console.Config) { c.Token = token }

func TestTokenIsAskedForEverywhereButAtHealth(t *testing.T) {
	t.Parallel()
	s := newSandbox(t, withToken)
	s.token = "" // requests bring what the test gives them
	tests := map[string]struct {
		path   string
		bring  func(*http.Request)
		status int
	}{
		"the console without a token":            {"/worlds/default", func(*http.Request) {}, 401},
		"the API without a token":                {"/api/worlds", func(*http.Request) {}, 401},
		"a style sheet without a token":          {"/static/console.css", func(*http.Request) {}, 401},
		"a wrong bearer token":                   {"/api/worlds", func(r *http.Request) { r.Header.Set("Authorization", "Bearer x") }, 401},
		"an empty bearer token":                  {"/api/worlds", func(r *http.Request) { r.Header.Set("Authorization", "Bearer ") }, 401},
		"the token under another scheme":         {"/api/worlds", func(r *http.Request) { r.Header.Set("Authorization", "Digest "+token) }, 401},
		"the token as the name, not password":    {"/api/worlds", func(r *http.Request) { r.SetBasicAuth(token, "") }, 401},
		"the bearer token":                       {"/api/worlds", func(r *http.Request) { r.Header.Set("Authorization", "Bearer "+token) }, 200},
		"the token as a password, by any name":   {"/api/worlds", func(r *http.Request) { r.SetBasicAuth("anybody", token) }, 200},
		"the console with the token as password": {"/worlds/default", func(r *http.Request) { r.SetBasicAuth("", token) }, 200},
		"health without a token":                 {"/healthz", func(*http.Request) {}, 200},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			s := s.in(t)
			r := s.request(http.MethodGet, test.path, "")
			test.bring(r)
			got := s.send(r)
			if got.status != test.status {
				t.Fatalf("status %d, want %d: %s", got.status, test.status, got.text)
			}
			asked := strings.HasPrefix(got.header.Get("WWW-Authenticate"), "Basic ")
			if asked != (test.status == 401) {
				t.Errorf("WWW-Authenticate is %q", got.header.Get("WWW-Authenticate"))
			}
			if test.status == 401 && !strings.Contains(got.text, `"code":"token_required"`) {
				t.Errorf("no problem: %s", got.text)
			}
		})
	}
}

func TestPagesOfAnotherOriginChangeNothing(t *testing.T) {
	t.Parallel()
	s := newSandbox(t)
	for _, header := range []struct{ name, value string }{
		{"Sec-Fetch-Site", "cross-site"}, {"Sec-Fetch-Site", "same-site"}, {"Origin", "http://elsewhere.example"},
	} {
		for _, target := range []struct{ method, path string }{
			{"PUT", "/api/worlds/w"}, {"DELETE", "/api/worlds/default"}, {"POST", "/worlds/w/clock"}, {"POST", "/worlds/w/delete"},
		} {
			r := s.request(target.method, target.path, "{}")
			r.Header.Set(header.name, header.value)
			if got := s.send(r); got.status != 403 || !strings.Contains(got.text, "cross_origin") {
				t.Errorf("%s %s with %s: status %d: %s", target.method, target.path, header.value, got.status, got.text)
			}
		}
	}
	var list struct{ Total int }
	if s.call("GET", "/api/worlds", "", 200, &list); list.Total != 0 {
		t.Errorf("%d worlds exist, want none", list.Total)
	}
	r := s.request("GET", "/api/worlds", "")
	r.Header.Set("Sec-Fetch-Site", "cross-site")
	if got := s.send(r); got.header.Get("Access-Control-Allow-Origin") != "" {
		t.Error("another origin may read the API")
	}
}

func TestEveryAnswerIsSafe(t *testing.T) {
	t.Parallel()
	s := newSandbox(t)
	for _, path := range []string{"/worlds/default", "/api/worlds", "/static/console.js", "/nothing", "/api/docs/"} {
		h := s.send(s.request("GET", path, "")).header
		if h.Get("X-Content-Type-Options") != "nosniff" || h.Get("Cache-Control") != "no-store" || !strings.HasPrefix(h.Get("X-Robots-Tag"), "noindex") {
			t.Errorf("%s: headers %v", path, h)
		}
		if csp := h.Get("Content-Security-Policy"); !strings.Contains(csp, "frame-ancestors 'none'") {
			t.Errorf("%s: Content-Security-Policy is %q", path, csp)
		}
	}
	if csp := s.send(s.request("GET", "/worlds/default", "")).header.Get("Content-Security-Policy"); strings.Contains(csp, "unsafe") {
		t.Errorf("the console allows inline script or style: %q", csp)
	}
}

func TestWrongPathAndWrongMethod(t *testing.T) {
	t.Parallel()
	s := newSandbox(t)
	s.refused("GET", "/api/nothing", "", 404, "not_found")
	s.refused("GET", "/api/worlds/w/nothing", "", 404, "not_found")
	s.refused("POST", "/api/worlds", "{}", 405, "method_not_allowed")
	s.refused("DELETE", "/api/rules", "", 405, "method_not_allowed")
	if got := s.send(s.request("PUT", "/api/worlds/w/clock", "{}")); got.header.Get("Allow") != "GET, PATCH" {
		t.Errorf("Allow is %q", got.header.Get("Allow"))
	}
	if got := s.send(s.request("GET", "/nothing", "")); got.status != 404 || !strings.Contains(got.text, "ページが見つかりません") {
		t.Errorf("status %d: %s", got.status, got.text)
	}
}

// brokenStore cannot be read.
type brokenStore struct{ world.Store }

func (brokenStore) View(context.Context, string) (world.State, error) {
	return world.State{}, errors.New("disk on fire")
}

func TestFailureOfTheSandboxHasAnIncidentNumberAndTellsNoMore(t *testing.T) {
	t.Parallel()
	s := newSandbox(t, func(c *world.Config, _ *console.Config) { c.Store = brokenStore{} })
	p := s.refused("GET", "/api/worlds/w", "", 500, "internal")
	if !strings.Contains(p.Detail, "incident ") || strings.Contains(p.Detail, "fire") {
		t.Errorf("detail %q", p.Detail)
	}
	got := s.send(s.request("GET", "/worlds/w", ""))
	if got.status != 500 || !strings.Contains(got.text, "番号: ") || strings.Contains(got.text, "fire") {
		t.Errorf("status %d: %s", got.status, got.text)
	}
	s.call("GET", "/healthz", "", 200, nil)
}
