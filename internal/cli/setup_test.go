package cli_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestSetupAloneOnlyTells(t *testing.T) {
	t.Parallel()
	cache := filepath.Join(t.TempDir(), "cache")
	said, err := run(t.Context(), "setup", "-cache", cache)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"ドライバー: なし", "用途: ", "setup browser がすること: ", "足りないものを入れるには: netanswer setup browser"} {
		if !strings.Contains(said, want) {
			t.Errorf("it does not say %q:\n%s", want, said)
		}
	}
	if _, err := os.Stat(cache); err == nil {
		t.Error("something was installed")
	}
	for _, args := range [][]string{{"setup", "everything"}, {"setup", "browser", "please"}, {"setup", "-force"}} {
		if _, err := run(t.Context(), args...); err == nil {
			t.Errorf("%q is carried out", args)
		}
	}
}
