package cli_test

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"example.com/netanswer/internal/cli"
	"example.com/netanswer/sandbox/server"
	"example.com/netanswer/steps/say"
	"example.com/netanswer/test/sandboxtest"
)

func TestTheGreetingLeadsToEverything(t *testing.T) {
	s := sandboxtest.Start(t)
	var said bytes.Buffer
	cli.Greet(&said, s, say.Japanese)
	for _, want := range []string{"テスト専用", s.MemberURL, s.ConsoleURL, "4242420000010017", "花子さん"} {
		if !strings.Contains(said.String(), want) {
			t.Errorf("the greeting does not say %q:\n%s", want, said.String())
		}
	}
	said.Reset()
	cli.Greet(&said, s, say.English)
	for line := range strings.Lines(said.String()) {
		card := regexp.MustCompile(`^  [0-9]{15,16} `).MatchString(line) // its person and what to try are quoted
		if !card && regexp.MustCompile(`[ぁ-んァ-ヶ一-龠]`).MatchString(strings.ReplaceAll(line, "Netアンサー", "")) {
			t.Errorf("in English the greeting says %q", line)
		}
	}
	for _, url := range []string{
		s.MemberURL + "/", s.MemberURL + "/api/docs/", s.MemberURL + "/api/openapi.json",
		s.ConsoleURL + "/", s.ConsoleURL + "/healthz", s.ConsoleURL + "/gallery/",
	} {
		if status, body := sandboxtest.Fetch(t, url, ""); status != http.StatusOK {
			t.Errorf("%s: %d %.200s", url, status, body)
		}
	}
}

func TestTheGreetingTellsWhatListens(t *testing.T) {
	mapped := func(c *server.Config) { c.Public = "http://{world}.localhost:18080" }
	for name, tt := range map[string]struct {
		change func(c *server.Config)
		says   func(s *server.Sandbox) []string
		not    string
	}{
		"a mapped port": {mapped, func(*server.Sandbox) []string { return []string{"http://default.localhost:18080/app"} }, "事業者だけ"},
		"everything": {func(*server.Config) {}, func(s *server.Sandbox) []string {
			return []string{s.RESTURL + "/issuer/v1/docs/", "sip:" + s.SIP()}
		}, "事業者だけ"},
		"the providers alone": {func(c *server.Config) { c.Only = server.OnlyProviders }, func(s *server.Sandbox) []string {
			return []string{"テスト専用", s.RESTURL, s.SMTP, s.IMAP, s.SMPP, s.SIP(), s.ConsoleURL}
		}, "会員の画面"},
		"no telephone": {func(c *server.Config) { c.SIP = "" }, func(s *server.Sandbox) []string { return []string{s.SMPP} }, "sip:"},
	} {
		s := sandboxtest.Start(t, tt.change)
		var said bytes.Buffer
		cli.Greet(&said, s, say.Japanese)
		for _, want := range tt.says(s) {
			if !strings.Contains(said.String(), want) {
				t.Errorf("%s: the greeting does not say %q:\n%s", name, want, said.String())
			}
		}
		if strings.Contains(said.String(), tt.not) {
			t.Errorf("%s: the greeting says %q:\n%s", name, tt.not, said.String())
		}
	}
}

func TestServingEndsWhenItIsTold(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	started := &signalWriter{ready: make(chan struct{})}
	ended := make(chan error, 1)
	go func() {
		ended <- cli.Run(ctx, cli.Process{Out: started, Err: io.Discard}, []string{"serve", "-member", "127.0.0.1:0", "-console", "127.0.0.1:0", "-rest", "127.0.0.1:0", "-smtp", "127.0.0.1:0",
			"-imap", "127.0.0.1:0", "-smpp", "127.0.0.1:0", "-sip", "127.0.0.1:0"})
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
