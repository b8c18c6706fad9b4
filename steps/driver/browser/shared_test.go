package browser_test

import (
	"errors"
	"fmt"
	"os"
	"reflect"
	"sync"
	"testing"

	"github.com/playwright-community/playwright-go"

	"example.com/netanswer/steps/driver"
	"example.com/netanswer/steps/driver/browser"
	"example.com/netanswer/steps/provision"
	tools "example.com/netanswer/test/provision"
)

// To start a browser takes longer than most of what is tried with it, so tests that
// ask nothing special of it share one, each in contexts of its own.
var shared struct {
	mu       sync.Mutex
	drivers  map[string]driver.Driver
	chromium *chromium
}

// A chromium is a browser without the driver around it.
type chromium struct {
	playwright *playwright.Playwright
	browser    playwright.Browser
	axe        string
}

func TestMain(m *testing.M) {
	code := m.Run()
	if err := endShared(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		code = max(code, 1)
	}
	os.Exit(code)
}

func endShared() error {
	var errs []error
	for _, d := range shared.drivers {
		errs = append(errs, d.Close())
	}
	if c := shared.chromium; c != nil {
		errs = append(errs, c.browser.Close(), c.playwright.Stop())
	}
	return errors.Join(errs...)
}

// newDriver is a driver that other tests may have as well: a test neither closes it
// nor minds what else is open. One of a special kind is the test's own.
func newDriver(tb testing.TB, c browser.Config) driver.Driver {
	tb.Helper()
	plain := c.Foreign == nil || reflect.ValueOf(*c.Foreign).IsZero()
	if !plain || c.Trace || len(c.Devices) > 0 {
		return ownDriver(tb, c)
	}
	found := realBrowser(tb)
	key := fmt.Sprintf("%s, another's: %t, waits %s", c.Name, c.Foreign != nil, c.Timeout)
	shared.mu.Lock()
	defer shared.mu.Unlock()
	if d := shared.drivers[key]; d != nil {
		return d
	}
	c.Browser = found
	d, err := browser.New(c)
	if err != nil {
		tb.Fatal(err)
	}
	if shared.drivers == nil {
		shared.drivers = map[string]driver.Driver{}
	}
	shared.drivers[key] = d
	return d
}

// newChromium is a browser that other tests have as well, and axe's script.
func newChromium(t *testing.T) (playwright.Browser, string) {
	t.Helper()
	shared.mu.Lock()
	defer shared.mu.Unlock()
	if shared.chromium == nil {
		shared.chromium = startChromium(t)
	}
	return shared.chromium.browser, shared.chromium.axe
}

func startChromium(t *testing.T) *chromium {
	t.Helper()
	found, err := provision.Find("")
	axe, errAxe := tools.FindAxe(tools.Options{})
	if err := errors.Join(err, errAxe); err != nil {
		if os.Getenv("CI") != "" {
			t.Fatalf("there must be a browser and axe-core in CI: %v", err)
		}
		t.Skipf("accessibility is not checked: %v", err)
	}
	pw, err := playwright.Run(&playwright.RunOptions{DriverDirectory: found.DriverDir, SkipInstallBrowsers: true})
	if err != nil {
		t.Fatal(err)
	}
	b, err := pw.Chromium.Launch(
		playwright.BrowserTypeLaunchOptions{
			ExecutablePath: &found.Executable,
			Env:            found.Environment(),
			Args:           []string{"--no-proxy-server", "--disable-smooth-scrolling"},
		},
	)
	if err != nil {
		t.Fatal(errors.Join(err, pw.Stop()))
	}
	return &chromium{pw, b, axe}
}
