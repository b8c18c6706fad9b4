package server_test

import (
	"io"
	"net/http"
	"strings"
	"testing"

	"example.com/netanswer/sandbox/server"
	"example.com/netanswer/test/sandboxtest"
)

const token = "a-token-of-the-tests"

// ask sends a request, changed by bring, and reads what comes back.
func ask(t *testing.T, method, url string, bring func(*http.Request)) (status int, header http.Header, text string) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, url, strings.NewReader("{}"))
	if err != nil {
		t.Fatal(err)
	}
	bring(r)
	resp, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return resp.StatusCode, resp.Header, string(body)
}

func asIs(*http.Request) {}

func TestTokenIsAskedForEverywhereButAtHealth(t *testing.T) {
	t.Parallel()
	s := sandboxtest.Start(t, func(c *server.Config) { c.Token = token })
	tests := map[string]struct {
		path   string
		bring  func(*http.Request)
		status int
	}{
		"the console without a token":   {"/worlds/default", func(*http.Request) {}, 401},
		"the API without a token":       {"/api/worlds", func(*http.Request) {}, 401},
		"a style sheet without a token": {"/static/console.css", func(*http.Request) {}, 401},
		"a wrong bearer token":          {"/api/worlds", func(r *http.Request) { r.Header.Set("Authorization", "Bearer x") }, 401},
		"an empty bearer token":         {"/api/worlds", func(r *http.Request) { r.Header.Set("Authorization", "Bearer ") }, 401},
		"the token under another scheme": {
			"/api/worlds",
			func(r *http.Request) { r.Header.Set("Authorization", "Digest "+token) },
			401,
		},
		"the token as the name, not password": {"/api/worlds", func(r *http.Request) { r.SetBasicAuth(token, "") }, 401},
		"the bearer token": {
			"/api/worlds",
			func(r *http.Request) { r.Header.Set("Authorization", "Bearer "+token) },
			200,
		},
		"the token as a password, by any name":   {"/api/worlds", func(r *http.Request) { r.SetBasicAuth("anybody", token) }, 200},
		"the console with the token as password": {"/worlds/default", func(r *http.Request) { r.SetBasicAuth("", token) }, 200},
		"health without a token":                 {"/healthz", func(*http.Request) {}, 200},
	}
	for name, test := range tests {
		status, header, text := ask(t, http.MethodGet, s.ConsoleURL+test.path, test.bring)
		if status != test.status {
			t.Errorf("%s: status %d, want %d: %s", name, status, test.status, text)
		}
		if asked := strings.HasPrefix(header.Get("WWW-Authenticate"), "Basic "); asked != (test.status == 401) {
			t.Errorf("%s: WWW-Authenticate is %q", name, header.Get("WWW-Authenticate"))
		}
		if test.status == 401 && !strings.Contains(text, `"code":"token_required"`) {
			t.Errorf("%s: no problem: %s", name, text)
		}
	}
}

func TestPagesOfAnotherOriginChangeNothing(t *testing.T) {
	t.Parallel()
	s := sandboxtest.Start(t)
	for _, header := range []struct{ name, value string }{
		{"Sec-Fetch-Site", "cross-site"}, {"Sec-Fetch-Site", "same-site"}, {"Origin", "http://elsewhere.example"},
	} {
		for _, target := range []struct{ method, path string }{
			{"PUT", "/api/worlds/w"}, {"DELETE", "/api/worlds/default"}, {"POST", "/worlds/w/clock"}, {"POST", "/worlds/w/delete"},
		} {
			status, _, text := ask(
				t,
				target.method,
				s.ConsoleURL+target.path,
				func(r *http.Request) { r.Header.Set(header.name, header.value) },
			)
			if status != 403 || !strings.Contains(text, "cross_origin") {
				t.Errorf("%s %s with %s: status %d: %s", target.method, target.path, header.value, status, text)
			}
		}
	}
	if all, err := s.Service.Worlds(t.Context()); err != nil || len(all) != 0 {
		t.Errorf("%d worlds exist, want none: %v", len(all), err)
	}
	_, header, _ := ask(
		t,
		http.MethodGet,
		s.ConsoleURL+"/api/worlds",
		func(r *http.Request) { r.Header.Set("Sec-Fetch-Site", "cross-site") },
	)
	if header.Get("Access-Control-Allow-Origin") != "" {
		t.Error("another origin may read the API")
	}
}

func TestEveryAnswerOfTheConsoleIsSafe(t *testing.T) {
	t.Parallel()
	s := sandboxtest.Start(t)
	for _, path := range []string{"/worlds/default", "/api/worlds", "/static/console.js", "/nothing", "/api/docs/"} {
		_, h, _ := ask(t, http.MethodGet, s.ConsoleURL+path, asIs)
		if h.Get("X-Content-Type-Options") != "nosniff" || h.Get("Cache-Control") != "no-store" ||
			!strings.HasPrefix(h.Get("X-Robots-Tag"), "noindex") {
			t.Errorf("%s: headers %v", path, h)
		}
		if csp := h.Get("Content-Security-Policy"); !strings.Contains(csp, "frame-ancestors 'none'") {
			t.Errorf("%s: Content-Security-Policy is %q", path, csp)
		}
	}
	_, h, _ := ask(t, http.MethodGet, s.ConsoleURL+"/worlds/default", asIs)
	if csp := h.Get("Content-Security-Policy"); strings.Contains(csp, "unsafe") || !strings.Contains(csp, "frame-src 'self'") {
		t.Errorf("the console's policy is %q", csp)
	}
}

func TestPagesAndAPIShareAListener(t *testing.T) {
	t.Parallel()
	s := sandboxtest.Start(t)
	for path, want := range map[string]struct {
		status int
		says   string
	}{
		"/nothing":     {404, "ページが見つかりません"},
		"/api/nothing": {404, `"code":"not_found"`},
		"/healthz":     {200, `"status":"ok"`},
		"/gallery/no":  {404, "role=\"alert\""},
	} {
		if status, _, text := ask(t, http.MethodGet, s.ConsoleURL+path, asIs); status != want.status || !strings.Contains(text, want.says) {
			t.Errorf("%s: status %d: %.300s", path, status, text)
		}
	}
	if status, _, text := ask(t, http.MethodPost, s.ConsoleURL+"/healthz", asIs); status != 405 || !strings.Contains(text, `"code":"method_not_allowed"`) {
		t.Errorf("posting to health: status %d: %.300s", status, text)
	}
}
