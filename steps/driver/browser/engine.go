package browser

import (
	"context"
	"errors"
	"fmt"
	"os"
	"regexp"
	"time"

	"github.com/playwright-community/playwright-go"
)

const (
	// startLimit is how long a browser may take to start, on a machine that
	// has more to do.
	startLimit = time.Minute
	// stopLimit is how long anything may take to close of itself.
	stopLimit = 10 * time.Second
)

// An engine is a running Playwright and its browser.
type engine struct {
	playwright *playwright.Playwright
	browser    playwright.Browser
	spare      windows
}

func start(c Config) (*engine, error) {
	pw, err := within(context.Background(), startLimit, func() (*playwright.Playwright, error) {
		return playwright.Run(&playwright.RunOptions{DriverDirectory: c.Browser.DriverDir, SkipInstallBrowsers: true})
	})
	if err != nil {
		return nil, fmt.Errorf("start Playwright: %w", gist(err))
	}
	e := &engine{playwright: pw}
	for _, name := range c.Devices {
		if pw.Devices[name] == nil {
			return nil, errors.Join(fmt.Errorf("start a browser: there is no device %q", name), e.stop())
		}
	}
	if c.Server != "" {
		if e.browser, err = c.connect(pw); err != nil {
			return nil, errors.Join(err, e.stop())
		}
		return e, nil
	}
	// Chromium's own sandbox is left off, as is Playwright's default: it does
	// not start as root, nor where user namespaces are forbidden, and no page
	// but that of this machine can be reached.
	args := []string{c.reachable(), "--no-proxy-server", "--disable-smooth-scrolling"}
	if c.lends() {
		args = append(args, oneProcess...)
	}
	e.browser, err = pw.Chromium.Launch(playwright.BrowserTypeLaunchOptions{
		ExecutablePath: &c.Browser.Executable,
		Args:           args,
		Env:            c.Browser.Environment(),
		Timeout:        milliseconds(startLimit),
	})
	if err != nil {
		return nil, errors.Join(fmt.Errorf("start %s: %w%s", c.Browser.Executable, gist(err), exit.FindString(err.Error())), e.stop())
	}
	return e, nil
}

// exit is how Playwright tells that a browser ended by itself, and by which signal.
var exit = regexp.MustCompile(` ?<process did exit: [^>\n]*>`)

// stop ends the browser with all its pages, then Playwright; by force if they
// do not answer.
func (e *engine) stop() error {
	var errs []error
	if e.browser != nil && e.browser.IsConnected() {
		errs = append(errs, closing("browser", func() error { return e.browser.Close() }))
	}
	err := closing("Playwright", e.playwright.Stop)
	if err != nil && e.playwright.Pid() != 0 {
		if p, ferr := os.FindProcess(e.playwright.Pid()); ferr == nil {
			err = errors.Join(err, p.Kill()) // Chromium ends with the pipe it hangs on
		}
	}
	return errors.Join(append(errs, err)...)
}

// closing closes something that may have gone already, in time.
func closing(what string, shut func() error) error {
	_, err := within(context.Background(), stopLimit, func() (struct{}, error) { return struct{}{}, shut() })
	if err == nil || errors.Is(err, playwright.ErrTargetClosed) {
		return nil
	}
	return fmt.Errorf("close the %s: %w", what, gist(err))
}
