package cli_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestTheIssuerCommand(t *testing.T) {
	t.Parallel()
	for _, args := range [][]string{nil, {"import"}, {"export", "more"}, {"export", "-attempts", "-1"}, {"export", "-attempts", "101"}, {"export", "-x"}} {
		if _, err := run(t.Context(), append([]string{"issuer"}, args...)...); err == nil {
			t.Errorf("%q is carried out", args)
		}
	}
	dir := filepath.Join(t.TempDir(), "new")
	said, err := run(t.Context(), "issuer", "export", "-dir", dir, "-world", "mine", "-attempts", "5")
	if err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(filepath.Join(dir, "mappings", "hanako-1.json"))
	if err != nil || !strings.Contains(string(text), "mine PIN hanako-1") ||
		!strings.Contains(string(text), "hanako-1 PIN wrong after 4 wrong") {
		t.Errorf("%v: %.300s", err, text)
	}
	if !strings.Contains(said, "16件のファイル") || !strings.Contains(said, "--root-dir "+dir) {
		t.Errorf("%s", said)
	}
}
