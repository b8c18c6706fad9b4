package browser

import (
	"context"
	"errors"
	"fmt"
	"os"
	"regexp"
	"sync"
	"time"

	"github.com/playwright-community/playwright-go"

	"example.com/netanswer/steps/provision"
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
	of         string // as provision names it
	playwright *playwright.Playwright
	browser    playwright.Browser
	spare      windows
}

// engines are those that run, by what they were started with. Drivers that would start
// the same share one, each in windows of its own: a browser, its helpers and Playwright
// are six processes, and take as long to start as some scenarios.
var engines struct {
	mu     sync.Mutex
	shared map[string]*shared
}

// A shared engine ends with the last of its users.
type shared struct {
	began   chan struct{} // closed when engine and failure are set
	engine  *engine
	failure error
	users   int
}

// hire returns an engine that a driver may use until it calls leave.
func hire(c Config) (e *engine, leave func() error, err error) {
	key := fmt.Sprintf("%q", append([]string{c.Browser.DriverDir, c.Browser.Engine, c.Browser.Executable, c.Server}, c.arguments()...))
	engines.mu.Lock()
	s := engines.shared[key]
	if s == nil || s.gone() {
		s = &shared{began: make(chan struct{})}
		if engines.shared == nil {
			engines.shared = map[string]*shared{}
		}
		engines.shared[key] = s
		go func() {
			defer close(s.began)
			s.engine, s.failure = start(c)
		}()
	}
	s.users++
	engines.mu.Unlock()
	leave = func() error {
		engines.mu.Lock()
		s.users--
		last := s.users == 0
		if last && engines.shared[key] == s {
			delete(engines.shared, key)
		}
		engines.mu.Unlock()
		if !last || s.engine == nil {
			return nil
		}
		return s.engine.stop()
	}
	<-s.began // starting has a time limit of its own
	err = s.failure
	if err == nil {
		err = s.engine.knows(c.Devices)
	}
	if err != nil {
		return nil, nil, errors.Join(err, leave())
	}
	return s.engine, leave, nil
}

// gone tells whether an engine failed to start or has ended: then another is started.
func (s *shared) gone() bool {
	select {
	case <-s.began:
		return s.failure != nil || !s.engine.browser.IsConnected()
	default:
		return false
	}
}

// knows tells whether Playwright has the devices.
func (e *engine) knows(devices []string) error {
	for _, name := range devices {
		if e.playwright.Devices[name] == nil {
			return fmt.Errorf("start a browser: there is no device %q", name)
		}
	}
	return nil
}

// titles are what the engines are called.
var titles = map[string]string{provision.Chromium: "Chromium", provision.Firefox: "Firefox", provision.WebKit: "WebKit"}

// name is what the engine is called, with its version.
func (e *engine) name() string { return titles[e.of] + " " + e.browser.Version() }

// kind is how Playwright starts a browser of the engine.
func (e *engine) kind() playwright.BrowserType {
	switch e.of {
	case provision.Firefox:
		return e.playwright.Firefox
	case provision.WebKit:
		return e.playwright.WebKit
	}
	return e.playwright.Chromium
}

// arguments are what Chromium is started with; the others need none. Its own sandbox is
// left off, as is Playwright's default: it does not start as root, nor where user
// namespaces are forbidden, and no page but that of this machine can be reached.
func (c Config) arguments() []string {
	if c.Browser.Engine != provision.Chromium {
		return nil
	}
	args := []string{c.reachable(), "--no-proxy-server", "--disable-smooth-scrolling"}
	if c.lends() {
		args = append(args, oneProcess...)
	}
	return args
}

func start(c Config) (*engine, error) {
	pw, err := within(context.Background(), startLimit, func() (*playwright.Playwright, error) {
		return playwright.Run(&playwright.RunOptions{DriverDirectory: c.Browser.DriverDir, SkipInstallBrowsers: true})
	})
	if err != nil {
		return nil, fmt.Errorf("start Playwright: %w", gist(err))
	}
	e := &engine{of: c.Browser.Engine, playwright: pw}
	if c.Server != "" {
		if e.browser, err = c.connect(e.kind()); err != nil {
			return nil, errors.Join(err, e.stop())
		}
		return e, nil
	}
	e.browser, err = e.kind().Launch(playwright.BrowserTypeLaunchOptions{
		ExecutablePath: &c.Browser.Executable,
		Args:           c.arguments(),
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
			err = errors.Join(err, p.Kill()) // a browser ends with the pipe it hangs on
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
