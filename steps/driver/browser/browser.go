// Package browser tries an implementation by its pages, with Playwright and a
// headless browser, Chromium unless another engine is asked for: as a desktop browser
// or as an emulated phone. A phone is Chromium, or WebKit where that is asked for, with
// a phone's screen, touch and name; evidence says so.
//
// Things are found by what a person perceives: role, label, text. The names it
// goes by stand in words.go. Only what a person types into the address bar is
// an address here: the home page, the search page and, for OpenStep, the later
// steps (address.go).
//
// One browser serves all sessions of all drivers that ask for the same, engine.go, each
// in a browser context that nobody else has at the time, windows.go.
// Nothing can be reached that is not on this machine, but for what
// Config.Foreign names. A verb fails if the page threw, wrote an error to its
// console, broke its content security policy or lacked a part, and if the
// service returned a 5xx other than 503, which is how it says that it
// cannot serve now; of a foreign implementation that is kept as evidence only.
//
// What no button does is done with the page's own form: to send it without the
// button that agrees, to send it a second time, to send it from a page that the
// browser has kept. Everything else is pressed and written, on a phone too with
// the events of a mouse and a keyboard.
//
// A trace is recorded where it is asked for, and scrubbed before it is evidence:
// without pictures, what was typed, what was sent, and the documents received.
// Files, dialogs, second windows and pages that send by script are not modelled.
package browser

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"sync"
	"time"

	"example.com/netanswer/steps/driver"
	"example.com/netanswer/steps/provision"
)

// ErrImpossible is wrapped by the error of a verb that a person at the screen
// cannot carry out, whatever they press. It says nothing against the service.
var ErrImpossible = errors.New("a person at the screen cannot do that")

// A Config is what a Driver is made of.
type Config struct {
	// Name is pc, for a desktop browser, sp, for a phone's browser, or iphone or
	// android, for a phone with the company's app.
	Name string
	// Browser is what provision found. Only DriverDir, Engine and Executable are used;
	// no Engine is Chromium.
	Browser provision.Browser
	// Server is where a browser runs that is to be used instead: a Playwright server, or
	// the DevTools of a Chromium. Then of Browser only DriverDir is used. "" starts one.
	Server string
	// Devices are the phones to emulate, as Playwright names them. A world is
	// always visited with the same one. Empty means those that suit the name:
	// for sp an iPhone and an Android phone. A desktop has none.
	Devices []string
	// Timeout is how long a person waits for one thing: a page, a button. A
	// whole verb may take six times that. Zero means five seconds.
	Timeout time.Duration
	// Foreign is given where it is not the sandbox that is tried.
	Foreign *Foreign
	// Trace records what happens in every window, and adds it to the evidence.
	Trace bool
}

// The drivers there are.
const (
	Desktop = "pc"
	Phone   = "sp"
	IPhone  = "iphone"
	Android = "android"
)

// phones are the devices of each driver for phones.
var phones = map[string][]string{Phone: {"iPhone 14", "Pixel 7"}, IPhone: {"iPhone 14"}, Android: {"Pixel 7"}}

// Shows tells whether an engine can be what a driver looks through: Playwright has no
// phones for Firefox.
func Shows(engine, driver string) bool { return engine != provision.Firefox || driver == Desktop }

// New returns a driver that costs nothing before the first session. An
// unknown device, or a browser that does not start, shows there.
func New(c Config) (driver.Driver, error) {
	switch c.Name {
	case Desktop:
		if len(c.Devices) > 0 {
			return nil, fmt.Errorf("browser: %s emulates no device", Desktop)
		}
	case Phone, IPhone, Android:
		if len(c.Devices) == 0 {
			c.Devices = phones[c.Name]
		}
	default:
		return nil, fmt.Errorf("browser: unknown driver %q; there are %s, %s, %s and %s", c.Name, Desktop, Phone, IPhone, Android)
	}
	if c.Server != "" {
		if err := CheckServer(c.Server); err != nil {
			return nil, err
		}
	}
	if c.Browser.DriverDir == "" || c.Browser.Executable == "" && c.Server == "" {
		return nil, errors.New("browser: no browser to drive; run netanswer setup browser first")
	}
	if c.Browser.Engine == "" {
		c.Browser.Engine = provision.Chromium
	}
	if err := provision.CheckEngine(c.Browser.Engine); err != nil {
		return nil, err
	}
	if !Shows(c.Browser.Engine, c.Name) {
		return nil, fmt.Errorf("browser: firefox shows no phone, so not %s; chromium and webkit do", c.Name)
	}
	if c.Timeout < 0 {
		return nil, fmt.Errorf("browser: a timeout of %s", c.Timeout)
	}
	if c.Timeout == 0 {
		c.Timeout = 5 * time.Second
	}
	c.Devices = slices.Clone(c.Devices)
	return &pages{config: c}, nil
}

// pages is the driver.
type pages struct {
	config Config

	mu       sync.Mutex
	started  chan struct{} // closed when engine, leave and failure are set; nil before the first session
	engine   *engine       // which others may use too
	leave    func() error
	failure  error
	windows  map[*window]bool // that are open
	finished bool
}

// Name implements driver.Driver.
func (d *pages) Name() string { return d.config.Name }

// Engine implements driver.Sighted.
func (d *pages) Engine() string {
	d.mu.Lock()
	started := d.started
	d.mu.Unlock()
	if started == nil {
		return ""
	}
	select {
	case <-started:
	default:
		return ""
	}
	if d.failure != nil {
		return ""
	}
	return d.engine.name()
}

// Open implements driver.Driver.
func (d *pages) Open(ctx context.Context, at driver.World) (driver.Session, error) {
	home, err := d.config.home(at)
	if err != nil {
		return nil, err
	}
	e, err := d.running(ctx)
	if err != nil {
		return nil, err
	}
	s, err := open(ctx, d.config, e, e.device(d.config, at.Name), home)
	if err != nil {
		return nil, err
	}
	w := s.window
	if err := d.owns(w); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	shut := w.shut
	w.shut = func() error { d.forgets(w); return shut() }
	return s, nil
}

// running returns the engine, and starts it for the first who asks.
func (d *pages) running(ctx context.Context) (*engine, error) {
	d.mu.Lock()
	if d.finished {
		d.mu.Unlock()
		return nil, errClosed
	}
	if d.started == nil {
		d.started = make(chan struct{})
		go func() {
			defer close(d.started)
			d.engine, d.leave, d.failure = hire(d.config)
		}()
	}
	started := d.started
	d.mu.Unlock()
	select {
	case <-started:
		return d.engine, d.failure
	case <-ctx.Done():
		return nil, fmt.Errorf("start a browser: %w", context.Cause(ctx))
	}
}

var errClosed = errors.New("the browser driver is closed")

// Close implements driver.Driver. It may be called twice.
func (d *pages) Close() error {
	d.mu.Lock()
	started, again := d.started, d.finished
	d.finished = true
	d.mu.Unlock()
	if again || started == nil {
		return nil
	}
	<-started
	if d.engine == nil {
		return nil // why is told to those who opened sessions
	}
	d.mu.Lock()
	left := slices.Collect(maps.Keys(d.windows))
	d.mu.Unlock()
	var errs []error
	for _, w := range left {
		errs = append(errs, closing("browser window", func() error { return w.Close() }))
	}
	return errors.Join(append(errs, d.leave())...)
}

// owns notes a window that is open.
func (d *pages) owns(w *window) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.finished {
		return errClosed
	}
	if d.windows == nil {
		d.windows = map[*window]bool{}
	}
	d.windows[w] = true
	return nil
}

// forgets notes that one is not any more.
func (d *pages) forgets(w *window) {
	d.mu.Lock()
	defer d.mu.Unlock()
	delete(d.windows, w)
}
