package sandboxtest

import (
	"os"
	"testing"

	"example.com/netanswer/test/provision"
)

// JavaScript is what builds and tries the JavaScript client. What is wanting is
// a failure in CI, else a reason to skip.
func JavaScript(t testing.TB) provision.JavaScript {
	t.Helper()
	found, err := provision.FindJavaScript(provision.Options{})
	if err == nil {
		return found
	}
	if os.Getenv("CI") == "true" {
		t.Fatalf("run make setup first: %v", err)
	}
	t.Skipf("run make setup first: %v", err)
	return found
}
