package browser

import (
	"context"
	_ "embed"
	"encoding/json"
	"fmt"
	"unicode/utf8"

	"github.com/playwright-community/playwright-go"
)

// The hand at pages that nobody has told about. A round trip finds out where a thing
// is to be pressed, and the mouse presses there, where a locator of Playwright needs
// twenty messages and, once for each page, a script of 320 KB. What the hand cannot
// press it leaves to the locator, which waits longer and tells why it cannot.

//go:embed poise.js
var poise string

var (
	poising = script("mark, here, ticks, most", poise)
	holding = script("mark", `const el = every(mark)[0]; return el ? el.value ?? "" : null;`)
	isSo    = script("mark", `const el = every(mark)[0]; return el ? el.checked === true || el.ariaChecked === "true" : null;`)
	ending  = script("mark", `const el = every(mark)[0]; return el ? (`+toEnd+`)(el) : null;`)
)

// atRest is how long the hand waits until a thing comes to rest with nothing before
// it. A locator is asked then, which tells what is in the way.
const atRest = lookTimeout

// upon evaluates a script about a thing.
func (s *session) upon(ctx context.Context, t thing, function string, more map[string]any) (any, error) {
	argument := map[string]any{"mark": t.mark}
	for name, value := range more {
		argument[name] = value
	}
	return s.evaluate(ctx, function, argument)
}

// click clicks. What would open another window is opened in this one, where the
// person then goes on.
func (s *session) click(ctx context.Context, t thing, here bool) error {
	told, err := s.upon(ctx, t, poising, map[string]any{"here": here, "ticks": false, "most": atRest.Milliseconds()})
	if err != nil {
		return err
	}
	key := s.window.recorded.Load() && utf8.RuneCountInString(t.Name) == 1 // of what a locator pressed, a trace is cleared
	at, ok := pointOf(told)
	if !ok || key {
		return t.locator.Click(s.clicking())
	}
	if err := s.pressAt(ctx, at); err != nil {
		return err
	}
	if hit, err := s.evaluate(ctx, `() => globalThis.netanswerHit`, nil); err != nil || hit != false {
		return nil //nolint:nilerr // the page has been left, so it was
	}
	return t.locator.Click(s.clicking())
}

// A point is where something is pressed.
type point struct{ X, Y float64 }

// pointOf is what poise.js tells, false where it has come to no point.
func pointOf(told any) (at point, ok bool) {
	text, _ := told.(string)
	return at, text != "" && json.Unmarshal([]byte(text), &at) == nil
}

// pressAt presses the mouse, twice at once where that is wanted.
func (s *session) pressAt(ctx context.Context, at point) error {
	o := playwright.MouseClickOptions{ClickCount: s.clicking().ClickCount}
	_, err := within(ctx, s.config.Timeout, func() (none struct{}, err error) {
		return none, s.page.Mouse().Click(at.X, at.Y, o)
	})
	return err
}

// tick ticks a box, or takes the tick away. One that is drawn by something else is
// pressed where it stands.
func (s *session) tick(ctx context.Context, t thing, wanted bool) error {
	if t.Tag == "INPUT" && !t.Covered {
		return s.tickBox(ctx, t, wanted)
	}
	if t.Ticked == wanted {
		return nil
	}
	_, err := t.locator.Evaluate(`(el) => el.click()`, nil, playwright.LocatorEvaluateOptions{Timeout: s.timeout()})
	return inJapanese(err)
}

// tickBox ticks a box that is drawn. Where it is not so then, as what is pressed is
// something else, the locator tries and tells why it cannot.
func (s *session) tickBox(ctx context.Context, t thing, wanted bool) error {
	if is, err := s.upon(ctx, t, isSo, nil); err == nil && is == wanted {
		return nil
	}
	told, err := s.upon(ctx, t, poising, map[string]any{"here": false, "ticks": true, "most": 0})
	if at, ok := pointOf(told); err == nil && ok {
		if err := s.pressAt(ctx, at); err != nil {
			return inJapanese(err)
		}
		if is, err := s.upon(ctx, t, isSo, nil); err == nil && is == wanted {
			return nil
		}
	}
	err = t.locator.SetChecked(wanted, playwright.LocatorSetCheckedOptions{Timeout: s.timeout(), Force: playwright.Bool(true)})
	return inJapanese(err)
}

// cannotPress tells that something cannot be pressed.
func cannotPress(name string, err error) error {
	return fmt.Errorf("「%s」を押せません: %w", name, inJapanese(err))
}
