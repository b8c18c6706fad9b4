package browser

import (
	"context"
	"fmt"
	"net/url"
	"slices"

	"example.com/netanswer/steps/driver"
)

// A typed is a form as it was sent, with what was typed into it.
type typed struct {
	submission
	text string
}

// EnterPasscode implements driver.Session. Where the screen asks for no
// passcode any more, the form that was sent last is sent once more with this
// one, as from a page that the browser has kept.
func (s *session) EnterPasscode(ctx context.Context, passcode string) (driver.Screen, error) {
	return s.do(ctx, "enter a passcode", func(ctx context.Context) error {
		if s.config.Foreign != nil {
			return s.enterStrange(ctx, passcode)
		}
		now, err := s.read(ctx)
		if err != nil {
			return err
		}
		if !slices.Contains(now.Fields, s.config.word(passcodeBox)) {
			return s.enterFromKept(ctx, passcode)
		}
		if err := s.write(ctx, in(passcodeBox, passcode)); err != nil {
			return err
		}
		button := verify
		if s.inApp() {
			button = authenticate
		}
		if err := s.press(ctx, button); err != nil {
			return err
		}
		if sent := s.watch.last(); sent != nil {
			s.passcode = &typed{submission: *sent, text: passcode}
		}
		return nil
	})
}

// inApp tells whether the person registers in the app.
func (s *session) inApp() bool { return s.config.Name == IPhone || s.config.Name == Android }

func (s *session) enterFromKept(ctx context.Context, passcode string) error {
	if s.passcode == nil {
		return fmt.Errorf("the screen 「%s」 asks for no passcode: %w", s.title, ErrImpossible)
	}
	form, err := url.ParseQuery(s.passcode.body)
	if err != nil {
		return fmt.Errorf("send the kept form: %w", err)
	}
	for name, values := range form {
		if len(values) == 1 && values[0] == s.passcode.text {
			form.Set(name, passcode)
			s.passcode = &typed{submission{s.passcode.address, form.Encode()}, passcode}
			return s.resend(ctx, &s.passcode.submission)
		}
	}
	return fmt.Errorf("send the kept form: it held no passcode: %w", ErrImpossible)
}

// Reissue implements driver.Session.
func (s *session) Reissue(ctx context.Context) (driver.Screen, error) {
	if s.config.Foreign != nil {
		return s.reissueStrange(ctx)
	}
	return s.do(ctx, "ask for another passcode", func(ctx context.Context) error { return s.press(ctx, reissue) })
}
