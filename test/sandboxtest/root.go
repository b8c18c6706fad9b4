package sandboxtest

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"example.com/netanswer/internal/settings"
)

// The module's root is looked for once, before a test changes the folder.
var root, errRoot = findRoot()

// findRoot walks up to the folder of go.mod.
func findRoot() (string, error) {
	dir, err := os.Getwd()
	if err != nil {
		return "", err
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir, nil
		}
		if dir == filepath.Dir(dir) {
			return "", errors.New("no go.mod in any folder above")
		}
		dir = filepath.Dir(dir)
	}
}

// Path is a file or folder of this repository, named from its root.
func Path(t testing.TB, elements ...string) string {
	t.Helper()
	if errRoot != nil {
		t.Fatal(errRoot)
	}
	return filepath.Join(append([]string{root}, elements...)...)
}

// Read is the text of a file of this repository.
func Read(t testing.TB, elements ...string) string {
	t.Helper()
	text, err := os.ReadFile(Path(t, elements...))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// Reports is where the reports of the scenarios go: reports in the root, or the
// folder that the variable names.
func Reports(t testing.TB) string {
	t.Helper()
	if dir := os.Getenv(settings.TestReports); filepath.IsAbs(dir) {
		return dir
	} else if dir != "" {
		return Path(t, dir)
	}
	return Path(t, "reports")
}

// Build builds the program and returns the path of its binary. It is compiled
// without cgo, as make binary does it, also by a test that is watched for races:
// nothing is compiled twice.
func Build(t testing.TB) string {
	t.Helper()
	binary := filepath.Join(t.TempDir(), "netanswer")
	build := exec.CommandContext(t.Context(), "go", "build", "-o", binary, ".")
	build.Dir = Path(t)
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return binary
}
