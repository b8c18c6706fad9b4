package browser

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strings"

	"github.com/playwright-community/playwright-go"

	"example.com/netanswer/steps/driver"
)

// A left is a session that was left: its cookies, its address, and what its verbs
// had kept for the next one.
type left struct {
	home     string
	address  string // "" where nothing was opened
	cookies  []playwright.Cookie
	kept     map[string]string
	sent     *submission
	passcode *typed
	secrets  []string
}

var (
	_ driver.Keeper    = (*pages)(nil)
	_ driver.Resumable = (*session)(nil)
)

// Place implements driver.Keeper.
func (d *pages) Place(at driver.World) string {
	if d.config.Name == Desktop {
		return Desktop
	}
	return d.config.phone(at.Name)
}

// untouched tells whether a page is as its address shows it: nothing is written
// in it, ticked, chosen, scrolled or opened that was not so at first.
const untouched = `() => {
  const fields = [...document.querySelectorAll("input, textarea")];
  const lists = [...document.querySelectorAll("select")];
  const asGiven = (list) => {
    const given = [...list.options].findIndex((option) => option.defaultSelected);
    return list.selectedIndex === Math.max(given, 0);
  };
  return fields.every((field) => field.value === field.defaultValue && field.checked === field.defaultChecked) &&
    lists.every(asGiven) && !document.querySelector(":popover-open, dialog[open], details[open]") &&
    [...document.body.querySelectorAll("*")].every((element) => element.scrollTop === 0);
}`

// Left implements driver.Resumable.
func (s *session) Left(ctx context.Context) (driver.Left, error) {
	s.window.mu.Lock()
	alone := s.window.tabs == 1
	s.window.mu.Unlock()
	if s.config.Foreign != nil || !alone || s.here != "" && !s.watch.asked() {
		return nil, nil
	}
	l := left{
		home:     s.window.home,
		address:  s.here,
		kept:     maps.Clone(s.kept),
		sent:     s.watch.last(),
		passcode: s.passcode,
		secrets:  slices.Clone(s.secrets),
	}
	if s.here == "" {
		return l, nil
	}
	clean, err := s.evaluate(ctx, untouched, nil)
	if err != nil || clean != true {
		return nil, err
	}
	l.cookies, err = within(ctx, s.config.Timeout, func() ([]playwright.Cookie, error) { return s.window.Cookies() })
	if err != nil {
		return nil, gist(err)
	}
	return l, nil
}

// Resume implements driver.Keeper.
func (d *pages) Resume(ctx context.Context, at driver.World, kept driver.Left) (driver.Session, driver.Screen, error) {
	l, ok := kept.(left)
	if !ok {
		return nil, driver.Screen{}, fmt.Errorf("a session left by another driver: %T", kept)
	}
	opened, err := d.Open(ctx, at)
	if err != nil {
		return nil, driver.Screen{}, err
	}
	s := opened.(*session)
	screen, err := s.takeUp(ctx, l)
	if err != nil {
		return nil, driver.Screen{}, errors.Join(err, s.Close())
	}
	return s, screen, nil
}

// takeUp brings a new session to where another was left.
func (s *session) takeUp(ctx context.Context, l left) (driver.Screen, error) {
	here := func(address string) string { return strings.Replace(address, l.home, s.window.home, 1) }
	moved := func(sent submission) submission { return submission{address: here(sent.address), body: sent.body} }
	for title, address := range l.kept {
		s.kept[title] = here(address)
	}
	s.secrets = slices.Clone(l.secrets)
	if l.passcode != nil {
		s.passcode = &typed{submission: moved(l.passcode.submission), text: l.passcode.text}
	}
	if l.address == "" {
		return driver.Screen{}, nil
	}
	cookies, err := moveCookies(l.cookies, s.window.home)
	if err != nil {
		return driver.Screen{}, err
	}
	return s.do(ctx, "go on where another one was left", func(ctx context.Context) error {
		if len(cookies) > 0 {
			if _, err := within(ctx, s.config.Timeout, func() (none struct{}, err error) {
				return none,
					s.window.AddCookies(cookies)
			}); err != nil {
				return gist(err)
			}
		}
		if err := s.visit(here(l.address)); err != nil {
			return err
		}
		if l.sent != nil {
			s.watch.resume(moved(*l.sent))
		}
		return nil
	})
}

// moveCookies gives the cookies of one world's host to that of another.
func moveCookies(cookies []playwright.Cookie, home string) ([]playwright.OptionalCookie, error) {
	to, err := url.Parse(home)
	if err != nil {
		return nil, err
	}
	moved := make([]playwright.OptionalCookie, len(cookies))
	for i, c := range cookies {
		host := to.Hostname()
		moved[i] = playwright.OptionalCookie{Name: c.Name, Value: c.Value, Domain: &host, Path: &c.Path, Expires: &c.Expires,
			HttpOnly: &c.HttpOnly, Secure: &c.Secure, SameSite: c.SameSite}
	}
	return moved, nil
}
