package cli_test

import (
	"bytes"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"example.com/netanswer/client"
	"example.com/netanswer/internal/cli"
	"example.com/netanswer/sandbox/server"
	"example.com/netanswer/test/sandboxtest"
)

// contains checks that a text has all the words.
func contains(t *testing.T, text string, words ...string) {
	t.Helper()
	for _, w := range words {
		if !strings.Contains(text, w) {
			t.Errorf("%q is not in\n%s", w, text)
		}
	}
}

func TestTheLiveViewShowsWhatArrivesAndIsAsked(t *testing.T) {
	var logged bytes.Buffer
	live, log := cli.NewLive(&logged)
	c := server.DefaultConfig()
	c.Member, c.Console, c.REST, c.SMTP, c.IMAP, c.SMPP, c.SIP = "127.0.0.1:0", "127.0.0.1:0", "127.0.0.1:0", "", "", "", "off"
	s, err := server.Start(c, log)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Stop(); err != nil {
			t.Error(err)
		}
	})
	contains(t, live.Lines(t.Context(), s), s.MemberURL+"/", s.ConsoleURL+"/", "REST "+strings.TrimPrefix(s.RESTURL, "http://"), "4242420000010017  11/35  123", "ワールド（0）", "まだありません")
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, s.MemberURL+"/api/screens/input", nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Netanswer-World", "seen")
	resp, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	resp.Body.Close()
	sandboxtest.Fetch(t, s.ConsoleURL+"/worlds/seen", "")
	placed, err := client.New(s.ConsoleURL).Put(t.Context(), "seen", client.Placing{At: "passcode", Channel: "web", Member: "花子さん"})
	if err != nil || placed.World != "seen" {
		t.Fatal(err, placed)
	}
	m, err := s.Service.Control().Snapshot(t.Context(), "seen")
	if err != nil || len(m.SMS.Messages) != 1 {
		t.Fatal(err, m.SMS.Messages)
	}
	passcode := m.SMS.Messages[0].Carried().Code
	log.Warn("a warning\x1b[2J")
	told := live.Lines(t.Context(), s)
	contains(t, told, "ワールド（1）", "登録 1  SMS 1", "SMS     09000001001  パスコード "+passcode, "seen          200  GET /api/screens/{screen}", "a warning")
	if strings.Contains(told, "/worlds/{world}") || strings.Contains(told, "\x1b") {
		t.Errorf("the console's own requests are shown, or a terminal is told what a stranger wrote:\n%s", told)
	}
	contains(t, logged.String(), "msg=listening", "a warning")
	if strings.Contains(logged.String(), "msg=request") {
		t.Error("requests are logged at info")
	}
}

func TestALineFitsTheTerminal(t *testing.T) {
	live, _ := cli.NewLive(nil)
	var out bytes.Buffer
	live.Draw(&out, 5, 2, "あいう", "abcdef", "cut")
	if got := out.String(); got != "\x1b[Hあい\x1b[K\r\nabcde\x1b[K\x1b[J" {
		t.Errorf("%q", got)
	}
	live.Draw(&out, 5, 2, "あいう", "abcdef", "cut")
	if strings.Count(out.String(), "\x1b[H") != 1 {
		t.Error("what is shown already is written again")
	}
}

func TestNoLiveViewButOnATerminal(t *testing.T) {
	file, err := os.Create(filepath.Join(t.TempDir(), "out"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	read, write, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer read.Close()
	defer write.Close()
	for name, p := range map[string]cli.Process{"a buffer": {Out: &bytes.Buffer{}}, "a file": {Out: file}, "a pipe": {Out: write}} {
		if cli.TerminalOf(p) != nil {
			t.Errorf("%s is taken for a terminal", name)
		}
	}
	terminal, err := os.OpenFile("/dev/ptmx", os.O_RDWR, 0)
	if err != nil {
		if os.Getenv("CI") != "" {
			t.Fatalf("there must be pseudo terminals in CI: %v", err)
		}
		t.Skip("this machine has no pseudo terminals: " + err.Error())
	}
	defer terminal.Close()
	for environ, want := range map[string]bool{"TERM=xterm": true, "TERM=dumb": false, "CI=true": false} {
		if got := cli.TerminalOf(cli.Process{Out: terminal, Environ: []string{environ}}) != nil; got != want {
			t.Errorf("%s: a live view: %v", environ, got)
		}
	}
}
