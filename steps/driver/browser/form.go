package browser

import (
	"context"
	"regexp"
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
// written there. Of the number the first four digits are chosen; digits that cannot
// be chosen are left unchosen: the service then refuses an unchosen number, and
// never learns which it was.
func (s *session) fill(ctx context.Context, f driver.Form) error {
	number := split(f.CardNumber)
	s.hide(f.CardNumber, strings.Join(number, ""), f.Password, f.PasswordConfirmation)
	writes := []writing{{Group: cardNumber, List: true, Text: number[0], Else: true}}
	for i, part := range number[1:] {
		writes = append(writes, writing{Group: cardNumber, Nth: i, Text: part})
	}
	writes = append(writes,
		writing{Group: expiry, Label: month, Nth: -1, Text: f.ExpiryMonth},
		writing{Group: expiry, Label: year, Nth: -1, Text: f.ExpiryYear},
		in(securityCode, f.SecurityCode),
		in(netAnswerID, f.NetAnswerID),
		in(password, f.Password),
		in(confirmation, f.PasswordConfirmation),
		in(emailPC, f.EmailPC),
		in(emailMobile, f.EmailMobile),
	)
	if err := s.write(ctx, writes...); err != nil {
		return err
	}
	if f.Newsletter == nil {
		return nil
	}
	return s.reaches(ctx, "tick", target{Name: newsletter, Roles: []string{"checkbox"}, Ticked: f.Newsletter})
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
