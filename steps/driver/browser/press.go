package browser

import (
	"context"
	"errors"
	"fmt"

	"github.com/playwright-community/playwright-go"
)

// exactly is that a name must be the whole name.
var exactly = playwright.PageGetByRoleOptions{Exact: playwright.Bool(true)}

// named is the thing on the page that has one of some roles and that name.
func (s *session) named(name string, roles ...playwright.AriaRole) playwright.Locator {
	o := exactly
	o.Name = name
	found := s.page.GetByRole(roles[0], o)
	for _, role := range roles[1:] {
		found = found.Or(s.page.GetByRole(role, o))
	}
	return found
}

// visit goes to an address, as if it were typed.
func (s *session) visit(address string) error {
	_, err := s.page.Goto(address)
	if err != nil {
		return fmt.Errorf("open %s: %w", page(address), gist(err))
	}
	return nil
}

// press presses a button or link, and waits for the page that it may lead to.
func (s *session) press(ctx context.Context, name string) error {
	if err := context.Cause(ctx); err != nil {
		return err
	}
	target := s.named(name, "link", "button")
	if err := target.Click(); err != nil {
		return s.failed(err, target, fmt.Sprintf("press 「%s」", name))
	}
	return s.arrive()
}

// arrive waits until the page that was led to is whole. A click has waited for
// its beginning.
func (s *session) arrive() error {
	if err := s.page.WaitForLoadState(); err != nil {
		return fmt.Errorf("wait for the page: %w", gist(err))
	}
	return nil
}

// there tells whether a thing is on the screen just now.
func there(thing playwright.Locator) bool {
	n, err := thing.Filter(playwright.LocatorFilterOptions{Visible: playwright.Bool(true)}).Count()
	return err == nil && n > 0 // who cannot look does not see
}

// failed says why something could not be done to a thing on the screen.
func (s *session) failed(err error, thing playwright.Locator, deed string) error {
	if errors.Is(err, playwright.ErrTimeout) && !there(thing) {
		return fmt.Errorf("%s: there is no such thing on the screen 「%s」", deed, s.title)
	}
	return fmt.Errorf("%s: %w", deed, gist(err))
}

// write writes into a field in place of what is there.
func (s *session) write(ctx context.Context, field playwright.Locator, name, text string) error {
	if err := context.Cause(ctx); err != nil {
		return err
	}
	if err := field.Fill(text); err != nil {
		return s.failed(err, field, fmt.Sprintf("write into 「%s」", name))
	}
	return nil
}

// labelled is the field of that label.
func (s *session) labelled(name string) playwright.Locator {
	return s.page.GetByLabel(name, playwright.PageGetByLabelOptions{Exact: playwright.Bool(true)})
}
