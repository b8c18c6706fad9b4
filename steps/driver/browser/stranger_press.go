package browser

import (
	"context"
	"fmt"
	"time"

	"github.com/playwright-community/playwright-go"
)

// pressStrange presses what is called so. What cannot be pressed, and does not come
// to be pressed, is left: that is a refusal, and the screen tells it.
func (s *session) pressStrange(ctx context.Context, name string) error {
	if err := context.Cause(ctx); err != nil {
		return err
	}
	s.leaveField(ctx)
	found, err := s.action(ctx, name)
	if err == nil && found.Idle {
		found, err = s.awaken(ctx, name)
	}
	if err != nil {
		return err
	}
	s.note(ctx)
	if found.Idle {
		return nil
	}
	before, _ := s.evaluate(ctx, state, nil) // a page that cannot tell how it stands has changed, whatever comes
	if err := s.click(found, name != openTerms && name != openAppTerms); err != nil {
		return fmt.Errorf("「%s」を押せません: %w", name, inJapanese(err))
	}
	s.tried = true
	if err := s.rest(ctx); err != nil {
		return err
	}
	if err := s.answered(ctx, before, lookTimeout); err != nil {
		return err
	}
	return s.affirm(ctx, name)
}

// awaken waits, as long as a person does, until something can be pressed: a page
// may notice a moment later that the terms were read or a field is right.
func (s *session) awaken(ctx context.Context, name string) (thing, error) {
	waiting, cancel := context.WithTimeout(ctx, lookTimeout)
	defer cancel()
	for {
		found, err := s.action(ctx, name)
		if err != nil || !found.Idle || waiting.Err() != nil {
			return found, err
		}
		s.settle(ctx)
	}
}

// answered waits for a page that begins to answer a moment after something was done.
func (s *session) answered(ctx context.Context, before any, timeout time.Duration) error {
	now, err := s.evaluate(ctx, state, nil)
	if err != nil {
		return nil //nolint:nilerr // a page that is left has answered
	}
	if now == before {
		_, _ = s.evaluate(ctx, changing, map[string]any{"first": before, "most": int(timeout.Milliseconds())}) // likewise
	}
	return s.rest(ctx) // what has changed may be that it is at work
}

// click clicks. What would open another window is opened in this one, where the
// person then goes on.
func (s *session) click(t thing, here bool) error {
	if here && t.Link {
		_, err := t.locator.Evaluate(sameWindow, nil, playwright.LocatorEvaluateOptions{Timeout: s.timeout()})
		if err != nil {
			return err
		}
	}
	// What is gone meanwhile, the click tells.
	_, _ = t.locator.Evaluate(uncover, nil, playwright.LocatorEvaluateOptions{Timeout: s.timeout()})
	return t.locator.Click(s.clicking())
}

// uncover closes a bar, as about cookies, that stays before something wherever the
// page is scrolled to.
const uncover = `(el) => {
  el.scrollIntoView({ block: "center" });
  const box = el.getBoundingClientRect();
  let over = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
  if (!over || el.contains(over) || over.contains(el) || over.shadowRoot || el.getRootNode() !== document) return;
  while (over && !["fixed", "sticky"].includes(getComputedStyle(over).position)) over = over.parentElement;
  const closes = /^(閉じる|とじる|×|✕|OK|同意(する)?|同意して閉じる|許可(する)?|わかりました|了解)$/i;
  [...(over?.querySelectorAll("button, a, [role=button]") ?? [])].find((way) => closes.test(way.textContent.trim()))?.click();
}`

const sameWindow = `(el) => { for (const at of [el.closest("[target]"), el.form]) at?.removeAttribute("target"); }`

// leaveField goes out of the field that was written in, as with the Tab key: what a
// page has to say of it, it says before something else is pressed.
func (s *session) leaveField(ctx context.Context) {
	if left, err := s.evaluate(ctx, leaving, nil); err == nil && left == true {
		s.settle(ctx)
	}
}

const leaving = `() => {
  let at = document.activeElement;
  while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
  if (!at?.matches("input, textarea, select, [contenteditable=true]")) return false;
  at.blur();
  return true;
}`

// affirm says yes to a dialog that asks whether to go on; the guide has none.
func (s *session) affirm(ctx context.Context, name string) error {
	if name == openTerms || name == openAppTerms {
		return nil
	}
	found, err := s.seek(ctx, "yes", nil, false)
	if err != nil || len(found) == 0 {
		return nil //nolint:nilerr // a page that is left meanwhile asks nothing
	}
	if err := s.click(found[0], true); err != nil {
		return fmt.Errorf("「%s」を押せません: %w", found[0].Name, inJapanese(err))
	}
	return s.rest(ctx)
}
