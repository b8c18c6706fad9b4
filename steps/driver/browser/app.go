package browser

import (
	"context"
	"fmt"

	"github.com/playwright-community/playwright-go"

	"example.com/netanswer/steps/driver"
)

var _ driver.App = (*session)(nil)

// Guide implements driver.App.
func (s *session) Guide(ctx context.Context) (driver.Screen, error) {
	return s.do(ctx, "go to the page of the app", s.goToGuide)
}

func (s *session) goToGuide(ctx context.Context) error {
	if err := s.goHome(ctx); err != nil {
		return err
	}
	return s.press(ctx, portalBanner)
}

// Install implements driver.App. It goes to the store as somebody sent there by
// the code; ScanCode reads it, and Guide is the way by the banner.
func (s *session) Install(ctx context.Context) (driver.Screen, error) {
	return s.do(ctx, "install the app", func(ctx context.Context) error {
		button := getApp
		if s.config.Name == Android {
			button = installApp
		}
		if !s.there(ctx, s.named(button, "button")) {
			if err := s.goTo(storeOfDevice); err != nil {
				return err
			}
		}
		return s.press(ctx, button)
	})
}

// OpenApp implements driver.App: in the store where that is before the person,
// else by its icon.
func (s *session) OpenApp(ctx context.Context) (driver.Screen, error) {
	return s.do(ctx, "open the app", func(ctx context.Context) error {
		if s.there(ctx, s.named(openApp, "link", "button")) {
			return s.press(ctx, openApp)
		}
		return s.goTo(appIcon)
	})
}

// Leave implements driver.App: another page comes to the front.
func (s *session) Leave(ctx context.Context) error {
	_, err := within(ctx, verbLimit*s.config.Timeout, func() (playwright.Page, error) {
		other, err := s.window.NewPage()
		if err != nil {
			return nil, err
		}
		return other, other.BringToFront()
	})
	if err != nil {
		return fmt.Errorf("leave the app: %w", gist(err))
	}
	return nil
}

// Return implements driver.App: the page is as it was left, and not asked for anew.
func (s *session) Return(ctx context.Context) (driver.Screen, error) {
	return s.do(ctx, "come back to the app", func(context.Context) error { return gist(s.page.BringToFront()) })
}

// ChooseCompany implements driver.App.
func (s *session) ChooseCompany(ctx context.Context, name string) (driver.Screen, error) {
	return s.do(ctx, "choose a card company", func(ctx context.Context) error {
		if name != "" {
			choice := s.named(name, "radio")
			if err := choice.Check(playwright.LocatorCheckOptions{Timeout: s.timeout()}); err != nil {
				return s.failed(ctx, err, choice, fmt.Sprintf("choose 「%s」", name))
			}
		}
		return s.press(ctx, next)
	})
}

// BeginInApp implements driver.App.
func (s *session) BeginInApp(ctx context.Context) (driver.Screen, error) {
	return s.presses(ctx, "begin a registration in the app", beginInApp)
}

// presses is a verb that presses one thing.
func (s *session) presses(ctx context.Context, verb, name string) (driver.Screen, error) {
	return s.do(ctx, verb, func(ctx context.Context) error { return s.press(ctx, name) })
}

// SubmitCard implements driver.App.
func (s *session) SubmitCard(ctx context.Context, c driver.Card) (driver.Screen, error) {
	return s.do(ctx, "send the card", func(ctx context.Context) error {
		s.hide(c.Number)
		for _, f := range []struct{ label, text string }{{appCardNumber, c.Number}, {expiry, c.Expiry}, {securityCode, c.SecurityCode}} {
			if err := s.write(ctx, s.labelled(f.label), f.label, f.text); err != nil {
				return err
			}
		}
		return s.press(ctx, next)
	})
}

// RequestPasscode implements driver.App.
func (s *session) RequestPasscode(ctx context.Context) (driver.Screen, error) {
	return s.presses(ctx, "ask for the passcode", authenticate)
}

// ChoosePIN implements driver.App.
func (s *session) ChoosePIN(ctx context.Context) (driver.Screen, error) {
	return s.presses(ctx, "choose the PIN", choosePIN)
}

// ChooseSMS implements driver.App.
func (s *session) ChooseSMS(ctx context.Context) (driver.Screen, error) {
	return s.presses(ctx, "choose the SMS", chooseSMS)
}

// EnterPIN implements driver.App.
func (s *session) EnterPIN(ctx context.Context, pin string) (driver.Screen, error) {
	return s.writesAndPresses(ctx, "enter the PIN", pinBox, pin, authenticate)
}

// SubmitEmail implements driver.App.
func (s *session) SubmitEmail(ctx context.Context, email string) (driver.Screen, error) {
	return s.writesAndPresses(ctx, "send the mail address", appEmail, email, next)
}

// SubmitPassword implements driver.App.
func (s *session) SubmitPassword(ctx context.Context, secret string) (driver.Screen, error) {
	s.hide(secret)
	return s.writesAndPresses(ctx, "set the password", password, secret, next)
}

// writesAndPresses is a verb that writes into the one field of a screen and goes on.
func (s *session) writesAndPresses(ctx context.Context, verb, field, text, button string) (driver.Screen, error) {
	return s.do(ctx, verb, func(ctx context.Context) error {
		if err := s.write(ctx, s.labelled(field), field, text); err != nil {
			return err
		}
		return s.press(ctx, button)
	})
}

// Agree implements driver.App.
func (s *session) Agree(ctx context.Context, agreed bool) (driver.Screen, error) {
	return s.do(ctx, "complete the registration", func(ctx context.Context) error {
		if !agreed {
			return s.sendWithoutButton(ctx, agreeInApp)
		}
		return s.press(ctx, agreeInApp)
	})
}

// Back implements driver.App.
func (s *session) Back(ctx context.Context) (driver.Screen, error) {
	return s.presses(ctx, "go back", backInApp)
}

// AnswerWallet implements driver.App.
func (s *session) AnswerWallet(ctx context.Context, answer string) (driver.Screen, error) {
	return s.presses(ctx, "answer the question of the wallet", answer)
}

// Tap implements driver.App.
func (s *session) Tap(ctx context.Context, name string) (driver.Screen, error) {
	return s.presses(ctx, "tap", name)
}
