package browser

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/playwright-community/playwright-go"

	"example.com/netanswer/steps/driver"
)

var _ driver.App = (*session)(nil)

// Guide implements driver.App.
func (s *session) Guide(ctx context.Context) (driver.Screen, error) {
	return s.do(ctx, "go to the page of the app", s.goToGuide)
}

func (s *session) goToGuide(ctx context.Context) error {
	if f := s.config.Foreign; f != nil && f.Addresses[guidePage] != "" {
		return s.goTo(guidePage)
	}
	if err := s.goHome(ctx); err != nil {
		return err
	}
	if err := s.outside(ctx); err != nil {
		return err
	}
	return s.press(ctx, portalBanner)
}

// outside is ErrNoStore where the home page of the app that is before the person is
// the app itself: nothing has to be installed, and there is no way to ask what leads there.
func (s *session) outside(ctx context.Context) error {
	f := s.config.Foreign
	if f == nil || !s.inApp() || f.Addresses[guidePage] != "" || f.Addresses[storeOfDevice] != "" {
		return nil
	}
	if _, err := s.read(ctx); err != nil {
		return err
	}
	icon, err := s.address(appIcon)
	within := err == nil && beginning(icon) == beginning(s.window.home) ||
		slices.Contains([]string{"カードの選択", "ご登録のはじめに", "カード情報の入力"}, s.title)
	if within && !s.has(ctx, portalBanner) {
		return driver.ErrNoStore
	}
	return nil
}

// goToApp opens the app by its icon, or where the home page is the app already.
func (s *session) goToApp(ctx context.Context) error {
	if f := s.config.Foreign; f == nil || f.Addresses[appIcon] != "" {
		return s.goTo(appIcon)
	}
	if err := s.goHome(ctx); err != nil {
		return err
	}
	if err := s.outside(ctx); !errors.Is(err, driver.ErrNoStore) {
		return errors.Join(err, s.goTo(appIcon)) // which tells that its address is not known
	}
	return nil
}

// Install implements driver.App. It goes to the store as somebody sent there by
// the code; ScanCode reads it, and Guide is the way by the banner.
func (s *session) Install(ctx context.Context) (driver.Screen, error) {
	return s.do(ctx, "install the app", func(ctx context.Context) error {
		button := getApp
		if s.config.Name == Android {
			button = installApp
		}
		if !s.sees(ctx, button) {
			if err := s.toStore(ctx); err != nil {
				return err
			}
		}
		return s.press(ctx, button)
	})
}

// toStore goes to the store of the smartphone: by the address that the code
// carries, or by what leads there.
func (s *session) toStore(ctx context.Context) error {
	if f := s.config.Foreign; f == nil || f.Addresses[storeOfDevice] != "" {
		return s.goTo(storeOfDevice)
	}
	if err := s.goToGuide(ctx); err != nil {
		return err
	}
	if s.config.Name == IPhone {
		return s.press(ctx, toAppStore)
	}
	return s.press(ctx, toGooglePlay)
}

// installing is how long a person waits for an app to be installed.
const installing = 15 * time.Second

// awaitOpen opens the app once the store offers it.
func (s *session) awaitOpen(ctx context.Context) error {
	return s.press(ctx, openApp) // which waits for it

}

// chooseStrange chooses a card company: by what is chosen, or by what is pressed.
func (s *session) chooseStrange(ctx context.Context, name string) error {
	found, err := s.seek(ctx, "field", []string{name}, false)
	if err != nil {
		return err
	}
	switch {
	case len(found) > 0 && found[0].ticked():
		err = s.tick(ctx, found[0], true)
	case s.has(ctx, name):
		err = s.press(ctx, name)
	default:
		err = s.chooseInList(ctx, name)
	}
	if err != nil || !s.has(ctx, next) {
		return err
	}
	return s.press(ctx, next)
}

// chooseInList chooses in the list that offers a name.
func (s *session) chooseInList(ctx context.Context, name string) error {
	lists, err := s.seek(ctx, "choice", nil, false)
	if err != nil {
		return err
	}
	for _, list := range lists {
		if list.Tag != "SELECT" || slices.Contains(list.Options, name) {
			return s.fillThing(ctx, name, list, name)
		}
	}
	return fmt.Errorf("画面「%s」に「%s」という選択肢がありません", s.title, name)
}

// OpenApp implements driver.App: in the store where that is before the person,
// else by its icon.
func (s *session) OpenApp(ctx context.Context) (driver.Screen, error) {
	return s.do(ctx, "open the app", func(ctx context.Context) error {
		if s.config.Foreign != nil && (s.title == "App Store" || s.title == "Google Play") {
			return s.awaitOpen(ctx)
		}
		if s.sees(ctx, openApp) {
			return s.press(ctx, openApp)
		}
		return s.goToApp(ctx)
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
		if name != "" && s.config.Foreign != nil {
			return s.chooseStrange(ctx, name)
		}
		if name != "" {
			if err := s.pressNamed(ctx, name, "radio"); err != nil {
				return err
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
			if err := s.fillIn(ctx, f.label, f.text); err != nil {
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
	if s.config.Foreign != nil {
		if found, err := s.seek(ctx, "action", gists[chooseSMS], true); err != nil || len(found) == 0 {
			return s.Back(ctx)
		}
	}
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
		if err := s.fillIn(ctx, field, text); err != nil {
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
		if s.config.Foreign != nil {
			if err := s.readTermsStrange(ctx, agreeInApp, openAppTerms); err != nil {
				return err
			}
		}
		return s.press(ctx, agreeInApp)
	})
}

// Back implements driver.App.
func (s *session) Back(ctx context.Context) (driver.Screen, error) {
	if s.config.Foreign != nil {
		return s.do(ctx, "go back", func(ctx context.Context) error {
			if found, err := s.seek(ctx, "action", append(s.config.calls(backInApp), gists[backInApp]...), true); err == nil &&
				len(found) > 0 {
				return s.press(ctx, backInApp)
			}
			return s.goBack(ctx)
		})
	}
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
