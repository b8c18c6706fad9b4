package cli_test

import (
	"bytes"
	"io"
	"path/filepath"
	"strings"
	"testing"

	"example.com/netanswer/internal/cli"
	"example.com/netanswer/sandbox/server"
)

func TestStoreListsChecksAndPrunes(t *testing.T) {
	t.Parallel()
	c := server.EphemeralConfig()
	c.Store = "sqlite:" + filepath.Join(t.TempDir(), "worlds.db")
	s, err := server.Start(c, nil)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Service.Control().Claim(t.Context(), "team", "090-0000-1001"); err != nil {
		t.Error(err)
	}
	if err := s.Stop(); err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		args, want string
		fails      bool
	}{
		{"list", "\nteam  ", false},
		{"list -json", `[{"name":"team","created_at":`, false},
		{"check", "1 worlds and 0 snapshots can be read", false},
		{"prune", "0 worlds ended", false},
		{"prune -world-idle -5m", "every world would end", true},
		{"-world-idle 24h prune", "0 worlds ended", false},
		{"prune -world-idle 0s", "team\n1 worlds ended", false},
		{"check", "0 worlds and 0 snapshots can be read", false},
		{"", "want store list, store check or store prune", true},
		{"tidy", "want store list, store check or store prune", true},
		{"list -store memory", "want sqlite:FILE or postgres://", true},
		{"list -store sqlite:" + filepath.Join(t.TempDir(), "none.db"), "there is no such file", true},
	} {
		var out bytes.Buffer
		p := cli.Process{Out: &out, Err: io.Discard, Environ: []string{"NETANSWER_LANG=en", "NETANSWER_STORE=" + c.Store}}
		err := cli.Run(t.Context(), p, append([]string{"store"}, strings.Fields(tt.args)...))
		said := out.String()
		if err != nil {
			said += err.Error()
		}
		if (err != nil) != tt.fails || !strings.Contains(said, tt.want) {
			t.Errorf("store %s: %v %q, want %q", tt.args, err, said, tt.want)
		}
	}
}
