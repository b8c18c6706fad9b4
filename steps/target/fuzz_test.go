package target_test

import (
	"strings"
	"testing"

	"example.com/netanswer/steps/target"
)

// FuzzRead reads files that are no target.yaml: each is read or refused, and what is
// refused names the file.
func FuzzRead(f *testing.F) {
	for _, text := range []string{good, "", "web: [", "a: &a [*a]", "web: 1\nweb: 2", "\ufeffweb: x", "members:\n  - called: [x]", "{{{{", "web: ${", "? x",
		"instances: [{}, {}]", "wait_up_to: -1h", "expected_failures: [{until: 2026-13-40}]", "members: " + strings.Repeat("[", 2000)} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if _, err := target.Read("target.yaml", []byte(text), lookup); err != nil && !strings.Contains(err.Error(), "target.yaml") {
			t.Errorf("%q: %v names no file", text, err)
		}
	})
}
