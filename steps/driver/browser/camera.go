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
		if err != nil {
			return err
		}
		return s.visit(address)
	})
}

// shown is a picture of the code on another device's screen.
func (s *session) shown() (picture []byte, err error) {
	size := desktop
	other, err := s.window.Browser().NewContext(playwright.BrowserNewContextOptions{Viewport: &size, Locale: playwright.String("ja-JP"),
		IgnoreHttpsErrors: s.window.device.options.IgnoreHttpsErrors})
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
	if err := page.GetByRole("link", playwright.PageGetByRoleOptions{Name: s.config.word(portalBanner), Exact: playwright.Bool(true)}).Click(playwright.LocatorClickOptions{Timeout: s.timeout()}); err != nil {
		return nil, err
	}
	return page.GetByRole("img", playwright.PageGetByRoleOptions{Name: s.config.word(appCode), Exact: playwright.Bool(true)}).
		Screenshot(playwright.LocatorScreenshotOptions{Timeout: s.timeout()})
}

// shownStrange is a picture of the page that the person is at, on another
// device's screen.
func (s *session) shownStrange() (picture []byte, err error) {
	size := desktop
	other, err := s.window.Browser().NewContext(playwright.BrowserNewContextOptions{Viewport: &size, Locale: playwright.String("ja-JP"),
		IgnoreHttpsErrors: s.window.device.options.IgnoreHttpsErrors})
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

// decode reads a two-dimensional code off a picture.
func decode(picture []byte) (string, error) {
	image, err := png.Decode(bytes.NewReader(picture))
	if err != nil {
		return "", fmt.Errorf("look at the picture: %w", err)
	}
	bits, err := gozxing.NewBinaryBitmapFromImage(image)
	if err != nil {
		return "", fmt.Errorf("look at the picture: %w", err)
	}
	result, err := qrcode.NewQRCodeReader().Decode(bits, map[gozxing.DecodeHintType]any{gozxing.DecodeHintType_TRY_HARDER: true})
	if err != nil {
		return "", fmt.Errorf("there is no code that can be read: %w", err)
	}
	return result.GetText(), nil
}
