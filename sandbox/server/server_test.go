package server_test

import (
	"log/slog"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"

	"example.com/netanswer/sandbox/server"
	"example.com/netanswer/sandbox/web"
	"example.com/netanswer/test/sandboxtest"
)

func TestTheConsoleLeadsToAMappedPort(t *testing.T) {
	s := sandboxtest.Start(t, func(c *server.Config) { c.Public = "http://{world}.localhost:18080" })
	for _, path := range []string{"/worlds/mine", "/api/worlds/mine"} {
		if status, body := sandboxtest.Fetch(t, s.ConsoleURL+path, ""); status != http.StatusOK ||
			!strings.Contains(body, "http://mine.localhost:18080/") {
			t.Errorf("%s: %d %s", path, status, body)
		}
	}
	if front := s.Front(); front != "http://default.localhost:18080" {
		t.Errorf("a browser is told %s", front)
	}
}

func TestTheGalleryIsBehindTheToken(t *testing.T) {
	s := sandboxtest.Start(t, func(c *server.Config) { c.Token = "0123456789abcdef" })
	if status, body := sandboxtest.Fetch(t, s.ConsoleURL+"/gallery/", ""); status != http.StatusUnauthorized ||
		strings.Contains(body, "iframe") {
		t.Errorf("%d %.200s", status, body)
	}
}

func TestEveryPageSaysThatItIsASandbox(t *testing.T) {
	s := sandboxtest.Start(t)
	for _, path := range []string{"/", "/login", "/search", "/registration", "/registration/input", "/home", "/nothing"} {
		if _, body := sandboxtest.Fetch(t, s.MemberURL+path, ""); !strings.Contains(body, "サンドボックス（テスト環境）") ||
			!strings.Contains(body, "noindex") {
			t.Errorf("%s: %.200s", path, body)
		}
	}
	if _, body := sandboxtest.Fetch(t, s.ConsoleURL+"/", ""); !strings.Contains(body, "サンドボックス（テスト環境）") {
		t.Errorf("console: %.200s", body)
	}
}

func TestTheControlAPIIsNotOnTheMemberPort(t *testing.T) {
	s := sandboxtest.Start(t)
	for _, path := range []string{"/api/worlds", "/api/worlds/default", "/api/worlds/default/sms", "/api/cards"} {
		if status, body := sandboxtest.Fetch(t, s.MemberURL+path, ""); status != http.StatusNotFound {
			t.Errorf("%s: %d %.200s", path, status, body)
		}
	}
}

func TestOnLoopbackNoOtherNameIsAnswered(t *testing.T) {
	s := sandboxtest.Start(t)
	for host, want := range map[string]int{"localhost": 200, "mine.localhost:8080": 200, "127.0.0.1": 200, "evil.example.com": 421, "localhost.example.com": 421} {
		for _, url := range []string{s.MemberURL + "/", s.ConsoleURL + "/healthz"} {
			status, body := sandboxtest.Fetch(t, url, host)
			if status != want || want == 421 && !strings.Contains(body, `"code":"host_unknown"`) {
				t.Errorf("%s as %s: %d %.200s, want %d", url, host, status, body, want)
			}
		}
	}
}

// TestHealthRefusesWhatItIsNotAskedByInItsOwnWay: whoever asks for health reads JSON.
func TestHealthRefusesWhatItIsNotAskedByInItsOwnWay(t *testing.T) {
	s := sandboxtest.Start(t)
	for _, path := range []string{"/healthz", "/readyz"} {
		q, err := http.NewRequestWithContext(t.Context(), http.MethodPost, s.ConsoleURL+path, nil)
		if err != nil {
			t.Fatal(err)
		}
		answer, err := http.DefaultClient.Do(q)
		if err != nil {
			t.Fatal(err)
		}
		_ = answer.Body.Close() // its head tells all
		if got := answer.Header.Get("Content-Type"); answer.StatusCode != http.StatusMethodNotAllowed || got != "application/problem+json" ||
			answer.Header.Get("Allow") != "GET, HEAD" {
			t.Errorf("%s: %d %v", path, answer.StatusCode, answer.Header)
		}
	}
}

func TestTwoSandboxesDoNotSeeEachOther(t *testing.T) {
	one, two := sandboxtest.Start(t), sandboxtest.Start(t)
	q, err := http.NewRequestWithContext(t.Context(), http.MethodPut, one.ConsoleURL+"/api/worlds/mine", strings.NewReader(`{}`))
	if err != nil {
		t.Fatal(err)
	}
	q.Header.Set("Content-Type", "application/json")
	answer, err := http.DefaultClient.Do(q)
	if err != nil {
		t.Fatal(err)
	}
	answer.Body.Close()
	_, first := sandboxtest.Fetch(t, one.ConsoleURL+"/api/worlds", "")
	_, second := sandboxtest.Fetch(t, two.ConsoleURL+"/api/worlds", "")
	if !strings.Contains(first, `"mine"`) || strings.Contains(second, `"mine"`) {
		t.Errorf("one has %s, two has %s", first, second)
	}
}

// TestWorldsAreKept stops a sandbox and starts another one over the same file.
func TestWorldsAreKept(t *testing.T) {
	t.Parallel()
	c := server.EphemeralConfig()
	c.Store = "sqlite:" + filepath.Join(t.TempDir(), "worlds.db")
	first, err := server.Start(c, nil)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := first.Service.Control().Claim(t.Context(), "team", "090-0000-1001"); err != nil {
		t.Error(err)
	}
	if err := first.Stop(); err != nil {
		t.Fatal(err)
	}
	second, err := server.Start(c, nil)
	if err != nil {
		t.Fatal(err)
	}
	if name, err := second.Service.Providers().Route(t.Context(), "", "09000001001"); err != nil || name != "team" {
		t.Errorf("what was claimed belongs to %q, %v", name, err)
	}
	if err := second.Stop(); err != nil {
		t.Fatal(err)
	}
	answer := httptest.NewRecorder() // it is stopped: nothing can be read, and members are told so
	web.New(second.Service, slog.New(slog.DiscardHandler)).ServeHTTP(answer, httptest.NewRequest(http.MethodGet, "/", nil))
	if answer.Code != http.StatusServiceUnavailable || !strings.Contains(answer.Body.String(), "ただいまご利用いただけません") {
		t.Errorf("%d %s", answer.Code, answer.Body)
	}
}
