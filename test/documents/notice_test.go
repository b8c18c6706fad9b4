package documents_test

import (
	"os"
	"os/exec"
	"strings"
	"testing"

	"example.com/netanswer/test/sandboxtest"
)

// TestNoticeNamesWhatTheBinaryContains holds NOTICE to the modules of the binary.
func TestNoticeNamesWhatTheBinaryContains(t *testing.T) {
	list := exec.CommandContext(t.Context(), "go", "list", "-deps", "-f", "{{with .Module}}{{if not .Main}}{{.Path}}{{end}}{{end}}", ".")
	list.Dir = sandboxtest.Path(t)
	out, err := list.Output()
	if err != nil {
		t.Fatal(err)
	}
	notice := sandboxtest.Read(t, "NOTICE")
	named := 0
	for path := range strings.FieldsSeq(string(out)) {
		if named++; !strings.Contains(notice, "\n  "+path+"\n") {
			t.Errorf("NOTICE does not name %s", path)
		}
	}
	if named < 20 {
		t.Errorf("go list names %d modules only", named)
	}
}

// TestTheBinaryCarriesItsNotices as those licences demand of whoever hands it on: alone
// in an image too, whose build has both files.
func TestTheBinaryCarriesItsNotices(t *testing.T) {
	command := exec.CommandContext(t.Context(), sandboxtest.Build(t), "version", "-licences")
	command.Env = append(os.Environ(), "NETANSWER_LANG=en")
	out, err := command.Output()
	if want := sandboxtest.Read(t, "NOTICE") + "\n" + sandboxtest.Read(t, "LICENSE"); err != nil || string(out) != want {
		t.Errorf("%v: it prints %d bytes, not the %d of NOTICE and LICENSE", err, len(out), len(want))
	}
	for _, name := range []string{"NOTICE", "LICENSE"} {
		if !strings.Contains(sandboxtest.Read(t, ".dockerignore"), "\n!"+name+"\n") {
			t.Errorf(".dockerignore keeps %s from the build", name)
		}
	}
}
