package provision_test

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"example.com/netanswer/steps/provision"
	"example.com/netanswer/steps/provision/provisiontest"
)

// setUp runs Setup and returns its lines, the computer's root as ~.
func setUp(t *testing.T, c *provisiontest.Computer, root bool) (provision.Report, []string, error) {
	t.Helper()
	var out bytes.Buffer
	report, err := provision.Setup(t.Context(), &out, c.Options(root))
	lines := strings.Split(strings.TrimSpace(strings.ReplaceAll(out.String(), c.Root, "~")), "\n")
	return report, lines, err
}

const (
	driverInstalled = "driver   installed  playwright-core 1.60.0 in ~/cache/playwright-1.60.0, run by ~/cache/playwright-1.60.0/node"
	driverFound     = "driver   found      playwright-core 1.60.0 in ~/cache/playwright-1.60.0, run by ~/cache/playwright-1.60.0/node"
	fetching        = "driver   installing npm playwright-core 1.60.0 …"
	ownBrowser      = "~/cache/browsers-1.60.0/chromium_headless_shell-1223/chrome-headless-shell-linux64/chrome-headless-shell"
	shellByApt      = "browser  apt-get install chromium-headless-shell …"
	download        = "browser  downloading Playwright's chromium-headless-shell …"
	fontsByApt      = "fonts    apt-get install fontconfig fonts-noto-cjk …"
	fontsFound      = "fonts    found      Noto Sans CJK JP"
	fontsInstalled  = "fonts    installed  Noto Sans CJK JP"
)

func TestSetup(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		with  func(c *provisiontest.Computer)
		lines []string
		again []string // what a second run says; nil if nothing is left to do
	}{
		"root with nothing but apt gets everything from Debian": {
			with: func(*provisiontest.Computer) {},
			lines: []string{
				"driver   apt-get install nodejs npm …", fetching, driverInstalled,
				shellByApt, "browser  installed  ~/bin/chromium-headless-shell",
				fontsByApt, fontsInstalled},
		},
		"a browser and fonts that are there are taken": {
			with: func(c *provisiontest.Computer) {
				for _, name := range []string{"node", "npm", "chromium-headless-shell", "fc-list"} {
					c.Add(name)
				}
				c.Fonts = true
			},
			lines: []string{fetching, driverInstalled, "browser  found      ~/bin/chromium-headless-shell", fontsFound},
		},
		"old package lists are fetched anew": {
			with: func(c *provisiontest.Computer) { c.Stale = true; c.Add("node"); c.Add("npm") },
			lines: []string{
				fetching, driverInstalled,
				shellByApt, "browser  installed  ~/bin/chromium-headless-shell",
				fontsByApt, fontsInstalled},
		},
		"a Debian without the package gets Playwright's own browser": {
			with: func(c *provisiontest.Computer) {
				c.Add("node")
				c.Add("npm")
				delete(c.Packages, "chromium-headless-shell")
			},
			lines: []string{
				fetching, driverInstalled,
				shellByApt, download, "browser  installed  " + ownBrowser,
				fontsByApt, fontsInstalled},
			again: []string{driverFound, "browser  found      " + ownBrowser, fontsFound},
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := provisiontest.Debian(t)
			test.with(c)
			report, lines, err := setUp(t, c, true)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(test.lines, lines); diff != "" {
				t.Errorf("lines (-want +got):\n%s", diff)
			}
			if n := c.Times(" update"); n > 1 {
				t.Errorf("package lists were fetched %d times", n)
			}
			found, err := c.Options(true).Find(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(report.Browser, found); diff != "" {
				t.Errorf("Find differs from what Setup reported (-setup +find):\n%s", diff)
			}

			c.Ran = nil
			want := test.again
			if want == nil {
				want = []string{driverFound, "browser  found      ~/bin/chromium-headless-shell", fontsFound}
			}
			if _, lines, err = setUp(t, c, true); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(want, lines); diff != "" {
				t.Errorf("lines of a second run (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff([]string{"fc-list :lang=ja family"}, c.Ran); diff != "" {
				t.Errorf("commands of a second run (-want +got):\n%s", diff)
			}
		})
	}
}

func TestSetupTellsAllThatIsMissingAndWhatToType(t *testing.T) {
	t.Parallel()
	c := provisiontest.Debian(t, "node", "npm", "fc-list")
	c.Offline = true
	report, lines, err := setUp(t, c, false)
	if diff := cmp.Diff([]string{fetching, driverInstalled, download}, lines); diff != "" {
		t.Errorf("lines (-want +got):\n%s", diff)
	}
	if report.Browser.DriverDir == "" || report.Browser.Executable != "" || len(report.Items) != 1 {
		t.Errorf("report says %+v, want the driver alone", report)
	}
	var missing *provision.MissingError
	if !errors.As(err, &missing) || missing.Item != "browser" || len(missing.Tried) != 2 {
		t.Fatalf("error is %v, want a missing browser after two tries", err)
	}
	for _, words := range []string{
		"not root", "getaddrinfo ENOTFOUND",
		"sudo apt-get update && sudo apt-get install -y chromium-headless-shell\n",
		"PLAYWRIGHT_BROWSERS_PATH=" + c.Cache(),
		"fonts: missing",
		"sudo apt-get install -y fontconfig fonts-noto-cjk\n",
	} {
		if !strings.Contains(err.Error(), words) {
			t.Errorf("error does not say %q:\n%v", words, err)
		}
	}
	if n := c.Times("apt-get"); n != 0 {
		t.Errorf("apt-get was run %d times without being root", n)
	}
}

func TestSetupWithoutNode(t *testing.T) {
	t.Parallel()
	c := provisiontest.Debian(t, "chromium-headless-shell", "fc-list")
	c.Fonts = true
	_, lines, err := setUp(t, c, false)
	if diff := cmp.Diff([]string{"browser  found      ~/bin/chromium-headless-shell", fontsFound}, lines); diff != "" {
		t.Errorf("lines (-want +got):\n%s", diff)
	}
	if err == nil || !strings.Contains(err.Error(), "Install Node 18 or later with npm") {
		t.Errorf("error is %v, want it to ask for Node", err)
	}
}

func TestSetupThatFailsLeavesNothingHalf(t *testing.T) {
	t.Parallel()
	c := provisiontest.Debian(t, "node", "npm", "chromium-headless-shell", "fc-list")
	c.Fonts, c.NoNPM = true, true
	if _, _, err := setUp(t, c, true); err == nil || !strings.Contains(err.Error(), "the line went dead") {
		t.Fatalf("error is %v, want npm's", err)
	}
	entries, err := os.ReadDir(c.Cache())
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if e.Name() != "setup.lock" {
			t.Errorf("%s is left in the cache directory", e.Name())
		}
	}
	c.NoNPM = false
	if _, _, err := setUp(t, c, true); err != nil {
		t.Errorf("the next run fails as well: %v", err)
	}
}

func TestSetupMendsABrokenDriver(t *testing.T) {
	t.Parallel()
	dir := filepath.Join("playwright-"+provision.DriverVersion, "package", "package.json")
	node := filepath.Join("playwright-"+provision.DriverVersion, "node")
	for name, harm := range map[string]func(c *provisiontest.Computer){
		"of another version": func(c *provisiontest.Computer) {
			provisiontest.Write(filepath.Join(c.Cache(), dir), `{"name":"playwright-core","version":"1.59.0"}`)
		},
		"of another name": func(c *provisiontest.Computer) {
			provisiontest.Write(filepath.Join(c.Cache(), dir), `{"name":"playwright","version":"1.60.0"}`)
		},
		"cut short":             func(c *provisiontest.Computer) { provisiontest.Write(filepath.Join(c.Cache(), dir), `{"name":`) },
		"whose Node went away":  func(c *provisiontest.Computer) { _ = os.Remove(filepath.Join(c.Cache(), node)) },
		"that lacks its script": func(c *provisiontest.Computer) { _ = os.Remove(filepath.Join(c.Cache(), filepath.Dir(dir), "cli.js")) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := provisiontest.Debian(t, "node", "npm", "chromium-headless-shell", "fc-list")
			c.Fonts = true
			if _, _, err := setUp(t, c, true); err != nil {
				t.Fatal(err)
			}
			harm(c)
			if b, err := c.Options(true).Find(t.Context()); err == nil {
				t.Fatalf("Find returns %+v", b)
			}
			_, lines, err := setUp(t, c, true)
			if err != nil {
				t.Fatal(err)
			}
			if lines[1] != driverInstalled {
				t.Errorf("setup says %q, want %q", lines[1], driverInstalled)
			}
		})
	}
}

func TestSetupsAtOnceInstallOnce(t *testing.T) {
	t.Parallel()
	c := provisiontest.Debian(t, "node", "npm")
	var wg sync.WaitGroup
	reports := make([]provision.Report, 8)
	for i := range reports {
		wg.Go(func() {
			var err error
			var out bytes.Buffer
			if reports[i], err = provision.Setup(t.Context(), &out, c.Options(true)); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	for _, words := range []string{"playwright-core@", "install -y --no-install-recommends chromium", "install -y --no-install-recommends fontconfig"} {
		if n := c.Times(words); n != 1 {
			t.Errorf("%q was run %d times, want once", words, n)
		}
	}
	installed := 0
	for _, r := range reports {
		if diff := cmp.Diff(reports[0].Browser, r.Browser); diff != "" {
			t.Errorf("two runs report different browsers:\n%s", diff)
		}
		for _, i := range r.Items {
			if i.Installed {
				installed++
			}
		}
	}
	if installed != 3 {
		t.Errorf("%d things were reported as installed, want 3", installed)
	}
}

// onWrite calls itself with each thing written.
type onWrite func(text string)

func (f onWrite) Write(p []byte) (int, error) { f(string(p)); return len(p), nil }

func TestSetupGivesUpWaitingWhenAskedTo(t *testing.T) {
	t.Parallel()
	c := provisiontest.Debian(t, "node", "npm", "chromium-headless-shell", "fc-list")
	c.Fonts = true
	busy, done := make(chan struct{}), make(chan struct{})
	var once sync.Once
	c.Pause = func() { once.Do(func() { close(busy); <-done }) }
	first := make(chan error)
	go func() {
		_, err := provision.Setup(t.Context(), onWrite(func(string) {}), c.Options(true))
		first <- err
	}()
	<-busy
	ctx, cancel := context.WithCancel(t.Context())
	said := ""
	_, err := provision.Setup(ctx, onWrite(func(text string) { said += text; cancel() }), c.Options(true))
	if !errors.Is(err, context.Canceled) {
		t.Errorf("error is %v, want that it was cancelled", err)
	}
	if !strings.Contains(said, "waiting for another setup") {
		t.Errorf("the waiting setup said %q", said)
	}
	close(done)
	if err := <-first; err != nil {
		t.Errorf("the setup at work was disturbed: %v", err)
	}
}
