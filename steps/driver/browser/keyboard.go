package browser

import (
	"context"
	"errors"
	"fmt"
	"math"

	"github.com/playwright-community/playwright-go"

	"example.com/netanswer/steps/driver"
)

// softwareKeyboard is the button that opens the software keyboard of the field
// it stands behind (p28).
const softwareKeyboard = "ソフトウェアキーボードで入力する"

// Write implements driver.Session. What a page has to ask for before it says
// it, it marks as busy meanwhile.
func (s *session) Write(ctx context.Context, field, text string) (driver.Screen, error) {
	return s.do(ctx, "write into a field", func(ctx context.Context) error {
		if field == password {
			s.hide(text)
		}
		if s.config.Foreign != nil {
			return s.writeStrange(ctx, field, text)
		}
		if err := s.fillIn(ctx, field, text); err != nil {
			return err
		}
		return s.awaitWord(ctx, field)
	})
}

// said waits for what a page has to say of what was written.
const said = `(most) => new Promise((done) => {
  const end = performance.now() + most;
  const look = () => {
    const busy = document.querySelector("[aria-busy=true]");
    if (!busy || performance.now() > end) done(!busy);
    else setTimeout(look, 10);
  };
  look();
})`

// awaitWord waits while a page is busy with what was written into a field.
func (s *session) awaitWord(ctx context.Context, field string) error {
	done, err := s.evaluate(ctx, said, *s.timeout()*0.9)
	if err == nil && done != true {
		err = errors.New("the page stays busy")
	}
	if err != nil {
		return fmt.Errorf("wait for what is said of 「%s」: %w", field, err)
	}
	return nil
}

// Choose implements driver.Eyes.
func (s *session) Choose(ctx context.Context, list, option string) (driver.Screen, error) {
	return s.do(ctx, "choose", func(ctx context.Context) error {
		return s.write(ctx, writing{Label: list, Nth: -1, List: true, Text: option})
	})
}

// Type implements driver.Eyes.
func (s *session) Type(ctx context.Context, field, text string) (driver.Screen, error) {
	return s.do(ctx, "type", func(ctx context.Context) error {
		s.hide(text)
		if err := s.into(ctx, field); err != nil {
			return err
		}
		return gist(s.page.Keyboard().Type(text))
	})
}

// Paste implements driver.Eyes. The clipboard of the machine, which all windows
// share, is left alone: the page is told of a paste, and where it does nothing
// with it, the text is put in as the browser would.
func (s *session) Paste(ctx context.Context, field, text string) (driver.Screen, error) {
	return s.do(ctx, "paste", func(ctx context.Context) error {
		s.hide(text)
		if err := s.into(ctx, field); err != nil {
			return err
		}
		taken, err := s.evaluate(ctx, pasting, text)
		if err != nil || taken == true {
			return err
		}
		return gist(s.page.Keyboard().InsertText(text))
	})
}

// pasting tells whether the page itself took what was pasted.
const pasting = `(text) => {
  const clipboardData = new DataTransfer();
  clipboardData.setData("text/plain", text);
  return !document.activeElement.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
}`

// into puts the cursor into a field.
func (s *session) into(ctx context.Context, field string) error {
	box := s.labelled(field)
	if err := box.Focus(playwright.LocatorFocusOptions{Timeout: s.timeout()}); err != nil {
		return s.failed(ctx, err, box, fmt.Sprintf("put the cursor into 「%s」", field))
	}
	return context.Cause(ctx)
}

// OpenKeyboard implements driver.Eyes. Of several buttons it is the first behind
// the field.
func (s *session) OpenKeyboard(ctx context.Context, field string) (driver.Screen, error) {
	return s.do(ctx, "open the software keyboard", func(ctx context.Context) error {
		if s.config.Foreign != nil {
			return s.openStrangeKeyboard(ctx, field)
		}
		box := s.labelled(field).Or(s.named(field, "group"))
		n, err := box.Evaluate(`(field, name) => {
  const named = [...document.querySelectorAll("button")].filter((b) => b.checkVisibility() && b.textContent.trim() === name);
  return named.findIndex((b) => field.compareDocumentPosition(b) & (Node.DOCUMENT_POSITION_FOLLOWING |
  	Node.DOCUMENT_POSITION_CONTAINED_BY));
}`, s.config.word(softwareKeyboard), playwright.LocatorEvaluateOptions{Timeout: s.timeout()})
		if err != nil {
			return s.failed(ctx, err, box, fmt.Sprintf("find 「%s」", field))
		}
		at, ok := n.(int)
		if !ok || at < 0 {
			return fmt.Errorf("behind 「%s」 there is no button 「%s」", field, softwareKeyboard)
		}
		button := s.named(softwareKeyboard, "button").Nth(at)
		if err := button.Click(playwright.LocatorClickOptions{Timeout: s.timeout()}); err != nil {
			return s.failed(ctx, err, button, fmt.Sprintf("press 「%s」", softwareKeyboard))
		}
		return nil
	})
}

// openStrangeKeyboard presses the button that opens another implementation's keyboard: of
// several the one that is drawn nearest behind the field, as each may have its own; one
// before it where there is none behind.
func (s *session) openStrangeKeyboard(ctx context.Context, field string) error {
	buttons, err := s.seek(ctx, "action", s.config.calls(softwareKeyboard), false)
	if err != nil || len(buttons) < 2 {
		return s.press(ctx, softwareKeyboard)
	}
	boxes, err := s.seekField(ctx, field)
	if err != nil || len(boxes) == 0 {
		return s.press(ctx, softwareKeyboard)
	}
	from, err := s.drawnAt(boxes[0])
	if err != nil {
		return err
	}
	best, least := 0, math.Inf(1)
	for i, button := range buttons {
		at, err := s.drawnAt(button)
		if err != nil {
			return err
		}
		far := math.Hypot(at.X-from.X, at.Y-from.Y)
		if at.Y < from.Y-1 && at.X < from.X+1 { // before the field: rather that of another one
			far += beforeField
		}
		if far < least {
			best, least = i, far
		}
	}
	s.note(ctx)
	if err := s.click(ctx, buttons[best], true); err != nil {
		return cannotPress(softwareKeyboard, err)
	}
	return s.rest(ctx)
}

// beforeField is farther than things on one page are from each other.
const beforeField = 1e6

// drawnAt is where something is drawn.
func (s *session) drawnAt(t thing) (*playwright.Rect, error) {
	at, err := t.locator.BoundingBox(playwright.LocatorBoundingBoxOptions{Timeout: s.timeout()})
	if err == nil && at == nil {
		at = &playwright.Rect{}
	}
	return at, gist(err)
}

// TypeOnScreen implements driver.Eyes.
func (s *session) TypeOnScreen(ctx context.Context, keys []string, byKeyboard bool) (driver.Screen, error) {
	return s.do(ctx, "type on the software keyboard", func(ctx context.Context) error {
		for _, key := range keys {
			if err := context.Cause(ctx); err != nil {
				return err
			}
			if err := s.strikeOnScreen(ctx, key, byKeyboard); err != nil {
				return fmt.Errorf("press the key 「%s」: %w", key, err)
			}
		}
		return s.leaveKeyboard(ctx)
	})
}

// strikeOnScreen presses one key of a software keyboard.
func (s *session) strikeOnScreen(ctx context.Context, key string, byKeyboard bool) error {
	switch {
	case byKeyboard:
		return s.reach(ctx, key)
	case s.config.Foreign == nil && s.window.recorded.Load(): // of what a locator pressed, a trace is cleared
		return gist(s.named(key, "button").Click(s.clicking()))
	case s.config.Foreign == nil:
		return s.pressNamed(ctx, key, "button")
	}
	found, err := s.action(ctx, key)
	if err != nil {
		return err
	}
	return gist(s.click(ctx, found, true))
}

// leaveKeyboard closes a keyboard of another implementation that stands before the
// form, as nothing of it can be used or read meanwhile.
func (s *session) leaveKeyboard(ctx context.Context) error {
	if s.config.Foreign == nil {
		return nil
	}
	if before, err := s.evaluate(ctx, standsBefore, nil); err != nil || before != true {
		return err
	}
	if closed, err := s.evaluate(ctx, dismissing, nil); err != nil || closed == true {
		return err
	}
	return gist(s.page.Keyboard().Press("Escape"))
}

// farthest is how many times Tab is struck to reach a key: more than a software
// keyboard has keys.
const farthest = 30

// reach goes forward with Tab, and back with Shift+Tab, to a button and presses
// it with Enter.
func (s *session) reach(ctx context.Context, name string) error {
	for times, way := range []string{"Tab", "Shift+Tab"} {
		for range farthest * (times + 1) { // back over the way that was in vain, and as far again
			here, err := s.evaluate(ctx, `() => document.activeElement.textContent.trim()`, nil)
			if err != nil {
				return err
			}
			if here == name {
				return gist(s.page.Keyboard().Press("Enter"))
			}
			if err := s.page.Keyboard().Press(way); err != nil {
				return gist(err)
			}
		}
	}
	return fmt.Errorf("the Tab key does not lead to 「%s」", name)
}

// Strike implements driver.Eyes.
func (s *session) Strike(ctx context.Context, key string) (driver.Screen, error) {
	return s.do(ctx, "strike a key", func(context.Context) error { return gist(s.page.Keyboard().Press(key)) })
}
