package clients_test

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"example.com/netanswer/test/sandboxtest"
)

// TestTwiliosOwnClientForGo builds the client in a module of its own.
func TestTwiliosOwnClientForGo(t *testing.T) {
	t.Parallel()
	tool := sandboxtest.Installed(t, "go")
	program := filepath.Join(t.TempDir(), "twilioclient")
	build := exec.CommandContext(t.Context(), tool, "build", "-o", program, ".")
	build.Dir = filepath.Join("testdata", "twilio-go")
	build.Env = append(os.Environ(), "GOWORK=off", "GOFLAGS=-mod=readonly")
	if said, err := build.CombinedOutput(); err != nil {
		if os.Getenv("CI") == "" {
			t.Skipf("the client cannot be built here, perhaps for want of its modules: %v\n%s", err, said)
		}
		t.Fatalf("%v\n%s", err, said)
	}
	s, controls := sandboxtest.Controlled(t)
	said, err := command(t, "", program, s.RESTURL)
	if err != nil {
		t.Fatalf("%v\n%s", err, said)
	}
	var got map[string]any
	if err := json.Unmarshal([]byte(said), &got); err != nil {
		t.Fatalf("%v: %s", err, said)
	}
	want := map[string]any{
		"sent":      []any{"queued", "delivered", "パスコード 123456", "+819000001001", "1"},
		"listed":    2.0,
		"before":    0.0,
		"scheduled": []any{"scheduled", "canceled"},
		"refused":   true,
		"called":    "queued",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("what the client saw (-want +got):\n%s", diff)
	}
	if m, err := controls.AwaitSMS(t.Context(), "twiliogo", "090-0000-1001", "", 0); err != nil || m.Passcode == nil || m.Passcode.Code != "123456" {
		t.Errorf("on the phone: %+v %v", m, err)
	}
}
