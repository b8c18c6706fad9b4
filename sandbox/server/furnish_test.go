package server_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"example.com/netanswer/sandbox/server"
	"example.com/netanswer/sandbox/world"
)

func TestASandboxBeginsWithASeedAndWithWhatWasSaved(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	c := server.EphemeralConfig()
	c.Seed, c.Save = filepath.Join(dir, "seed.yaml"), filepath.Join(dir, "saved")
	write := func(name, text string) {
		t.Helper()
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	registrations := func() int {
		t.Helper()
		s, err := server.Start(c, nil)
		if err != nil {
			t.Fatal(err)
		}
		m, err := s.Service.Snapshot(t.Context(), "demo")
		if err != nil {
			t.Fatal(err)
		}
		if _, err := s.Service.Web().Start(t.Context(), "demo"); err != nil {
			t.Fatal(err)
		}
		if err := s.Stop(); err != nil {
			t.Fatal(err)
		}
		return m.Registrations.Len()
	}
	write("seed.yaml", "worlds:\n  - name: demo\n    at: [{place: passcode}]\n")
	if first, second := registrations(), registrations(); first != 1 || second != 2 {
		t.Errorf("%d registrations, then %d", first, second)
	}
	for name, wrong := range map[string]func(){
		"saved/demo.netanswer.json: this is no document": func() { write("saved/demo.netanswer.json", "{") },
		"seed.yaml: line 2: the name of a world":         func() { c.Save = ""; write("seed.yaml", "worlds:\n  - name: Demo\n") },
		"nowhere.yaml":                                   func() { c.Save, c.Seed = "", "nowhere.yaml" },
	} {
		before := c
		wrong()
		s, err := server.Start(c, nil)
		if err == nil {
			_ = s.Stop() // the test has failed already
		}
		if err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("%v, want %s", err, name)
		}
		c = before
	}
}

// TestASavedFolderIsOneSandboxs has another one refused, which would write over it,
// and leaves alone what came into the folder meanwhile.
func TestASavedFolderIsOneSandboxs(t *testing.T) {
	t.Parallel()
	c := server.EphemeralConfig()
	c.Save = t.TempDir()
	first, err := server.Start(c, nil)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := first.Service.Control().Arrange(t.Context(), "mine", world.Setup{}); err != nil {
		t.Fatal(err)
	}
	if second, err := server.Start(c, nil); err == nil || !strings.Contains(err.Error(), "another sandbox saves") {
		t.Fatal("the folder was taken twice", err, second.Stop())
	}
	copied := filepath.Join(c.Save, "copied.netanswer.json")
	if err := os.WriteFile(copied, []byte("{}"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := first.Stop(); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(copied); err != nil {
		t.Error(err)
	}
	if err := os.Remove(copied); err != nil {
		t.Fatal(err)
	}
	again, err := server.Start(c, nil)
	if err != nil {
		t.Fatal(err)
	}
	if worlds, err := again.Service.Worlds(t.Context()); err != nil || len(worlds) != 1 || worlds[0].Name != "mine" {
		t.Errorf("%v, %v", worlds, err)
	}
	if err := again.Stop(); err != nil {
		t.Fatal(err)
	}
}
