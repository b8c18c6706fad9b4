package browser

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"sync"
	"sync/atomic"

	"github.com/playwright-community/playwright-go"

	"example.com/netanswer/steps/driver"
)

// verbLimit is how many times longer than one thing a whole verb may take.
const verbLimit = 6

// A session is one tab.
type session struct {
	config Config
	window *window
	page   playwright.Page
	watch  *watch
	busy   chan struct{} // holds one thing while a verb, which may be waited for no longer, is at work

	// What a verb leaves for the next one.
	title    string            // of the screen last read
	lines    []string          // of the screen before what was done last, where it is foreign
	linesOf  string            // the title of that screen
	twice    bool              // what is pressed is pressed twice at once
	cut      []string          // the fields that took only the beginning of what was written into them last
	tried    bool              // something was pressed
	turn     int               // how often something was looked for
	here     string            // the address that shows it, "" if nothing was opened
	kept     map[string]string // addresses seen, by the title of their screen
	passcode *typed            // the passcode sent last, nil if none was
	secrets  []string          // what was written and must not be in evidence
	closed   sync.Once
}

// A window is the browser context that the tabs of one person share. It is
// closed with its last tab.
type window struct {
	playwright.BrowserContext
	device device
	home   string // the origin of the world; the whole address where it is foreign

	shut func() error // closes it, or gives it back

	recorded atomic.Bool // a trace is being recorded

	mu   sync.Mutex
	tabs int
}

var (
	_ driver.Session = (*session)(nil)
	_ driver.Eyes    = (*session)(nil)
)

// open gives a person a browser of their own.
func open(ctx context.Context, c Config, e *engine, d device, home string) (*session, error) {
	w := &window{device: d, home: home}
	made := make(chan struct{})
	_, err := within(ctx, verbLimit*c.Timeout, func() (none struct{}, err error) {
		defer close(made)
		return none, w.create(c, e)
	})
	if err != nil {
		go func() { // what comes too late is closed
			if <-made; w.BrowserContext != nil {
				_ = w.shut() // nobody is left to be told
			}
		}()
		return nil, fmt.Errorf("open a browser window: %w", gist(err))
	}
	if !c.confined() {
		if err := w.confine(ctx, c); err != nil {
			return nil, errors.Join(err, closing("browser window", w.shut))
		}
	}
	if c.Trace {
		if err := w.record(ctx, c); err != nil {
			return nil, errors.Join(err, closing("browser window", w.shut))
		}
		w.recorded.Store(true)
	}
	s, err := w.tab(ctx, c)
	if err != nil {
		return nil, errors.Join(err, closing("browser window", w.shut))
	}
	return s, nil
}

// create makes the context of a window, or takes one that is spare.
func (w *window) create(c Config, e *engine) error {
	if !c.lends() {
		made, err := e.browser.NewContext(w.device.options)
		if err == nil {
			w.BrowserContext, w.shut = made, func() error { return made.Close() }
		}
		return err
	}
	l, err := e.spare.lend(e.browser, w.device, w.home)
	if err == nil {
		w.BrowserContext, w.shut = l, func() error { return e.spare.takeBack(l) }
	}
	return err
}

// tab opens another page in the window.
func (w *window) tab(ctx context.Context, c Config) (*session, error) {
	p, err := within(ctx, verbLimit*c.Timeout, func() (playwright.Page, error) { return w.NewPage() })
	if err != nil {
		return nil, fmt.Errorf("open a tab: %w", gist(err))
	}
	s := &session{config: c, window: w, page: p, watch: &watch{}, busy: make(chan struct{}, 1), kept: map[string]string{}}
	s.watch.over(p)
	if c.Foreign != nil {
		s.watch.listens(p)
	}
	if home, err := url.Parse(w.home); err == nil {
		secret, _ := home.User.Password()
		s.hide(secret)
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	w.tabs++
	return s, nil
}

// do carries out a verb and reads the screen that is there then. Whatever ctx
// or the page does, it answers: what a verb cannot finish goes on for itself,
// and the next verb waits for its end.
func (s *session) do(ctx context.Context, verb string, act func(ctx context.Context) error) (driver.Screen, error) {
	screen, err := s.try(ctx, func(ctx context.Context) (driver.Screen, error) {
		if err := act(ctx); err != nil {
			return driver.Screen{}, err
		}
		return s.read(ctx)
	})
	if err != nil {
		return screen, fmt.Errorf("%s: %w", verb, err)
	}
	return screen, nil
}

// try runs something alone and in time, and joins to its error what the page
// complained of meanwhile.
func (s *session) try(ctx context.Context, run func(ctx context.Context) (driver.Screen, error)) (driver.Screen, error) {
	limit := verbLimit * s.config.Timeout
	ctx, cancel := context.WithTimeoutCause(ctx, limit, fmt.Errorf("it took longer than %s: %w", limit, context.DeadlineExceeded))
	defer cancel()
	select {
	case s.busy <- struct{}{}:
	case <-ctx.Done():
		return driver.Screen{}, context.Cause(ctx)
	}
	screen, err := within(ctx, limit, func() (driver.Screen, error) {
		defer func() { <-s.busy }()
		return run(ctx)
	})
	complaints := s.watch.complaints()
	if s.config.Foreign != nil { // a person perceives none of them; they stay in the evidence
		return screen, err
	}
	return screen, errors.Join(err, complaints)
}

// Tab implements driver.Session.
func (s *session) Tab(ctx context.Context) (driver.Session, error) {
	t, err := s.window.tab(ctx, s.config)
	if err != nil {
		return nil, err
	}
	if s.here == "" {
		return t, nil
	}
	if _, err := t.do(ctx, "open a second tab", func(context.Context) error { return t.visit(s.here) }); err != nil {
		return nil, errors.Join(err, t.Close())
	}
	return t, nil
}

// Close implements driver.Session. It may be called twice, and after the
// driver's own.
func (s *session) Close() (err error) {
	s.closed.Do(func() {
		s.window.mu.Lock()
		s.window.tabs--
		last := s.window.tabs == 0
		s.window.mu.Unlock()
		if last {
			err = closing("browser window", s.window.shut)
		} else {
			err = closing("tab", func() error { return s.page.Close() })
		}
	})
	return err
}
