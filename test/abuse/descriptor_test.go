//go:build unix

package abuse_test

import (
	"bufio"
	"context"
	"encoding/json"
	"io"
	"net"
	"net/http"
	"os/exec"
	"strings"
	"testing"
	"time"

	"example.com/netanswer/test/sandboxtest"
)

// TestAProcessWithoutADescriptorLeftGoesOn opens more connections to the members'
// pages than the process may have descriptors, and then speaks SMPP and SIP.
func TestAProcessWithoutADescriptorLeftGoesOn(t *testing.T) {
	program := sandboxtest.Build(t) // compiling takes longer than what is tried
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	serve := exec.CommandContext(ctx, "sh", "-c", `ulimit -n 64; exec "$0" "$@"`, program, "serve", "-log-format", "json")
	at, ended := begun(t, serve)
	defer func() { cancel(); <-ended }()

	for range 100 { // more than the descriptors of the process
		c, err := net.Dial("tcp", at["member"])
		if err != nil {
			t.Fatal(err)
		}
		defer c.Close()
	}
	// Those who say nothing are let go after a while, so that it is asked at once.
	sandboxtest.Eventually(t, sandboxtest.AnswerTimeout, func() bool {
		answer, err := http.Get("http://" + at["console"] + "/readyz")
		if err != nil {
			t.Fatal(err)
		}
		defer answer.Body.Close()
		return answer.StatusCode == http.StatusServiceUnavailable
	})
	for range 3 {
		for what, ask := range spoken(at["smpp"], at["sip"]) {
			if err := sandboxtest.Answers(ask.address, ask.says, ask.want); err != nil {
				t.Errorf("%s: %v", what, err)
			}
		}
	}
	select {
	case err := <-ended:
		ended <- err
		t.Fatalf("the process has ended: %v", err)
	default:
	}
}

// begun starts a sandbox that logs as JSON, each listener at a port of its own, and
// tells where they are, and when it has ended and how.
func begun(t *testing.T, serve *exec.Cmd) (at map[string]string, ended chan error) {
	t.Helper()
	for _, l := range []string{"member", "console", "rest", "smtp", "imap", "smpp", "sip"} {
		serve.Args = append(serve.Args, "-"+l, "127.0.0.1:0")
	}
	log, err := serve.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := serve.Start(); err != nil {
		t.Fatal(err)
	}
	at = listening(t, log)
	ended = make(chan error, 1)
	go func() {
		_, _ = io.Copy(io.Discard, log) // its log is looked at no more
		ended <- serve.Wait()
	}()
	return at, ended
}

// listening reads from a log where each of seven listeners is.
func listening(t *testing.T, log io.Reader) map[string]string {
	t.Helper()
	at := map[string]string{}
	for lines := bufio.NewScanner(log); len(at) < 7; {
		if !lines.Scan() {
			t.Fatal("it does not listen")
		}
		var said struct{ Msg, Listener, Address string }
		if err := json.Unmarshal(lines.Bytes(), &said); err == nil && said.Msg == "listening" {
			at[said.Listener] = strings.TrimPrefix(said.Address, "http://")
		}
	}
	return at
}
