package browser

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/playwright-community/playwright-go"
)

// named is the thing on the page that has one of some roles and that name.
func (s *session) named(name string, roles ...playwright.AriaRole) playwright.Locator {
	o := playwright.PageGetByRoleOptions{Name: s.config.word(name), Exact: playwright.Bool(true)}
	found := s.page.GetByRole(roles[0], o)
	for _, role := range roles[1:] {
		found = found.Or(s.page.GetByRole(role, o))
	}
	return found
}

// timeout is how long one thing is waited for. It goes with every call: what
// playwright-go is told once, for all of a page, it does not pass on.
func (s *session) timeout() *float64 { return milliseconds(s.config.Timeout) }

// visit goes to an address, as if it were typed.
func (s *session) visit(address string) error {
	response, err := s.page.Goto(address, playwright.PageGotoOptions{Timeout: s.timeout()})
	if err == nil && response == nil && strings.Contains(address, "#") { // only moved within the page that is here
		_, err = s.page.Reload(playwright.PageReloadOptions{Timeout: s.timeout()})
	}
	if err != nil {
		return fmt.Errorf("open %s: %w", page(address), gist(err))
	}
	if s.config.Foreign != nil {
		return s.rest(context.Background()) // each wait has its own limit
	}
	return nil
}

// press presses a button or link, and waits for the page that it may lead to.
func (s *session) press(ctx context.Context, name string) error {
	if s.config.Foreign != nil {
		return s.pressStrange(ctx, name)
	}
	return s.pressNamed(ctx, name, "link", "button")
}

// clicking is how something is clicked.
func (s *session) clicking() playwright.LocatorClickOptions {
	o := playwright.LocatorClickOptions{Timeout: s.timeout()}
	if s.twice {
		o.ClickCount = playwright.Int(2)
	}
	return o
}

// whole waits for the parts of a page. Playwright's own WaitForLoadState misses
// a page that becomes whole just when it is called.
// A page that is being left is waited for until it has gone.
const whole = `async () => {
  while (globalThis.netanswerLeaves) await new Promise((done) => setTimeout(done, 20));
  return document.readyState === "complete" || new Promise((done) => addEventListener("load", () => done(true), { once: true }));
}`

// arrive waits until the page that was led to is whole. Where one page leads on to another by itself, the last counts.
func (s *session) arrive(ctx context.Context) error {
	for {
		_, err := s.evaluate(ctx, whole, nil)
		if err == nil {
			return nil
		}
		if !strings.Contains(err.Error(), "context was destroyed") || ctx.Err() != nil {
			return fmt.Errorf("wait for the page: %w", err)
		}
	}
}

// sends does what makes the page send a form by script, and waits for what comes.
func (s *session) sends(ctx context.Context, command func() error) error {
	_, err := s.page.ExpectEvent("framenavigated", command, playwright.PageExpectEventOptions{Timeout: s.timeout()})
	if err != nil {
		return gist(err)
	}
	return s.arrive(ctx)
}

// count tells how many of a thing are on the screen just now.
func (s *session) count(ctx context.Context, thing playwright.Locator) (int, error) {
	seen := thing.Filter(playwright.LocatorFilterOptions{Visible: playwright.Bool(true)})
	return within(ctx, s.config.Timeout, seen.Count)
}

// failed says why something could not be done to a thing on the screen.
func (s *session) failed(ctx context.Context, err error, thing playwright.Locator, command string) error {
	if errors.Is(err, playwright.ErrTimeout) {
		if n, cannot := s.count(ctx, thing); cannot == nil && n == 0 {
			return fmt.Errorf("%s: there is no such thing on the screen 「%s」", command, s.title)
		}
	}
	return fmt.Errorf("%s: %w", command, gist(err))
}

// fillIn writes into the field of a name.
func (s *session) fillIn(ctx context.Context, name, text string) error {
	if s.config.Foreign != nil {
		return s.put(ctx, name, text)
	}
	return s.write(ctx, in(name, text))
}

// labelled is the field of that label.
func (s *session) labelled(name string) playwright.Locator {
	return s.page.GetByLabel(s.config.word(name), playwright.PageGetByLabelOptions{Exact: playwright.Bool(true)})
}
