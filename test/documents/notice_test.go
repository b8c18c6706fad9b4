package documents_test

import (
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
