package browser

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"github.com/playwright-community/playwright-go"

	"example.com/netanswer/steps/driver"
)

// Press implements driver.Eyes.
func (s *session) Press(ctx context.Context, name string) (driver.Screen, error) {
	return s.do(ctx, "press a button", func(ctx context.Context) error { return s.press(ctx, name) })
}

// GoBack implements driver.Eyes.
func (s *session) GoBack(ctx context.Context) (driver.Screen, error) {
	return s.do(ctx, "go back in the browser", s.goBack)
}

func (s *session) goBack(ctx context.Context) error {
	if _, err := s.page.GoBack(playwright.PageGoBackOptions{Timeout: s.timeout()}); err != nil {
		return gist(err)
	}
	if s.config.Foreign == nil {
		return nil
	}
	return s.rest(ctx)
}

// PressTwice implements driver.Eyes.
func (s *session) PressTwice(ctx context.Context, name string) (driver.Screen, error) {
	s.twice = true
	defer func() { s.twice = false }()
	return s.Press(ctx, name)
}

// ScrollTerms implements driver.Eyes.
func (s *session) ScrollTerms(ctx context.Context) error {
	_, err := s.do(ctx, "read the terms", s.scroll)
	return err
}

// scroll scrolls the terms with the keyboard, which who cannot use a wheel must
// be able to as well, and waits for the end to be there.
func (s *session) scroll(ctx context.Context) error {
	if err := context.Cause(ctx); err != nil {
		return err
	}
	if s.config.Foreign != nil {
		s.scrollStrange(ctx)
		return nil
	}
	if err := s.reaches(ctx, "scroll", target{Name: terms, Roles: []string{"region"}, Focus: true}); err != nil {
		return err
	}
	at, err := within(ctx, verbLimit*s.config.Timeout, func() (any, error) {
		if err := s.page.Keyboard().Press("End"); err != nil {
			return nil, err
		}
		return s.page.Evaluate(atEnd)
	})
	if err != nil {
		return fmt.Errorf("scroll 「%s」: %w", terms, gist(err))
	}
	if at != true {
		return fmt.Errorf("scroll 「%s」: the End key does not lead to the end", terms)
	}
	return nil
}

// atEnd tells, after the scrolling that may be going on, whether what has the cursor
// shows its end, once the page has been told of it.
const atEnd = `async () => {
  const el = document.activeElement;
  const end = () => el.scrollTop + el.clientHeight >= el.scrollHeight - 1;
  const frame = () => new Promise(requestAnimationFrame);
  for (let still = 0, at = -1; still < 10 && !end(); still = at === el.scrollTop ? still + 1 : 0) {
    at = el.scrollTop;
    await frame();
  }
  await frame();
  await frame();
  return end();
}`

// SubmitWithoutScrolling implements driver.Eyes.
func (s *session) SubmitWithoutScrolling(ctx context.Context, f driver.Form) (driver.Screen, error) {
	return s.do(ctx, "submit the form with the terms unread", func(ctx context.Context) error {
		if s.config.Foreign != nil {
			return s.submitStrange(ctx, f, false)
		}
		if err := s.fill(ctx, f); err != nil {
			return err
		}
		return s.press(ctx, agree)
	})
}

// OpenTerms implements driver.Eyes.
func (s *session) OpenTerms(ctx context.Context) (driver.Screen, error) {
	if s.termsStand(ctx) {
		return s.Look(ctx)
	}
	return s.presses(ctx, "open the terms", s.opener())
}

// opener is what opens the terms.
func (s *session) opener() string {
	if s.inApp() {
		return openAppTerms
	}
	return openTerms
}

// termsStand tells whether another team's page shows the terms as it is, so that
// nothing opens or closes them.
func (s *session) termsStand(ctx context.Context) bool {
	if s.config.Foreign == nil || s.has(ctx, s.opener()) || s.has(ctx, closeTerms) {
		return false
	}
	shown, err := s.Visible(ctx, firstArticle)
	return err == nil && shown
}

// firstArticle is where the terms begin.
const firstArticle = "第1条"

// CloseTerms implements driver.Eyes.
func (s *session) CloseTerms(ctx context.Context) (driver.Screen, error) {
	if s.termsStand(ctx) {
		return driver.Screen{}, fmt.Errorf("%w: 規約は画面にそのまま示され、閉じるものがありません", driver.ErrInapplicable)
	}
	return s.presses(ctx, "close the terms", closeTerms)
}

// Visible implements driver.Eyes. A text that is split over several lines of a
// page is looked for among all that can be read.
func (s *session) Visible(ctx context.Context, text string) (bool, error) {
	screen, err := s.do(ctx, "look for a text", func(context.Context) error { return nil })
	if err != nil {
		return false, err
	}
	return strings.Contains(screen.Text, strings.Join(strings.Fields(text), " ")), nil
}

// Fits implements driver.Eyes. Of what scrolls for itself only the frame counts.
func (s *session) Fits(ctx context.Context) (bool, error) {
	var wide any
	_, err := s.do(ctx, "measure the page", func(ctx context.Context) (err error) {
		wide, err = s.evaluate(ctx, `() => document.scrollingElement.scrollWidth`, nil)
		return err
	})
	if err != nil {
		return false, err
	}
	n, ok := wide.(int)
	if !ok {
		return false, errors.New("measure the page: it has no width")
	}
	return n <= s.window.device.width, nil
}

// Spot implements driver.Eyes.
func (s *session) Spot(ctx context.Context, name string) (spot driver.Spot, err error) {
	_, err = s.do(ctx, "see where something stands", func(context.Context) error {
		thing := s.named(name, "link", "button")
		if s.config.Foreign != nil {
			found, err := s.action(ctx, name)
			if err != nil {
				return err
			}
			thing = found.locator
		}
		told, err := thing.Evaluate(whereItStands, nil, playwright.LocatorEvaluateOptions{Timeout: s.timeout()})
		if err != nil {
			return s.failed(ctx, err, thing, fmt.Sprintf("look for 「%s」", name))
		}
		text, _ := told.(string) // what is no text is no JSON either
		return json.Unmarshal([]byte(text), &spot)
	})
	return spot, err
}

// whereItStands counts a page that is shorter than its window to where its last words are.
const whereItStands = `(el) => {
  const box = el.getBoundingClientRect();
  const [x, y] = [(box.left + box.right) / 2, (box.top + box.bottom) / 2];
  const last = [el, ...document.querySelectorAll("body *")].filter((e) => e === el || !e.children.length && e.checkVisibility() &&
    (e.textContent.trim() || e.matches("img, svg, input, iframe")) && !e.matches("script, style"));
  const end = Math.max(...last.map((e) => e.getBoundingClientRect().bottom + scrollY));
  return JSON.stringify({ Right: x / innerWidth, Down: y / innerHeight, Page: (y + scrollY) / Math.min(end, document.scrollingElement.scrollHeight) });
}`
