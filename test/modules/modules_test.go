// Package modules_test type-checks and lints what browsers run: the modules of the
// pages, of the report and of the specification, and the browser driver's scripts.
package modules_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"example.com/netanswer/test/sandboxtest"
)

// checkout is the root of the repository, seen from this folder.
const checkout = "../.."

// typed runs the compiler, which writes nothing.
func typed(t *testing.T, args ...string) (said string, err error) {
	t.Helper()
	found := sandboxtest.Linters(t)
	cmd := exec.CommandContext(t.Context(), found.Node, append([]string{filepath.Join(found.Modules, "typescript", "bin", "tsc")}, args...)...)
	out, err := cmd.CombinedOutput()
	return string(out), err
}

// linted runs the linter from the root, from which its files are named; stdin is
// what it may be told to read.
func linted(t *testing.T, stdin string, args ...string) (said string, err error) {
	t.Helper()
	found := sandboxtest.Linters(t)
	args = append([]string{filepath.Join(found.Modules, "eslint", "bin", "eslint.js"), "--config", "test/modules/eslint.config.mjs"}, args...)
	cmd := exec.CommandContext(t.Context(), found.Node, args...)
	cmd.Dir, cmd.Stdin = checkout, strings.NewReader(stdin)
	cmd.Env = append(os.Environ(), "NETANSWER_NODE_MODULES="+found.Modules)
	out, err := cmd.CombinedOutput()
	return string(out), err
}

func TestModulesAreTyped(t *testing.T) {
	t.Parallel()
	if said, err := typed(t, "--project", "tsconfig.json"); err != nil {
		t.Errorf("%v\n%s", err, said)
	}
}

func TestModulesAreLinted(t *testing.T) {
	t.Parallel()
	if said, err := linted(t, "", "sandbox/**/*.js", "steps/report/page/*.js", "steps/spec/site/*.js", "steps/driver/browser/*.js"); err != nil {
		t.Errorf("%v\n%s", err, said)
	}
}

// TestModulesOfFaultsAreRefused sees that the two would say something.
func TestModulesOfFaultsAreRefused(t *testing.T) {
	t.Parallel()
	wrong := filepath.Join(t.TempDir(), "wrong.js")
	if err := os.WriteFile(wrong, []byte("document.body.clasList.add(1);\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	said, err := typed(t, "--allowJs", "--checkJs", "--noEmit", "--lib", "es2023,dom", wrong)
	if err == nil || !strings.Contains(said, "clasList") {
		t.Errorf("a property that no element has: %v\n%s", err, said)
	}
	said, err = linted(t, "const unused = 1;\nif (unread == 2) nothing();\n", "--stdin", "--stdin-filename", "sandbox/web/static/wrong.js")
	for _, rule := range []string{"no-unused-vars", "no-undef", "eqeqeq"} {
		if err == nil || !strings.Contains(said, rule) {
			t.Errorf("%s is not told: %v\n%s", rule, err, said)
		}
	}
}
