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
)

// setUp runs Setup and returns its lines, the computer's root as ~.
func setUp(t *testing.T, c *computer, root bool) (provision.Report, []string, error) {
	t.Helper()
	var out bytes.Buffer
	report, err := provision.Setup(t.Context(), &out, c.options(root))
	lines := strings.Split(strings.TrimSpace(strings.ReplaceAll(out.String(), c.root, "~")), "\n")
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
	fetchingAxe     = "axe      installing npm axe-core 4.14.1 …"
	axeInstalled    = "axe      installed  axe-core 4.14.1 in ~/cache/axe-core-4.14.1/axe.min.js"
	phonesByApt     = "phones   apt-get install sip-tester baresip espeak-ng …"
	phonesInstalled = "phones   installed  ~/bin/sipp, ~/bin/baresip, ~/bin/espeak-ng"
	phonesFound     = "phones   found      ~/bin/sipp, ~/bin/baresip, ~/bin/espeak-ng"
	axeFound        = "axe      found      axe-core 4.14.1 in ~/cache/axe-core-4.14.1/axe.min.js"
)

func TestSetup(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		with  func(c *computer)
		lines []string
		again []string // what a second run says; nil if nothing is left to do
	}{
		"root with nothing but apt gets everything from Debian": {
			with: func(*computer) {},
			lines: []string{
				"driver   apt-get install nodejs npm …", fetching, driverInstalled,
				shellByApt, "browser  installed  ~/bin/chromium-headless-shell",
				fontsByApt, fontsInstalled, fetchingAxe, axeInstalled, phonesByApt, phonesInstalled},
		},
		"a browser and fonts that are there are taken": {
			with: func(c *computer) {
				for _, name := range []string{"node", "npm", "chromium-headless-shell", "fc-list"} {
					c.add(name)
				}
				c.fonts = true
			},
			lines: []string{fetching, driverInstalled, "browser  found      ~/bin/chromium-headless-shell", fontsFound, fetchingAxe, axeInstalled, phonesByApt, phonesInstalled},
		},
		"old package lists are fetched anew": {
			with: func(c *computer) { c.stale = true; c.add("node"); c.add("npm") },
			lines: []string{
				fetching, driverInstalled,
				shellByApt, "browser  installed  ~/bin/chromium-headless-shell",
				fontsByApt, fontsInstalled, fetchingAxe, axeInstalled, phonesByApt, phonesInstalled},
		},
		"a Debian without the package gets Playwright's own browser": {
			with: func(c *computer) {
				c.add("node")
				c.add("npm")
				delete(c.packages, "chromium-headless-shell")
			},
			lines: []string{
				fetching, driverInstalled,
				shellByApt, download, "browser  installed  " + ownBrowser,
				fontsByApt, fontsInstalled, fetchingAxe, axeInstalled, phonesByApt, phonesInstalled},
			again: []string{driverFound, "browser  found      " + ownBrowser, fontsFound, axeFound, phonesFound},
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := debian(t)
			test.with(c)
			report, lines, err := setUp(t, c, true)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(test.lines, lines); diff != "" {
				t.Errorf("lines (-want +got):\n%s", diff)
			}
			if n := c.times(" update"); n > 1 {
				t.Errorf("package lists were fetched %d times", n)
			}
			found, err := c.options(true).Find(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(report.Browser, found); diff != "" {
				t.Errorf("Find differs from what Setup reported (-setup +find):\n%s", diff)
			}

			c.ran = nil
			want := test.again
			if want == nil {
				want = []string{driverFound, "browser  found      ~/bin/chromium-headless-shell", fontsFound, axeFound, phonesFound}
			}
			if _, lines, err = setUp(t, c, true); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(want, lines); diff != "" {
				t.Errorf("lines of a second run (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff([]string{"fc-list :lang=ja family"}, c.ran); diff != "" {
				t.Errorf("commands of a second run (-want +got):\n%s", diff)
			}
		})
	}
}

func TestSetupTellsAllThatIsMissingAndWhatToType(t *testing.T) {
	t.Parallel()
	c := debian(t, "node", "npm", "fc-list")
	c.offline = true
	report, lines, err := setUp(t, c, false)
	if diff := cmp.Diff([]string{fetching, driverInstalled, download, fetchingAxe, axeInstalled}, lines); diff != "" {
		t.Errorf("lines (-want +got):\n%s", diff)
	}
	if report.Browser.DriverDir == "" || report.Browser.Executable != "" || len(report.Items) != 2 {
		t.Errorf("report says %+v, want driver and axe alone", report)
	}
	var missing *provision.MissingError
	if !errors.As(err, &missing) || missing.Item != "browser" || len(missing.Tried) != 2 {
		t.Fatalf("error is %v, want a missing browser after two tries", err)
	}
	for _, words := range []string{
		"not root", "getaddrinfo ENOTFOUND",
		"sudo apt-get update && sudo apt-get install -y chromium-headless-shell\n",
		"PLAYWRIGHT_BROWSERS_PATH=" + c.cache(),
		"fonts: missing",
		"sudo apt-get install -y fontconfig fonts-noto-cjk\n",
	} {
		if !strings.Contains(err.Error(), words) {
			t.Errorf("error does not say %q:\n%v", words, err)
		}
	}
	if n := c.times("apt-get"); n != 0 {
		t.Errorf("apt-get was run %d times without being root", n)
	}
}

func TestSetupWithoutNode(t *testing.T) {
	t.Parallel()
	c := debian(t, "chromium-headless-shell", "fc-list")
	c.fonts = true
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
	c := debian(t, "node", "npm", "chromium-headless-shell", "fc-list")
	c.fonts, c.noNPM = true, true
	if _, _, err := setUp(t, c, true); err == nil || !strings.Contains(err.Error(), "the line went dead") {
		t.Fatalf("error is %v, want npm's", err)
	}
	entries, err := os.ReadDir(c.cache())
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if e.Name() != "setup.lock" {
			t.Errorf("%s is left in the cache directory", e.Name())
		}
	}
	c.noNPM = false
	if _, _, err := setUp(t, c, true); err != nil {
		t.Errorf("the next run fails as well: %v", err)
	}
}

func TestSetupMendsABrokenDriver(t *testing.T) {
	t.Parallel()
	dir := filepath.Join("playwright-"+provision.DriverVersion, "package", "package.json")
	node := filepath.Join("playwright-"+provision.DriverVersion, "node")
	for name, harm := range map[string]func(c *computer){
		"of another version": func(c *computer) {
			write(filepath.Join(c.cache(), dir), `{"name":"playwright-core","version":"1.59.0"}`)
		},
		"of another name":       func(c *computer) { write(filepath.Join(c.cache(), dir), `{"name":"playwright","version":"1.60.0"}`) },
		"cut short":             func(c *computer) { write(filepath.Join(c.cache(), dir), `{"name":`) },
		"whose Node went away":  func(c *computer) { _ = os.Remove(filepath.Join(c.cache(), node)) },
		"that lacks its script": func(c *computer) { _ = os.Remove(filepath.Join(c.cache(), filepath.Dir(dir), "cli.js")) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := debian(t, "node", "npm", "chromium-headless-shell", "fc-list")
			c.fonts = true
			if _, _, err := setUp(t, c, true); err != nil {
				t.Fatal(err)
			}
			harm(c)
			if b, err := c.options(true).Find(t.Context()); err == nil {
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
	c := debian(t, "node", "npm")
	var wg sync.WaitGroup
	reports := make([]provision.Report, 8)
	for i := range reports {
		wg.Go(func() {
			var err error
			var out bytes.Buffer
			if reports[i], err = provision.Setup(t.Context(), &out, c.options(true)); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	for _, words := range []string{"playwright-core@", "axe-core@", "install -y --no-install-recommends chromium", "install -y --no-install-recommends fontconfig"} {
		if n := c.times(words); n != 1 {
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
	if installed != 5 {
		t.Errorf("%d things were reported as installed, want 5", installed)
	}
}

// onWrite calls itself with each thing written.
type onWrite func(text string)

func (f onWrite) Write(p []byte) (int, error) { f(string(p)); return len(p), nil }

func TestSetupGivesUpWaitingWhenAskedTo(t *testing.T) {
	t.Parallel()
	c := debian(t, "node", "npm", "chromium-headless-shell", "fc-list")
	c.fonts = true
	busy, done := make(chan struct{}), make(chan struct{})
	var once sync.Once
	c.pause = func() { once.Do(func() { close(busy); <-done }) }
	first := make(chan error)
	go func() {
		_, err := provision.Setup(t.Context(), onWrite(func(string) {}), c.options(true))
		first <- err
	}()
	<-busy
	ctx, cancel := context.WithCancel(t.Context())
	said := ""
	_, err := provision.Setup(ctx, onWrite(func(text string) { said += text; cancel() }), c.options(true))
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
