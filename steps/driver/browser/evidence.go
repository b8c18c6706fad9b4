package browser

import (
	"context"
	_ "embed"
	"errors"
	"fmt"
	"strings"

	"github.com/playwright-community/playwright-go"

	"example.com/netanswer/steps/driver"
)

// hide keeps secrets out of the texts of the evidence.
func (s *session) hide(secrets ...string) {
	for _, secret := range secrets {
		if len(secret) >= 6 { // what is shorter is part of too much else
			s.secrets = append(s.secrets, secret)
		}
	}
}

// Evidence implements driver.Session: a picture of the whole page, its text, and
// what it was seen with; the trace, if there is one. Card numbers and security codes are masked.
func (s *session) Evidence(ctx context.Context) []driver.Evidence {
	var found []driver.Evidence
	about := []string{s.window.device.about, page(s.page.URL())}
	picture, err := within(ctx, 2*s.config.Timeout, s.picture)
	if err == nil {
		found = append(found, driver.Evidence{Name: "screenshot.png", Media: "image/png", Bytes: picture})
	} else {
		about = append(about, fmt.Sprintf("no picture: %v", gist(err)))
	}
	var secrets []string
	screen, err := s.try(ctx, func(ctx context.Context) (driver.Screen, error) {
		secrets = s.secrets
		return s.read(ctx)
	})
	if err == nil {
		text := screen.Text
		if code := screen.Values[securityCode]; code != "" {
			name := s.config.word(securityCode)
			text = strings.ReplaceAll(text, name+" "+code, name+" ***")
		}
		found = append(found, note("page.txt", text, secrets))
	} else {
		about = append(about, fmt.Sprintf("no text: %v", gist(err)))
	}
	traces, err := s.trace(ctx, secrets)
	if err != nil {
		about = append(about, fmt.Sprintf("no trace: %v", err))
	}
	found = append(found, traces...)
	about = append(about, s.watch.noted()...)
	return append(found, note("browser.txt", strings.Join(about, "\n"), secrets))
}

func note(name, text string, secrets []string) driver.Evidence {
	for _, secret := range secrets {
		text = strings.ReplaceAll(text, secret, "***")
	}
	return driver.Evidence{Name: name, Media: "text/plain; charset=utf-8", Bytes: []byte(text + "\n")}
}

//go:embed cover.js
var cover string

// picture takes the whole page. Passwords are dots by themselves; what a text
// of the evidence would have masked is covered on the page while it is taken,
// where it is written and where it is shown. A page that cannot be covered is
// not taken.
func (s *session) picture() ([]byte, error) {
	covering := map[string]any{
		"secrets":   append([]string{}, s.secrets...),
		"codeWords": []string{s.config.word(securityCode), s.config.word(pinBox)},
	}
	if _, err := s.page.Evaluate(cover, covering); err != nil {
		return nil, err
	}
	taken, err := s.page.Screenshot(playwright.PageScreenshotOptions{FullPage: playwright.Bool(true), Timeout: s.timeout()})
	_, undone := s.page.Evaluate(`() => window.netanswerUncover()`, nil)
	return taken, errors.Join(err, undone)
}
