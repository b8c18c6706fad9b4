package provision_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"example.com/netanswer/steps/provision"
	"example.com/netanswer/steps/provision/provisiontest"
)

func TestFindNeverInstalls(t *testing.T) {
	t.Parallel()
	c := provisiontest.Debian(t, "node", "npm")
	_, err := c.Options(true).Find(t.Context())
	if err == nil {
		t.Fatal("Find returns a browser where there is none")
	}
	for _, words := range []string{"run netanswer setup browser first", "no Playwright driver", "no browser"} {
		if !strings.Contains(err.Error(), words) {
			t.Errorf("error %q does not say %q", err, words)
		}
	}
	if len(c.Ran) > 0 {
		t.Errorf("Find ran %v", c.Ran)
	}
	if _, err := os.Stat(c.Cache()); err == nil {
		t.Error("Find made the cache directory")
	}
}

func TestFindWithoutFontsIsNoError(t *testing.T) {
	t.Parallel()
	c := provisiontest.Debian(t, "node", "npm", "chromium-headless-shell", "fc-list")
	delete(c.Packages, "fonts-noto-cjk")
	if _, _, err := setUp(t, c, true); err == nil {
		t.Error("Setup is content without Japanese fonts")
	}
	b, err := c.Options(true).Find(t.Context())
	if err != nil || b.Font != "" || b.Executable == "" {
		t.Errorf("Find returns %+v, %v; want a browser without a font", b, err)
	}
}

func TestFindLeavesAHalfDownloadedBrowserAlone(t *testing.T) {
	t.Parallel()
	c := provisiontest.Debian(t, "node", "npm", "fc-list")
	delete(c.Packages, "chromium-headless-shell")
	if _, _, err := setUp(t, c, true); err != nil {
		t.Fatal(err)
	}
	marks, err := filepath.Glob(filepath.Join(c.Cache(), "browsers-*", "*", "INSTALLATION_COMPLETE"))
	if err != nil || len(marks) != 1 {
		t.Fatalf("marks are %v, %v", marks, err)
	}
	if err := os.Remove(marks[0]); err != nil {
		t.Fatal(err)
	}
	if b, err := c.Options(true).Find(t.Context()); err == nil {
		t.Errorf("Find returns %+v, a download that never ended", b)
	}
}

func TestANodeNamedByTheEnvironment(t *testing.T) {
	t.Parallel()
	c := provisiontest.Debian(t, "npm", "chromium-headless-shell", "fc-list")
	c.Fonts = true
	own := filepath.Join(c.Root, "opt", "node")
	provisiontest.Write(own, "#!")
	c.Env["PLAYWRIGHT_NODEJS_PATH"] = own
	if _, _, err := setUp(t, c, false); err != nil {
		t.Fatal(err)
	}
	b, err := c.Options(false).Find(t.Context())
	if err != nil || b.NodePath != own {
		t.Errorf("Find returns Node %q, %v; want %q", b.NodePath, err, own)
	}
	if err := os.Remove(own); err != nil {
		t.Fatal(err)
	}
	if b, err := c.Options(false).Find(t.Context()); err == nil {
		t.Errorf("Find returns %+v though its Node is gone", b)
	}
}

func TestCacheDirectory(t *testing.T) {
	t.Parallel()
	c := provisiontest.Debian(t)
	moved := filepath.Join(c.Root, "moved")
	c.Env[provision.CacheVariable] = moved
	tests := map[string]struct{ option, want string }{
		"the option comes first":            {c.Cache(), c.Cache()},
		"the environment names one instead": {"", moved},
	}
	for name, test := range tests {
		_, err := provision.Options{CacheDir: test.option, Machine: c.Machine(false)}.Find(t.Context())
		if err == nil || !strings.Contains(err.Error(), test.want+string(filepath.Separator)) {
			t.Errorf("%s: error %v does not speak of %s", name, err, test.want)
		}
	}
}

func TestThisMachineRunsCommands(t *testing.T) {
	t.Parallel()
	m := provision.ThisMachine()
	dir := t.TempDir()
	out, err := m.Run(
		t.Context(),
		provision.Command{Name: "go", Args: []string{"env", "GOFLAGS", "GOMOD"}, Env: []string{"GOFLAGS=-v"}, Dir: dir},
	)
	if err != nil || !strings.HasPrefix(out, "-v\n") {
		t.Errorf("go env says %q, %v; want the GOFLAGS it was given", out, err)
	}
	out, err = m.Run(t.Context(), provision.Command{Name: "go", Args: []string{"no-such-verb"}})
	if err == nil || !strings.Contains(err.Error(), "go no-such-verb: exit status 2: ") || !strings.Contains(out, "unknown command") {
		t.Errorf("error is %v after %q, want what the command said", err, out)
	}
}

func TestTellInstallsNothingAndSaysWhatSetupWould(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		programs []string
		root     bool
		missing  int
		says     []string
	}{
		"root, with nothing": {nil, true, 3, []string{
			"driver   missing    no Playwright driver", "for: speaks to the browser",
			"setup browser would: apt-get install -y nodejs npm; npm install playwright-core@1.60.0 into ~/cache/playwright-1.60.0",
			"setup browser would: apt-get install -y chromium-headless-shell, or else let the driver download Playwright's",
			"setup browser would: apt-get install -y fontconfig fonts-noto-cjk",
		}},
		"somebody else, with a browser": {[]string{"node", "npm", "chromium-headless-shell"}, false, 2, []string{
			"browser  found      ~/bin/chromium-headless-shell",
			"setup browser would: npm install playwright-core@1.60.0",
			"setup browser would: say what to type (apt-get: not root): sudo apt-get install -y fontconfig fonts-noto-cjk",
		}},
	} {
		c := provisiontest.Debian(t, test.programs...)
		var out bytes.Buffer
		missing, err := provision.Tell(t.Context(), &out, c.Options(test.root))
		if err != nil || missing != test.missing {
			t.Errorf("%s: %d missing, %v; want %d", name, missing, err, test.missing)
		}
		for _, words := range test.says {
			if said := strings.ReplaceAll(out.String(), c.Root, "~"); !strings.Contains(said, words) {
				t.Errorf("%s: it does not say %q:\n%s", name, words, said)
			}
		}
		if _, err := os.Stat(c.Cache()); err == nil || len(c.Ran) > 0 {
			t.Errorf("%s: something was done: %q", name, c.Ran)
		}
	}
}
