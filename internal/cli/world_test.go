package cli_test

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"example.com/netanswer/internal/cli"
	"example.com/netanswer/test/sandboxtest"
)

func TestWorld(t *testing.T) {
	s := sandboxtest.Start(t)
	dir := t.TempDir()
	file, broken := filepath.Join(dir, "w.json"), filepath.Join(dir, "broken.json")
	if err := os.WriteFile(broken, []byte("{\n\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		args  string
		says  string // part of what is printed
		wrong string // part of the error, "" for none
	}{
		{"open passcode -print -world w", "http://w.localhost", ""},
		{"open -print -world w confirm", "http://w.localhost", ""},
		{"open -print confirm mail", "", "want one place"},
		{"world list", "w  ", ""},
		{"world list -console " + s.ConsoleURL + "/", "w  ", ""},
		{"world -note kept", "", "unknown verb"},
		{"world fork w other", "other http://other.localhost", ""},
		{"world fork w other", "", "world_exists"},
		{"world -note first keep w early", "", ""},
		{"world forget early", "", ""},
		{"world keep w sent -note sent", "", ""},
		{"world keep w sent", "", "snapshot_exists"},
		{"world kept", "of w", ""},
		{"world begin sent again", "again http://again.localhost", ""},
		{"world restore w sent", "w http://w.localhost", ""},
		{"world export w " + file, "", ""},
		{"world import " + file + " read", "", ""},
		{"world import " + file + " read", "", "snapshot_exists"},
		{"world import " + file + " read -replace", "", ""},
		{"world import " + broken + " bad", "", broken},
		{"world import " + dir + "/none bad", "", "no such file"},
		{"world export nobody " + file, "", "no_such_world"},
		{"world forget read", "", ""},
		{"world forget read", "", "no snapshot read"},
		{"world begin read", "", "no_such_snapshot"},
		{"world delete w", "", ""},
		{"world delete w", "", "no world w"},
		{"world", "netanswer world export", ""},
		{"world export w", "", "world export: want netanswer world export WORLD FILE"},
		{"world list w", "", "world list: want netanswer world list"},
		{"world fork again 4242420000010017", "", "cannot be what could be the number of a card"},
		{"world fly", "", `unknown verb "fly"`},
		{"world fork", "", "world fork: want netanswer world fork WORLD [NEW]"},
		{"world list -console here", "", "missing port"},
	} {
		var out bytes.Buffer
		p := cli.Process{Out: &out, Err: io.Discard, Environ: []string{"NETANSWER_LANG=en", "NETANSWER_CONSOLE=" + strings.TrimPrefix(s.ConsoleURL, "http://")}}
		err := cli.Run(t.Context(), p, strings.Fields(tt.args))
		if tt.wrong == "" && err != nil || tt.wrong != "" && (err == nil || !strings.Contains(err.Error(), tt.wrong)) {
			t.Errorf("%s: %v, want %q", tt.args, err, tt.wrong)
		}
		if !strings.Contains(out.String(), tt.says) {
			t.Errorf("%s: it says %q, want %q", tt.args, out.String(), tt.says)
		}
	}
}
