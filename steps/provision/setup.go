// Package provision finds or installs what the browser drivers, the test of
// accessibility and the tests of the providers need: the Playwright driver, a
// headless Chromium, Japanese fonts, axe-core, others' clients that the fake
// providers are tried with, two SIP telephones, WireMock with Java, and a Docker
// engine.
//
// The driver is npm playwright-core of exactly DriverVersion, laid out as
// playwright-go expects it. The browser is Debian's chromium-headless-shell
// where there is one or apt can install it, else the one Playwright downloads.
// Everything it writes itself lies in one cache directory; apt is used as root
// only, and sudo never.
//
// It does not provide a full Chromium, Firefox or WebKit, and it knows apt only:
// on another system it says what to type.
package provision

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
)

// CacheVariable is the environment variable that moves the cache directory.
const CacheVariable = "NETANSWER_CACHE"

// Options says where and on what Setup works. The zero value is right for
// everything but tests.
type Options struct {
	// CacheDir holds what is installed. Empty means the directory named by
	// CacheVariable, else netanswer in the user's cache directory.
	CacheDir string
	// Machine is the computer to provide for; nil means this one.
	Machine *Machine
}

// Browser is what a browser driver needs to start one.
type Browser struct {
	// DriverDir is Playwright's driver directory, for RunOptions of
	// playwright-go, which needs nothing else: package and node are in it.
	DriverDir string
	// NodePath is the Node that runs the driver: the one named by
	// PLAYWRIGHT_NODEJS_PATH, else the one linked from DriverDir.
	NodePath string
	// Executable is the headless Chromium. As root it needs --no-sandbox.
	Executable string
	// Font is a family with Japanese letters. Empty means there is none and
	// pictures show boxes; what a page says is read all the same.
	Font string
	// Axe is axe-core's script. Empty means there is none: pages can be driven,
	// but not checked for accessibility.
	Axe string
}

// Report is what Setup found and did. After an error it lacks what is missing.
type Report struct {
	Browser Browser
	Items   []Item
}

// Item is one thing needed: its name, whether it was installed just now, and
// what it is.
type Item struct {
	Name      string
	Installed bool
	Detail    string
}

// Find returns the browser that a Setup with the same cache directory
// left or found, and never installs anything. The error says what is missing.
func Find(cacheDir string) (Browser, error) {
	return Options{CacheDir: cacheDir}.Find(context.Background())
}

// Find is the same for any machine.
func (o Options) Find(ctx context.Context) (Browser, error) {
	p, err := newPlace(o)
	if err != nil {
		return Browser{}, err
	}
	dir, node, derr := p.findDriver()
	executable, berr := p.findBrowser()
	if err := errors.Join(derr, berr); err != nil {
		return Browser{}, fmt.Errorf("no browser to drive; run setup first: %w", err)
	}
	// A missing font is no reason to refuse: see Browser.Font.
	font, _ := p.findFont(ctx)
	axe, _ := p.findAxe() // nor is a missing axe-core: see Browser.Axe
	return Browser{DriverDir: dir, NodePath: node, Executable: executable, Font: font, Axe: axe}, nil
}

// Setup provides what is missing and writes a line for each thing to out. It
// goes on after a failure, so that one run tells all that is wanting; the
// error then joins a MissingError for each. Runs at the same time are safe: one
// installs, the others wait for it.
func Setup(ctx context.Context, out io.Writer, opts Options) (Report, error) {
	p, err := newPlace(opts)
	if err != nil {
		return Report{}, err
	}
	s := &setup{place: p, out: out}
	defer s.release()

	b := &s.Browser
	err = errors.Join(
		s.provide(ctx, "driver", s.installDriver, func() (what string, err error) {
			b.DriverDir, b.NodePath, err = p.findDriver()
			return fmt.Sprintf("playwright-core %s in %s, run by %s", DriverVersion, b.DriverDir, b.NodePath), err
		}),
		s.provide(ctx, "browser", s.installBrowser, func() (what string, err error) {
			b.Executable, err = p.findBrowser()
			return b.Executable, err
		}),
		s.provide(ctx, "fonts", s.installFonts, func() (what string, err error) {
			b.Font, err = p.findFont(ctx)
			return b.Font, err
		}),
		s.provide(ctx, "axe", s.installAxe, func() (what string, err error) {
			b.Axe, err = p.findAxe()
			return fmt.Sprintf("axe-core %s in %s", AxeVersion, b.Axe), err
		}),
		s.provide(ctx, "phones", s.installPhones, p.findPhones),
	)
	return s.Report, err
}

// setup is one run of Setup.
type setup struct {
	*place
	Report
	out     io.Writer
	updated bool   // apt-get update was run
	unlock  func() // nil while nothing had to be installed
}

// provide finds a thing, or installs it and finds it then.
func (s *setup) provide(ctx context.Context, name string, install func(context.Context) error, find func() (string, error)) error {
	what, err := find()
	if err == nil {
		return s.have(Item{Name: name, Detail: what})
	}
	if err := s.hold(ctx); err != nil {
		return err
	}
	// Another run may have installed it while this one waited.
	if what, err = find(); err == nil {
		return s.have(Item{Name: name, Detail: what})
	}
	if err := install(ctx); err != nil {
		return err
	}
	if what, err = find(); err != nil {
		return fmt.Errorf("install %s: it is still missing: %w", name, err)
	}
	return s.have(Item{Name: name, Installed: true, Detail: what})
}

// have notes a thing that is there and says so.
func (s *setup) have(i Item) error {
	s.Items = append(s.Items, i)
	verb := "found"
	if i.Installed {
		verb = "installed"
	}
	return s.say("%-8s %-10s %s", i.Name, verb, i.Detail)
}

func (s *setup) say(format string, args ...any) error {
	_, err := fmt.Fprintf(s.out, format+"\n", args...)
	return err
}

// hold takes the lock of the cache directory, once a run.
func (s *setup) hold(ctx context.Context) error {
	if s.unlock != nil {
		return nil
	}
	if err := os.MkdirAll(s.cache, 0o755); err != nil {
		return fmt.Errorf("make cache directory: %w", err)
	}
	unlock, err := lock(ctx, filepath.Join(s.cache, "setup.lock"), func() error {
		return s.say("waiting for another setup to end …")
	})
	if err != nil {
		return fmt.Errorf("take the lock of the cache directory: %w", err)
	}
	s.unlock = unlock
	return nil
}

func (s *setup) release() {
	if s.unlock != nil {
		s.unlock()
	}
}
