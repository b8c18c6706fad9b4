//go:build unix

package abuse_test

import (
	"context"
	"net/http"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"example.com/netanswer/test/sandboxtest"
)

// TestAClosedTerminalLosesNothing hangs up on a sandbox that keeps its worlds in a
// folder; one that was begun by nohup goes on.
func TestAClosedTerminalLosesNothing(t *testing.T) {
	program := sandboxtest.Build(t)
	// What is ignored here, as by who runs the tests under nohup, would be ignored by what
	// is started; what is listened to is not.
	hears := make(chan os.Signal, 1)
	signal.Notify(hears, syscall.SIGHUP)
	defer signal.Stop(hears)
	for name, shell := range map[string]string{"a terminal": `exec "$0" "$@"`, "nohup": `trap "" HUP; exec "$0" "$@"`} {
		t.Run(name, func(t *testing.T) {
			ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
			defer cancel()
			folder := t.TempDir()
			serve := exec.CommandContext(ctx, "sh", "-c", shell, program, "serve", "-log-format", "json", "-save", folder)
			at, ended := begun(t, serve)
			answer, err := http.Post("http://"+at["member"]+"/api/registrations", "application/json", strings.NewReader("{}"))
			if err != nil || answer.StatusCode != http.StatusCreated {
				t.Fatal(answer, err)
			}
			answer.Body.Close()
			for range 2 { // the kernel hangs up, and the shell again
				if err := serve.Process.Signal(syscall.SIGHUP); err != nil {
					t.Fatal(err)
				}
			}
			if name == "nohup" {
				if answer, err = http.Get("http://" + at["member"] + "/healthz"); err != nil {
					t.Fatalf("it has ended: %v", err)
				}
				answer.Body.Close()
				if err := serve.Process.Signal(syscall.SIGTERM); err != nil {
					t.Fatal(err)
				}
			}
			if err := <-ended; err != nil {
				t.Errorf("it ended with %v", err)
			}
			kept, err := filepath.Glob(filepath.Join(folder, "*.json"))
			if err != nil || len(kept) == 0 {
				t.Fatalf("nothing is kept: %v", err)
			}
			text, err := os.ReadFile(kept[0])
			if err != nil || !strings.Contains(string(text), "reg-") {
				t.Errorf("the registration is not in %s: %v", kept[0], err)
			}
		})
	}
}
