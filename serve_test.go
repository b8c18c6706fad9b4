package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"strings"
	"testing"

	"example.com/netanswer/sandbox/world"
)

// fetch gets an address with a host of its own.
func fetch(t *testing.T, url, host string) (int, string) {
	t.Helper()
	q, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url, nil)
	if err != nil {
		t.Fatal(err)
	}
	if host != "" {
		q.Host = host
	}
	answer, err := http.DefaultClient.Do(q)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer.StatusCode, string(body)
}

func TestTheGreetingLeadsToEverything(t *testing.T) {
	s := sandboxFor(t)
	var said bytes.Buffer
	greet(&said, s)
	for _, want := range []string{"テスト専用", s.MemberURL, s.ConsoleURL, "4242420000010017", "花子さん"} {
		if !strings.Contains(said.String(), want) {
			t.Errorf("the greeting does not say %q:\n%s", want, said.String())
		}
	}
	for _, url := range []string{s.MemberURL + "/", s.MemberURL + "/api/docs/", s.MemberURL + "/api/openapi.json", s.ConsoleURL + "/", s.ConsoleURL + "/healthz", s.ConsoleURL + "/gallery/"} {
		if status, body := fetch(t, url, ""); status != http.StatusOK {
			t.Errorf("%s: %d %.200s", url, status, body)
		}
	}
}

func TestTheConsoleLeadsToAMappedPort(t *testing.T) {
	c := tried()
	c.Public = "http://{world}.localhost:18080"
	s := startFor(t, c)
	for _, path := range []string{"/worlds/mine", "/api/worlds/mine"} {
		if status, body := fetch(t, s.ConsoleURL+path, ""); status != http.StatusOK || !strings.Contains(body, "http://mine.localhost:18080/") {
			t.Errorf("%s: %d %s", path, status, body)
		}
	}
	var said bytes.Buffer
	if greet(&said, s); !strings.Contains(said.String(), "http://default.localhost:18080/app") {
		t.Error(said.String())
	}
}

func TestTheGalleryIsBehindTheToken(t *testing.T) {
	s, err := start(config{Member: "127.0.0.1:0", Console: "127.0.0.1:0", Token: "0123456789abcdef", Bounds: world.DefaultBounds()}, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.stop(); err != nil {
			t.Error(err)
		}
	})
	if status, body := fetch(t, s.ConsoleURL+"/gallery/", ""); status != http.StatusUnauthorized || strings.Contains(body, "iframe") {
		t.Errorf("%d %.200s", status, body)
	}
}

func TestEveryPageSaysThatItIsASandbox(t *testing.T) {
	s := sandboxFor(t)
	for _, path := range []string{"/", "/login", "/search", "/registration", "/registration/input", "/home", "/nothing"} {
		if _, body := fetch(t, s.MemberURL+path, ""); !strings.Contains(body, "サンドボックス（テスト環境）") || !strings.Contains(body, "noindex") {
			t.Errorf("%s: %.200s", path, body)
		}
	}
	if _, body := fetch(t, s.ConsoleURL+"/", ""); !strings.Contains(body, "サンドボックス（テスト環境）") {
		t.Errorf("console: %.200s", body)
	}
}

func TestTheControlAPIIsNotOnTheMemberPort(t *testing.T) {
	s := sandboxFor(t)
	for _, path := range []string{"/api/worlds", "/api/worlds/default", "/api/worlds/default/sms", "/api/cards"} {
		if status, body := fetch(t, s.MemberURL+path, ""); status != http.StatusNotFound {
			t.Errorf("%s: %d %.200s", path, status, body)
		}
	}
}

func TestOnLoopbackNoOtherNameIsAnswered(t *testing.T) {
	s := sandboxFor(t)
	for host, want := range map[string]int{"localhost": 200, "mine.localhost:8080": 200, "127.0.0.1": 200, "evil.example.com": 421, "localhost.example.com": 421} {
		for _, url := range []string{s.MemberURL + "/", s.ConsoleURL + "/healthz"} {
			if status, _ := fetch(t, url, host); status != want {
				t.Errorf("%s as %s: %d, want %d", url, host, status, want)
			}
		}
	}
}

func TestTwoSandboxesDoNotSeeEachOther(t *testing.T) {
	one, two := sandboxFor(t), sandboxFor(t)
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
	_, first := fetch(t, one.ConsoleURL+"/api/worlds", "")
	_, second := fetch(t, two.ConsoleURL+"/api/worlds", "")
	if !strings.Contains(first, `"mine"`) || strings.Contains(second, `"mine"`) {
		t.Errorf("one has %s, two has %s", first, second)
	}
}

func TestAnUnknownCommandIsAnError(t *testing.T) {
	if err := run(context.Background(), []string{"frobnicate"}, io.Discard, io.Discard); err == nil || !strings.Contains(err.Error(), "frobnicate") {
		t.Error(err)
	}
	var help bytes.Buffer
	if err := run(context.Background(), []string{"help"}, &help, io.Discard); err != nil || !strings.Contains(help.String(), "verify") {
		t.Error(err, help.String())
	}
}

func TestServingEndsWhenItIsTold(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	started := &signalWriter{ready: make(chan struct{})}
	ended := make(chan error, 1)
	go func() {
		ended <- run(ctx, []string{"serve", "-member", "127.0.0.1:0", "-console", "127.0.0.1:0", "-rest", "127.0.0.1:0", "-smtp", "127.0.0.1:0",
			"-imap", "127.0.0.1:0", "-smpp", "127.0.0.1:0", "-sip", "127.0.0.1:0"}, started, io.Discard)
	}()
	select {
	case <-started.ready:
	case err := <-ended:
		t.Fatal(err)
	}
	cancel()
	if err := <-ended; err != nil {
		t.Error(err)
	}
}

// A signalWriter tells when something was said.
type signalWriter struct {
	ready chan struct{}
	said  bool
}

func (w *signalWriter) Write(p []byte) (int, error) {
	if !w.said {
		w.said = true
		close(w.ready)
	}
	return fmt.Fprint(io.Discard, string(p))
}
