package browser

import (
	"context"
	"errors"
	"fmt"

	"github.com/playwright-community/playwright-go"
)

// A Shot is a page to be photographed, and the JPEG file it goes into.
type Shot struct {
	Address string
	Phone   bool // on a phone's screen instead of a desktop's
	File    string
}

// Photograph takes a picture of each page, from its top to its end. Only the
// Browser and Timeout of c are used.
func Photograph(ctx context.Context, c Config, shots []Shot) (err error) {
	c.Name, c.Devices = Phone, phones[IPhone]
	e, leave, err := hire(c)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, leave()) }()
	pages := map[bool]playwright.Page{}
	for _, phone := range []bool{false, true} {
		look := c
		if !phone {
			look.Name = Desktop
		}
		options := e.device(look, "gallery").options
		if phone {
			options.DeviceScaleFactor = playwright.Float(1.5) // sharp enough to read, small enough to keep
		}
		window, err := e.browser.NewContext(options)
		if err != nil {
			return gist(err)
		}
		if pages[phone], err = window.NewPage(); err != nil {
			return gist(err)
		}
	}
	for _, s := range shots {
		_, err := within(ctx, verbLimit*c.Timeout, func() ([]byte, error) {
			page := pages[s.Phone]
			if _, err := page.Goto(s.Address); err != nil {
				return nil, err
			}
			return wholly(page, playwright.PageScreenshotOptions{Path: &s.File,
				Type: playwright.ScreenshotTypeJpeg, Quality: playwright.Int(60)})
		})
		if err != nil {
			return fmt.Errorf("photograph %s: %w", s.Address, gist(err))
		}
	}
	return nil
}

// wholly takes a picture of a page by a screen as high as the page: a bar that stays
// at the foot of the screen is then at the foot of the picture, not across its middle.
func wholly(page playwright.Page, options playwright.PageScreenshotOptions) (picture []byte, err error) {
	usual := page.ViewportSize()
	high, err := page.Evaluate("() => document.documentElement.scrollHeight")
	if err != nil {
		return nil, err
	}
	if height, ok := high.(int); ok && height > usual.Height {
		if err := page.SetViewportSize(usual.Width, height); err != nil {
			return nil, err
		}
		defer func() { err = errors.Join(err, page.SetViewportSize(usual.Width, usual.Height)) }()
	}
	options.FullPage = playwright.Bool(true)
	return page.Screenshot(options)
}
