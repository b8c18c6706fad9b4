package browser

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/playwright-community/playwright-go"

	"example.com/netanswer/steps/driver"
)

// Submit implements driver.Session. The terms are read first: on a desktop
// scrolled to their end, on a phone opened and closed. To press the button is to agree, so declining means to send
// the form without it.
func (s *session) Submit(ctx context.Context, f driver.Form) (driver.Screen, error) {
	return s.do(ctx, "submit the form", func(ctx context.Context) error {
		if s.config.Foreign != nil {
			return s.submitStrange(ctx, f, true)
		}
		if err := s.fill(ctx, f); err != nil {
			return err
		}
		if f.TermsDeclined {
			return s.sendWithoutButton(ctx, agree)
		}
		if err := s.readTerms(ctx); err != nil {
			return err
		}
		return s.press(ctx, agree)
	})
}

// readTerms reads the terms as the guide says: on a desktop by scrolling (p31-1),
// on a phone by opening them (p31-3).
func (s *session) readTerms(ctx context.Context) error {
	if s.config.Name == Desktop {
		return s.scroll(ctx)
	}
	if err := s.press(ctx, openTerms); err != nil {
		return err
	}
	return s.press(ctx, closeTerms)
}

// sendWithoutButton sends the form that the button of agreement stands in, but
// not by that button.
func (s *session) sendWithoutButton(ctx context.Context, name string) error {
	if s.config.Foreign != nil {
		return s.sendStrange(ctx, name)
	}
	button := s.named(name, "button")
	err := s.sends(ctx, func() error {
		_, err := button.Evaluate(
			`(button) => HTMLFormElement.prototype.submit.call(button.form)`,
			nil,
			playwright.LocatorEvaluateOptions{Timeout: s.timeout()},
		)
		return err
	})
	if err != nil {
		return s.failed(ctx, err, button, "send the form without its button")
	}
	return nil
}

// fill fills in the whole form. What is left empty is emptied, if something is
// written there.
func (s *session) fill(ctx context.Context, f driver.Form) error {
	s.hide(f.CardNumber, strings.Join(split(f.CardNumber), ""), f.Password, f.PasswordConfirmation)
	now, err := s.read(ctx)
	if err != nil {
		return err
	}
	if err := s.fillNumber(ctx, now, split(f.CardNumber)); err != nil {
		return err
	}
	dates := s.named(expiry, "group")
	fields := []struct {
		field       playwright.Locator
		label, text string
		empty       bool // nothing is written there now
	}{
		{s.inGroup(dates, month), month, f.ExpiryMonth, now.Values[expiry] == ""},
		{s.inGroup(dates, year), year, f.ExpiryYear, now.Values[expiry] == ""},
		{s.labelled(securityCode), securityCode, f.SecurityCode, now.Values[securityCode] == ""},
		{s.labelled(netAnswerID), netAnswerID, f.NetAnswerID, now.Values[netAnswerID] == ""},
		{s.labelled(password), password, f.Password, false}, // nobody can read it
		{s.labelled(confirmation), confirmation, f.PasswordConfirmation, false},
		{s.labelled(emailPC), emailPC, f.EmailPC, now.Values[emailPC] == ""},
		{s.labelled(emailMobile), emailMobile, f.EmailMobile, now.Values[emailMobile] == ""},
	}
	for _, e := range fields {
		if e.text == "" && e.empty {
			continue
		}
		if err := s.write(ctx, e.field, e.label, e.text); err != nil {
			return err
		}
	}
	if f.Newsletter == nil {
		return nil
	}
	if err := s.labelled(newsletter).SetChecked(*f.Newsletter, playwright.LocatorSetCheckedOptions{Timeout: s.timeout()}); err != nil {
		return s.failed(ctx, err, s.labelled(newsletter), fmt.Sprintf("tick 「%s」", newsletter))
	}
	return nil
}

// fillNumber chooses the first four digits and writes the others, box by box.
// Digits that cannot be chosen are left unchosen: the service then refuses an
// unchosen number, and never learns which it was.
func (s *session) fillNumber(ctx context.Context, now driver.Screen, parts []string) error {
	group := s.named(cardNumber, "group")
	choice := playwright.SelectOptionValues{Indexes: &[]int{0}} // the prompt
	if slices.Contains(now.Choices[cardNumber], parts[0]) {
		choice = playwright.SelectOptionValues{Labels: &[]string{parts[0]}}
	}
	first := group.GetByRole("combobox")
	if _, err := first.SelectOption(choice, playwright.LocatorSelectOptionOptions{Timeout: s.timeout()}); err != nil {
		return s.failed(ctx, err, first, fmt.Sprintf("choose the first digits of 「%s」", cardNumber))
	}
	for i, part := range parts[1:] {
		if part == "" && now.Values[cardNumber] == "" {
			continue
		}
		if err := s.write(ctx, group.GetByRole("textbox").Nth(i), cardNumber, part); err != nil {
			return err
		}
	}
	return nil
}

// split takes a card number apart as a person writes it into four boxes: at
// spaces and hyphens, else after every fourth character. What is left over goes
// into the last box, which may not take it.
func split(number string) []string {
	parts := between.Split(strings.TrimSpace(number), -1)
	if len(parts) == 1 {
		runes := []rune(parts[0])
		for parts = nil; len(runes) > 4; runes = runes[4:] {
			parts = append(parts, string(runes[:4]))
		}
		parts = append(parts, string(runes))
	}
	boxes := make([]string, 4)
	copy(boxes, parts)
	if len(parts) > 4 {
		boxes[3] = strings.Join(parts[3:], "")
	}
	return boxes
}

// between is what stands between two boxes.
var between = regexp.MustCompile(` *- *| +`)

// Revise implements driver.Session.
func (s *session) Revise(ctx context.Context) (driver.Screen, error) {
	return s.do(ctx, "go back to the form", func(ctx context.Context) error { return s.press(ctx, revise) })
}

// Proceed implements driver.Session.
func (s *session) Proceed(ctx context.Context) (driver.Screen, error) {
	return s.do(ctx, "go on to the identity check", func(ctx context.Context) error { return s.press(ctx, proceed) })
}

// FinishCall implements driver.Session.
func (s *session) FinishCall(ctx context.Context) (driver.Screen, error) {
	return s.do(ctx, "complete the identity check by telephone", func(ctx context.Context) error { return s.press(ctx, finishCall) })
}
