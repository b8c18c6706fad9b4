// Package provision finds or installs what the browser drivers need: the
// Playwright driver, a headless Chromium and Japanese fonts; where they are asked
// for, Playwright's own Firefox and WebKit.
//
// The driver is npm playwright-core of exactly DriverVersion, laid out as
// playwright-go expects it. The browser is Debian's chromium-headless-shell
// where there is one or apt can install it, else the one Playwright downloads.
// Everything it writes itself lies in one cache directory; apt is used as root
// only, and sudo never.
//
// It does not provide a full Chromium, and it knows apt only: on another system it
// says what to type. What only tests need is provided by
// test/provision, with the Installer of this package.
package provision

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
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
	// Engines are those of browsers that are provided. Empty means Chromium.
	Engines []string
}

// Browser is what a browser driver needs to start one.
type Browser struct {
	// DriverDir is Playwright's driver directory, for RunOptions of
	// playwright-go, which needs nothing else: package and node are in it.
	DriverDir string
	// NodePath is the Node that runs the driver: the one named by
	// PLAYWRIGHT_NODEJS_PATH, else the one linked from DriverDir.
	NodePath string
	// Engine is that of the browser: Chromium, Firefox or WebKit.
	Engine string
	// Executable is the browser. As root Chromium needs --no-sandbox.
	Executable string
	// Font is a family with Japanese letters. Empty means there is none and
	// pictures show boxes; what a page says is read all the same.
	Font string
}

// Report is what Setup found and did. After an error it lacks what is missing.
type Report struct {
	Browser Browser
	Items   []Item
}

// Find returns the browser that a Setup with the same cache directory
// left or found, and never installs anything. The error says what is missing.
func Find(cacheDir string) (Browser, error) { return FindEngine(cacheDir, Chromium) }

// FindEngine is Find of a browser with another engine.
func FindEngine(cacheDir, engine string) (Browser, error) {
	return Options{CacheDir: cacheDir, Engines: []string{engine}}.Find(context.Background())
}

// FindDriver is Find where a browser that runs elsewhere is to be driven: Executable
// stays empty.
func FindDriver(cacheDir string) (Browser, error) {
	p, err := NewPlace(Options{CacheDir: cacheDir})
	if err != nil {
		return Browser{}, err
	}
	dir, node, err := p.findDriver()
	if err != nil {
		return Browser{}, fmt.Errorf("no browser to drive; run netanswer setup browser first: %w", err)
	}
	return Browser{DriverDir: dir, NodePath: node}, nil
}

// Find is the same for any machine, of the first of the engines.
func (o Options) Find(ctx context.Context) (Browser, error) {
	engine := o.engines()[0]
	p, err := NewPlace(o)
	if err != nil {
		return Browser{}, err
	}
	dir, node, derr := p.findDriver()
	executable, berr := p.findEngine(engine)
	if err := errors.Join(derr, berr); err != nil {
		if engine != Chromium {
			return Browser{}, fmt.Errorf("no browser to drive; run netanswer setup browser -engines %s first: %w", engine, err)
		}
		return Browser{}, fmt.Errorf("no browser to drive; run netanswer setup browser first: %w", err)
	}
	// A missing font is no reason to refuse: see Browser.Font.
	font, _ := p.findFont(ctx)
	return Browser{DriverDir: dir, NodePath: node, Engine: engine, Executable: executable, Font: font}, nil
}

func (o Options) engines() []string {
	if len(o.Engines) == 0 {
		return []string{Chromium}
	}
	return o.Engines
}

// A need is one thing that the browser drivers need.
type need struct {
	name, purpose string
	find          func() (string, error)
	install       func(context.Context) error
	plan          func() string // what install would do
}

// needs are all of them. What is found is noted in b.
func (i *Installer) needs(ctx context.Context, b *Browser) []need {
	all := []need{
		{"driver", "speaks to the browser", func() (what string, err error) {
			b.DriverDir, b.NodePath, err = i.findDriver()
			return fmt.Sprintf("playwright-core %s in %s, run by %s", DriverVersion, b.DriverDir, b.NodePath), err
		}, i.installDriver, i.planDriver},
		{"fonts", "Japanese letters in pictures", func() (what string, err error) {
			b.Font, err = i.findFont(ctx)
			return b.Font, err
		}, i.installFonts, i.planFonts},
	}
	for n, engine := range i.engines {
		of := need{
			engine,
			"shows the pages to the driver pc with another engine (verify -browser)",
			func() (string, error) { return i.findEngine(engine) },
			func(ctx context.Context) error { return i.installEngine(ctx, engine) },
			func() string { return "let the driver download Playwright's " + engine + " into " + i.downloads() },
		}
		if engine == Chromium {
			of = need{"browser", "shows the pages to the drivers pc, sp, iphone and android, and takes pictures", func() (what string, err error) {
				b.Engine = Chromium
				b.Executable, err = i.findBrowser()
				return b.Executable, err
			}, i.installBrowser, i.planBrowser}
		}
		all = slices.Insert(all, 1+n, of)
	}
	return all
}

// Setup provides what is missing and writes a line for each thing to out. It
// goes on after a failure, so that one run tells all that is wanting; the
// error then joins a MissingError for each. Runs at the same time are safe: one
// installs, the others wait for it.
func Setup(ctx context.Context, out io.Writer, opts Options) (Report, error) {
	i, err := NewInstaller(out, opts)
	if err != nil {
		return Report{}, err
	}
	defer i.Close()
	var r Report
	var errs []error
	for _, n := range i.needs(ctx, &r.Browser) {
		if ctx.Err() != nil { // nothing more is begun, and nothing that is there is called missing
			errs = append(errs, context.Cause(ctx))
			break
		}
		errs = append(errs, i.Provide(ctx, n.name, n.install, n.find))
	}
	r.Items = i.Items
	return r, errors.Join(errs...)
}

// Tell writes what there is and what is missing, what each thing is for, and
// what Setup would do. It installs nothing; missing is how many things are.
func Tell(ctx context.Context, out io.Writer, opts Options) (missing int, err error) {
	i, err := NewInstaller(out, opts)
	if err != nil {
		return 0, err
	}
	for _, n := range i.needs(ctx, &Browser{}) {
		what, wrong := n.find()
		lines := []string{fmt.Sprintf("%-8s %-10s %s", n.name, "found", what), "for: " + n.purpose}
		if wrong != nil {
			missing++
			lines = []string{
				fmt.Sprintf("%-8s %-10s %v", n.name, "missing", wrong),
				"for: " + n.purpose,
				"setup browser would: " + n.plan(),
			}
		}
		err = errors.Join(err, i.Say("%s", lines[0]))
		for _, line := range lines[1:] {
			err = errors.Join(err, i.Say("%-8s %s", "", line))
		}
	}
	return missing, err
}
