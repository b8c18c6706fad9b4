package browser

import (
	"context"
	"time"
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
	if err := s.click(ctx, found, name != openTerms && name != openAppTerms); err != nil {
		return cannotPress(name, err)
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
	if err := s.click(ctx, found[0], true); err != nil {
		return cannotPress(found[0].Name, err)
	}
	return s.rest(ctx)
}
