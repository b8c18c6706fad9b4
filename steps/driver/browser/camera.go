package browser

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image/png"

	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/qrcode"
	"github.com/playwright-community/playwright-go"

	"example.com/netanswer/steps/driver"
)

var _ driver.Camera = (*session)(nil)

// ScanCode implements driver.Camera. The code is read off a picture of the page
// as a desktop shows it, and the smartphone goes where it leads.
func (s *session) ScanCode(ctx context.Context) (driver.Screen, error) {
	return s.do(ctx, "read the two-dimensional code", func(ctx context.Context) error {
		look := s.shown
		if s.config.Foreign != nil {
			if err := s.goToGuide(ctx); err != nil {
				return err
			}
			look = s.shownStrange
		}
		picture, err := within(ctx, verbLimit*s.config.Timeout, look)
		if err != nil {
			return gist(err)
		}
		address, err := decode(picture)
		if err != nil && s.config.Foreign != nil {
			if _, wrong := s.read(ctx); wrong != nil { // what the screen is called
				return wrong
			}
			return fmt.Errorf("%w: 画面「%s」に、読める二次元コードがありません。案内はコードを紙に印刷しています", driver.ErrInapplicable, s.title)
		}
		if err != nil {
			return err
		}
		return s.visit(address)
	})
}

// Store implements driver.Camera.
func (s *session) Store(ctx context.Context) (driver.Screen, error) {
	return s.do(ctx, "open the store", s.toStore)
}

// desk is another device's screen, seen as near as a camera is held to it: in pictures
// as coarse as the screen some codes cannot be read.
func (s *session) desk() playwright.BrowserNewContextOptions {
	size := desktop
	return playwright.BrowserNewContextOptions{Viewport: &size, Locale: playwright.String("ja-JP"),
		DeviceScaleFactor: playwright.Float(near),
		IgnoreHttpsErrors: s.window.device.options.IgnoreHttpsErrors}
}

// near is how many pixels of a picture a pixel of the screen fills.
const near = 2

// shown is a picture of the code on another device's screen.
func (s *session) shown() (picture []byte, err error) {
	other, err := s.window.Browser().NewContext(s.desk())
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, other.Close()) }()
	home, err := s.address(homeTitle)
	if err != nil {
		return nil, err
	}
	page, err := other.NewPage()
	if err != nil {
		return nil, err
	}
	if _, err := page.Goto(home, playwright.PageGotoOptions{Timeout: s.timeout()}); err != nil {
		return nil, err
	}
	if err := page.GetByRole("link", playwright.PageGetByRoleOptions{Name: s.config.word(portalBanner),
		Exact: playwright.Bool(true)}).Click(playwright.LocatorClickOptions{Timeout: s.timeout()}); err != nil {
		return nil, err
	}
	return page.GetByRole("img", playwright.PageGetByRoleOptions{Name: s.config.word(appCode), Exact: playwright.Bool(true)}).
		Screenshot(playwright.LocatorScreenshotOptions{Timeout: s.timeout()})
}

// shownStrange is a picture of the page that the person is at, on another
// device's screen.
func (s *session) shownStrange() (picture []byte, err error) {
	other, err := s.window.Browser().NewContext(s.desk())
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, other.Close()) }()
	page, err := other.NewPage()
	if err != nil {
		return nil, err
	}
	if _, err := page.Goto(s.page.URL(), playwright.PageGotoOptions{Timeout: s.timeout(),
		WaitUntil: playwright.WaitUntilStateNetworkidle}); err != nil {
		return nil, err
	}
	return page.Screenshot(playwright.PageScreenshotOptions{FullPage: playwright.Bool(true), Timeout: s.timeout()})
}

// decode reads a two-dimensional code off a picture. A few codes are read in one
// contrast only.
func decode(picture []byte) (string, error) {
	image, err := png.Decode(bytes.NewReader(picture))
	if err != nil {
		return "", fmt.Errorf("look at the picture: %w", err)
	}
	light := gozxing.NewLuminanceSourceFromImage(image)
	for _, contrast := range []gozxing.Binarizer{gozxing.NewHybridBinarizer(light), gozxing.NewGlobalHistgramBinarizer(light)} {
		bits, wrong := gozxing.NewBinaryBitmap(contrast)
		if wrong != nil {
			return "", fmt.Errorf("look at the picture: %w", wrong)
		}
		result, wrong := qrcode.NewQRCodeReader().Decode(bits, map[gozxing.DecodeHintType]any{gozxing.DecodeHintType_TRY_HARDER: true})
		if wrong == nil {
			return result.GetText(), nil
		}
		err = wrong
	}
	return "", fmt.Errorf("there is no code that can be read: %w", err)
}
