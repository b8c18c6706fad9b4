package provision_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"example.com/netanswer/steps/provision"
)

func TestFindNeverInstalls(t *testing.T) {
	t.Parallel()
	c := debian(t, "node", "npm")
	_, err := c.options(true).Find(t.Context())
	if err == nil {
		t.Fatal("Find returns a browser where there is none")
	}
	for _, words := range []string{"run setup first", "no Playwright driver", "no browser"} {
		if !strings.Contains(err.Error(), words) {
			t.Errorf("error %q does not say %q", err, words)
		}
	}
	if len(c.ran) > 0 {
		t.Errorf("Find ran %v", c.ran)
	}
	if _, err := os.Stat(c.cache()); err == nil {
		t.Error("Find made the cache directory")
	}
}

func TestFindWithoutFontsIsNoError(t *testing.T) {
	t.Parallel()
	c := debian(t, "node", "npm", "chromium-headless-shell", "fc-list")
	delete(c.packages, "fonts-noto-cjk")
	if _, _, err := setUp(t, c, true); err == nil {
		t.Error("Setup is content without Japanese fonts")
	}
	b, err := c.options(true).Find(t.Context())
	if err != nil || b.Font != "" || b.Executable == "" {
		t.Errorf("Find returns %+v, %v; want a browser without a font", b, err)
	}
}

func TestFindLeavesAHalfDownloadedBrowserAlone(t *testing.T) {
	t.Parallel()
	c := debian(t, "node", "npm", "fc-list")
	delete(c.packages, "chromium-headless-shell")
	if _, _, err := setUp(t, c, true); err != nil {
		t.Fatal(err)
	}
	marks, err := filepath.Glob(filepath.Join(c.cache(), "browsers-*", "*", "INSTALLATION_COMPLETE"))
	if err != nil || len(marks) != 1 {
		t.Fatalf("marks are %v, %v", marks, err)
	}
	if err := os.Remove(marks[0]); err != nil {
		t.Fatal(err)
	}
	if b, err := c.options(true).Find(t.Context()); err == nil {
		t.Errorf("Find returns %+v, a download that never ended", b)
	}
}

func TestANodeNamedByTheEnvironment(t *testing.T) {
	t.Parallel()
	c := debian(t, "npm", "chromium-headless-shell", "fc-list", "sipp", "baresip", "espeak-ng")
	c.fonts = true
	own := filepath.Join(c.root, "opt", "node")
	write(own, "#!")
	c.env["PLAYWRIGHT_NODEJS_PATH"] = own
	if _, _, err := setUp(t, c, false); err != nil {
		t.Fatal(err)
	}
	b, err := c.options(false).Find(t.Context())
	if err != nil || b.NodePath != own {
		t.Errorf("Find returns Node %q, %v; want %q", b.NodePath, err, own)
	}
	if err := os.Remove(own); err != nil {
		t.Fatal(err)
	}
	if b, err := c.options(false).Find(t.Context()); err == nil {
		t.Errorf("Find returns %+v though its Node is gone", b)
	}
}

func TestCacheDirectory(t *testing.T) {
	t.Parallel()
	c := debian(t)
	moved := filepath.Join(c.root, "moved")
	c.env[provision.CacheVariable] = moved
	tests := map[string]struct{ option, want string }{
		"the option comes first":            {c.cache(), c.cache()},
		"the environment names one instead": {"", moved},
	}
	for name, test := range tests {
		_, err := provision.Options{CacheDir: test.option, Machine: c.machine(false)}.Find(t.Context())
		if err == nil || !strings.Contains(err.Error(), test.want+string(filepath.Separator)) {
			t.Errorf("%s: error %v does not speak of %s", name, err, test.want)
		}
	}
}

func TestThisMachineRunsCommands(t *testing.T) {
	t.Parallel()
	m := provision.ThisMachine()
	dir := t.TempDir()
	out, err := m.Run(t.Context(), provision.Command{Name: "go", Args: []string{"env", "GOFLAGS", "GOMOD"}, Env: []string{"GOFLAGS=-v"}, Dir: dir})
	if err != nil || !strings.HasPrefix(out, "-v\n") {
		t.Errorf("go env says %q, %v; want the GOFLAGS it was given", out, err)
	}
	out, err = m.Run(t.Context(), provision.Command{Name: "go", Args: []string{"no-such-verb"}})
	if err == nil || !strings.Contains(err.Error(), "go no-such-verb: exit status 2: ") || !strings.Contains(out, "unknown command") {
		t.Errorf("error is %v after %q, want what the command said", err, out)
	}
}

func TestAxeOfAnotherMakingIsMendedAndNoReasonToRefuseABrowser(t *testing.T) {
	t.Parallel()
	c := debian(t, "node", "npm", "chromium-headless-shell", "fc-list")
	c.fonts = true
	if _, _, err := setUp(t, c, true); err != nil {
		t.Fatal(err)
	}
	write(filepath.Join(c.cache(), "axe-core-"+provision.AxeVersion, "package.json"), `{"name":"axe-core","version":"4.0.0"}`)
	if b, err := c.options(true).Find(t.Context()); err != nil || b.Axe != "" || b.Executable == "" {
		t.Errorf("Find returns %+v, %v; want a browser without axe-core", b, err)
	}
	if _, lines, err := setUp(t, c, true); err != nil || !slices.Contains(lines, axeInstalled) {
		t.Errorf("setup says %q, %v", lines, err)
	}
}
