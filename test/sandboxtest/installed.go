package sandboxtest

import (
	"os"
	"os/exec"
	"testing"

	"example.com/netanswer/test/provision"
)

// Clients are the foreign clients. One that is wanting is a failure in CI, else
// a reason to skip.
func Clients(t testing.TB, has func(provision.Clients) bool) provision.Clients {
	t.Helper()
	found, err := provision.FindClients(provision.Options{})
	if has(found) {
		return found
	}
	if os.Getenv("CI") == "true" {
		t.Fatalf("a client is wanting, run make setup first: %v", err)
	}
	t.Skipf("a client is wanting, run make setup first: %v", err)
	return found
}

// Node are the clients, where Node and its packages are among them.
func Node(t testing.TB) provision.Clients {
	t.Helper()
	return Clients(t, func(c provision.Clients) bool { return c.Node != "" && c.Modules != "" })
}

// Linters are what modules are checked with. Wanting ones are a failure in CI, else
// a reason to skip.
func Linters(t testing.TB) provision.Linters {
	t.Helper()
	found, err := provision.FindLinters(provision.Options{})
	if err != nil && os.Getenv("CI") != "" {
		t.Fatalf("%v; make setup installs it", err)
	}
	if err != nil {
		t.Skipf("%v; make setup installs it", err)
	}
	return found
}

// Installed is the path of a program that setup installs. One that is wanting
// is a failure in CI, else a reason to skip.
func Installed(t testing.TB, name string) string {
	t.Helper()
	path, err := exec.LookPath(name)
	if err == nil {
		return path
	}
	if os.Getenv("CI") != "" {
		t.Fatalf("%v; make setup installs it", err)
	}
	t.Skipf("%s is not installed; make setup installs it", name)
	return ""
}
