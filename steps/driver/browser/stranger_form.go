package browser

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/playwright-community/playwright-go"

	"example.com/netanswer/steps/driver"
)

// put writes a text into the fields of a name: one, or as many as it has boxes.
func (s *session) put(ctx context.Context, name, text string) error {
	things, err := s.seek(ctx, "field", append(s.config.calls(name), gists[name]...), false)
	if err != nil {
		return err
	}
	things = slices.DeleteFunc(things, func(t thing) bool { return t.Type == "radio" || t.Type == "checkbox" })
	if len(things) == 0 && name == searchWords { // the one field of a page for searching
		if things, err = s.seek(ctx, "any", nil, false); err != nil {
			return err
		}
	}
	if len(things) == 0 && name != confirmation && name != password {
		return fmt.Errorf("画面「%s」に欄「%s」がありません", s.title, name)
	}
	switch {
	case name == password || name == confirmation:
		return s.putSecret(ctx, name, text, things)
	case name == expiry && len(things) > 1:
		first, second, _ := strings.Cut(text, "/")
		return s.each(ctx, name, things, []string{first, second})
	case len(things) > 1 && things[0].Tag == "SELECT" || name == cardNumber && len(things) > 1:
		return s.each(ctx, name, things, split(text))
	case name == passcodeBox && len(things) >= 6 || name == pinBox && len(things) >= 4:
		return s.each(ctx, name, things, strings.Split(text, ""))
	}
	return s.fillThing(ctx, name, things[0], text)
}

// putSecret writes a password into the first field whose text is not shown, and
// its repetition into the next, where their names do not tell.
func (s *session) putSecret(ctx context.Context, name, text string, byName []thing) error {
	secret, err := s.seek(ctx, "secret", nil, false)
	if err != nil {
		return err
	}
	n := 0
	if name == confirmation {
		n = 1
	}
	if s.has(ctx, agree) && len(secret) > 2 { // the security code is hidden as well
		n += len(secret) - 2
	}
	if n < len(secret) {
		return s.fillThing(ctx, name, secret[n], text)
	}
	if len(byName) > 0 {
		things, err := s.seek(ctx, "field", s.config.calls(name), false)
		if err == nil && len(things) > 0 {
			return s.fillThing(ctx, name, things[0], text)
		}
	}
	return fmt.Errorf("画面「%s」に欄「%s」がありません", s.title, name)
}

// each writes parts into fields, one each; what is left over goes with the last.
func (s *session) each(ctx context.Context, name string, things []thing, parts []string) error {
	if len(parts) > len(things) {
		parts = append(slices.Clone(parts[:len(things)-1]), strings.Join(parts[len(things)-1:], ""))
	}
	for i, t := range things {
		part := ""
		if i < len(parts) {
			part = parts[i]
		}
		if err := s.fillThing(ctx, name, t, part); err != nil {
			return err
		}
	}
	return nil
}

// fillThing writes into one field. What does not fit is left out, as it is when
// it is typed; a choice that is not on offer is left unchosen.
func (s *session) fillThing(ctx context.Context, name string, t thing, text string) error {
	if err := context.Cause(ctx); err != nil {
		return err
	}
	var err error
	if t.Tag == "SELECT" {
		n := slices.IndexFunc(t.Options, func(o string) bool {
			return text != "" &&
				(o == text || strings.TrimRight(o, "年月") == text || strings.TrimLeft(strings.TrimRight(o, "年月"), "0") == strings.TrimLeft(text, "0"))
		})
		_, err = t.locator.SelectOption(
			playwright.SelectOptionValues{Indexes: &[]int{max(n, 0)}},
			playwright.LocatorSelectOptionOptions{Timeout: s.timeout()},
		)
	} else {
		if runes := []rune(text); t.Max > 0 && len(runes) > t.Max {
			text = string(runes[:t.Max])
		}
		err = t.locator.Fill(text, playwright.LocatorFillOptions{Timeout: s.timeout()})
	}
	if err != nil {
		return fmt.Errorf("「%s」に書けません: %w", name, gist(err))
	}
	return nil
}

// fillStrange fills in the whole form.
func (s *session) fillStrange(ctx context.Context, f driver.Form) error {
	s.hide(f.CardNumber, strings.Join(split(f.CardNumber), ""), f.Password, f.PasswordConfirmation)
	dates := f.ExpiryMonth + "/" + f.ExpiryYear
	if dates == "/" {
		dates = ""
	}
	for _, field := range [][2]string{{cardNumber, f.CardNumber}, {expiry, dates}, {securityCode, f.SecurityCode},
		{netAnswerID, f.NetAnswerID},
		{password, f.Password}, {confirmation, f.PasswordConfirmation}, {emailPC, f.EmailPC}, {emailMobile, f.EmailMobile}} {
		if err := s.put(ctx, field[0], field[1]); err != nil {
			return err
		}
	}
	if f.Newsletter == nil {
		return nil
	}
	return s.tick(ctx, *f.Newsletter)
}

// tick chooses whether the newsletter is wanted: by a box, or by one of two
// radio buttons.
func (s *session) tick(ctx context.Context, wanted bool) error {
	boxes, err := s.seek(ctx, "field", []string{s.config.word(newsletter), "メールマガジン"}, false)
	if err != nil {
		return err
	}
	if len(boxes) == 0 {
		return fmt.Errorf("画面「%s」に「%s」の欄がありません", s.title, newsletter)
	}
	if boxes[0].Type == "radio" && len(boxes) == 2 && !wanted {
		return gist(boxes[1].locator.Check(playwright.LocatorCheckOptions{Timeout: s.timeout()}))
	}
	return gist(boxes[0].locator.SetChecked(wanted, playwright.LocatorSetCheckedOptions{Timeout: s.timeout()}))
}

// readTermsStrange reads the terms to their end, where they stand or where they
// open.
func (s *session) readTermsStrange(ctx context.Context, agree, openTerms string) error {
	s.scrollStrange(ctx)
	if !s.has(ctx, openTerms) {
		s.awaken(ctx, agree)
		return nil // whether it can be pressed is told when it is
	}
	if found, err := s.action(ctx, agree); err != nil || !found.Idle {
		return nil
	}
	if err := s.pressStrange(ctx, openTerms); err != nil {
		return err
	}
	s.scrollStrange(ctx)
	if !s.has(ctx, closeTerms) {
		return gist(s.page.Keyboard().Press("Escape"))
	}
	return s.pressStrange(ctx, closeTerms)
}

// awaken waits, as long as a person does, until something can be pressed: a page
// may notice a moment later that the terms were read.
func (s *session) awaken(ctx context.Context, name string) {
	waiting, cancel := context.WithTimeout(ctx, lookTimeout)
	defer cancel()
	for waiting.Err() == nil {
		if found, err := s.action(ctx, name); err != nil || !found.Idle {
			return
		}
		s.settle(ctx)
	}
}

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
		return
	}
	_, _ = regions[0].locator.Evaluate(toEnd, nil, playwright.LocatorEvaluateOptions{Timeout: s.timeout()})
	s.settle(ctx)
}

// submitStrange fills in the form, reads the terms and agrees.
func (s *session) submitStrange(ctx context.Context, f driver.Form, read bool) error {
	if err := s.fillStrange(ctx, f); err != nil {
		return err
	}
	if f.TermsDeclined {
		return s.sendStrange(ctx, agree)
	}
	if read {
		if err := s.readTermsStrange(ctx, agree, openTerms); err != nil {
			return err
		}
	}
	return s.pressStrange(ctx, agree)
}

// sendStrange sends a form without the button that agrees, where it is a form.
func (s *session) sendStrange(ctx context.Context, name string) error {
	button, err := s.action(ctx, name)
	if err != nil {
		return err
	}
	s.note(ctx)
	is, err := button.locator.Evaluate(
		`(button) => !!button.form && button.form.method === "post"`,
		nil,
		playwright.LocatorEvaluateOptions{Timeout: s.timeout()},
	)
	if err != nil || is != true {
		return fmt.Errorf("%w: 「%s」は送信する form のボタンでなく、押さずに送る手段がありません", driver.ErrInapplicable, name)
	}
	return s.sends(ctx, func() error {
		_, err := button.locator.Evaluate(
			`(button) => HTMLFormElement.prototype.submit.call(button.form)`,
			nil,
			playwright.LocatorEvaluateOptions{Timeout: s.timeout()},
		)
		return err
	})
}
