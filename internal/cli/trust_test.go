package cli_test

import (
	"os"
	"path/filepath"
	"testing"

	"example.com/netanswer/internal/cli"
)

func TestAMachineNamesAuthoritiesByAFileThatHoldsSome(t *testing.T) {
	dir := t.TempDir()
	file := func(name, content string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	some := file("some.crt", "# an authority\n-----BEGIN CERTIFICATE-----\nMII\n-----END CERTIFICATE-----\n")
	empty, other, none := file("empty.crt", ""), file("other.crt", "nothing of that kind"), filepath.Join(dir, "none.crt")
	for name, tt := range map[string]struct {
		files []string
		want  bool
	}{
		"no file":                        {[]string{none}, false},
		"a file":                         {[]string{none, some}, true},
		"an empty file":                  {[]string{empty}, false},
		"a file of something else":       {[]string{other}, false},
		"one of something else is first": {[]string{other, some}, false},
	} {
		if got := cli.NamesAuthorities(tt.files); got != tt.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}
