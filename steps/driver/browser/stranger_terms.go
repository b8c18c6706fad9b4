package browser

import (
	"context"
	"regexp"
	"slices"

	"github.com/playwright-community/playwright-go"
)

// The terms, wherever they stand: in the page, in a dialog, in a page within the page.

// readTermsStrange reads the terms to their end, where they stand or where they
// open, and ticks a box that says so.
func (s *session) readTermsStrange(ctx context.Context, agree, openTerms string) error {
	s.scrollStrange(ctx)
	found, err := s.action(ctx, agree)
	if err != nil {
		return nil //nolint:nilerr // whether it can be pressed is told when it is
	}
	if found.Idle && s.has(ctx, openTerms) {
		if err := s.pressStrange(ctx, openTerms); err != nil {
			return err
		}
		s.scrollStrange(ctx)
		if s.has(ctx, closeTerms) {
			err = s.pressStrange(ctx, closeTerms)
		} else {
			err = gist(s.page.Keyboard().Press("Escape"))
		}
		if err != nil {
			return err
		}
	}
	return s.tickAgreement(ctx)
}

// tickAgreement ticks the boxes that say that the terms were read or are agreed to.
func (s *session) tickAgreement(ctx context.Context) error {
	boxes, err := s.seek(ctx, "box", nil, false)
	if err != nil {
		return nil //nolint:nilerr // likewise
	}
	for _, box := range boxes {
		if box.Ticked || !agreement.MatchString(box.Own) {
			continue
		}
		if err := s.tick(ctx, box, true); err != nil {
			return err
		}
	}
	return nil
}

var agreement = regexp.MustCompile(`規約|同意|読みました`)

// toEnd scrolls a region to its end, and waits until the page was told so.
const toEnd = `(el) => new Promise((done) => {
  const before = el.scrollTop;
  const drawn = () => requestAnimationFrame(() => requestAnimationFrame(() => done(true)));
  el.addEventListener("scroll", drawn, { once: true });
  el.scrollTop = el.scrollHeight;
  if (el.scrollTop === before) drawn();
})`

// scrollStrange scrolls whatever region holds the terms to its end; where there
// is none, the page.
func (s *session) scrollStrange(ctx context.Context) {
	regions, err := s.seek(ctx, "terms", nil, false)
	if err != nil || len(regions) == 0 {
		s.scrollFrames(ctx)
		return
	}
	_, _ = s.upon(ctx, regions[0], ending, nil) // terms that are gone are not read
	s.settle(ctx)
}

// scrollFrames scrolls terms that are a page within the page to their end.
func (s *session) scrollFrames(ctx context.Context) {
	for _, frame := range s.inner() {
		_, _ = within(ctx, s.config.Timeout, func() (any, error) { return frame.Evaluate(frameToEnd) }) // one that is gone is no terms
	}
	s.settle(ctx)
}

const frameToEnd = `() => {
  const whole = document.scrollingElement;
  if (/第[1１一]条|規約/.test(document.body.innerText)) whole.scrollTop = whole.scrollHeight;
}`

// inner are the pages within the page.
func (s *session) inner() []playwright.Frame {
	return slices.DeleteFunc(slices.Clone(s.page.Frames()), func(f playwright.Frame) bool { return f == s.page.MainFrame() })
}
