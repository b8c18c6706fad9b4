//go:build unix

package store_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"example.com/netanswer/sandbox/store"
)

// TestAFileIsNotOpenedOnAFullDisk opens a file in a process that may write no file of
// more than 4 KB: the file that SQLite makes beside it has 32, as it would on a full disk.
func TestAFileIsNotOpenedOnAFullDisk(t *testing.T) {
	t.Parallel()
	file := "sqlite:" + filepath.Join(t.TempDir(), "worlds.db")
	k, err := store.Open(t.Context(), file, options())
	if err != nil {
		t.Fatal(err)
	}
	if err := k.Close(); err != nil {
		t.Fatal(err)
	}
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	open := exec.CommandContext(t.Context(), "sh", "-c", `ulimit -f 8; exec "$0"`, program)
	open.Env = append(os.Environ(), killed+"="+file)
	if said, err := open.CombinedOutput(); err == nil || !strings.Contains(string(said), "its disk is full") {
		t.Errorf("%v: %s", err, said)
	}
}
