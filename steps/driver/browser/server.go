package browser

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/url"
	"slices"
	"strings"

	"github.com/playwright-community/playwright-go"

	"example.com/netanswer/steps/provision"
)

// CheckServer tells whether an address can be that of a browser that runs elsewhere.
// The error does not repeat it: it may hold a token.
func CheckServer(address string) error {
	_, _, err := readServer(address)
	return err
}

// readServer reads the address of a Playwright server (ws, wss), or of the DevTools of a
// Chromium: http, https, or the path that it tells by itself.
func readServer(address string) (at *url.URL, devtools bool, err error) {
	at, err = url.Parse(address)
	if err != nil || at.Host == "" {
		return nil, false, errors.New("browser server: want ws://HOST:PORT of a Playwright server, or http://HOST:PORT of DevTools")
	}
	switch at.Scheme {
	case "ws", "wss":
		return at, strings.HasPrefix(at.Path, "/devtools/"), nil
	case "http", "https":
		return at, true, nil
	}
	return nil, false, errors.New("browser server: want ws://HOST:PORT of a Playwright server, or http://HOST:PORT of DevTools")
}

// connect takes a browser that runs elsewhere. The pages have to be where it can reach
// them by itself: exposing this machine's network to a Playwright server ends the
// connection in playwright-go 0.6000.
func (c Config) connect(of playwright.BrowserType) (playwright.Browser, error) {
	at, devtools, err := readServer(c.Server)
	if err != nil {
		return nil, err
	}
	var b playwright.Browser
	if devtools && c.Browser.Engine != provision.Chromium {
		return nil, fmt.Errorf("browser server %s: DevTools are of a Chromium, not of %s", at.Host, c.Browser.Engine)
	}
	if devtools {
		b, err = of.ConnectOverCDP(c.Server, playwright.BrowserTypeConnectOverCDPOptions{Timeout: milliseconds(startLimit)})
	} else {
		b, err = of.Connect(c.Server, playwright.BrowserTypeConnectOptions{Timeout: milliseconds(startLimit)})
	}
	if err != nil {
		return nil, fmt.Errorf("browser server %s: there is no answer as of one: %s", at.Host,
			strings.ReplaceAll(gist(err).Error(), c.Server, hidden))
	}
	return b, nil
}

// confine lets a window of a browser whose arguments do not say so reach its own machine
// only, the pages that are tried, and what Foreign names.
func (w *window) confine(ctx context.Context, c Config) error {
	_, err := within(ctx, verbLimit*c.Timeout, func() (none struct{}, err error) {
		return none, w.Route("**/*", func(r playwright.Route) {
			if c.reaches(r.Request().URL(), w.home) {
				_ = r.Continue() // a window that is gone asks for nothing
				return
			}
			_ = r.Abort("namenotresolved")
		})
	})
	return err
}

// reaches tells what reachable tells a browser that is started here.
func (c Config) reaches(address, home string) bool {
	at, err := url.Parse(address)
	if err != nil {
		return false
	}
	host := at.Hostname()
	if pages, err := url.Parse(home); err == nil && host == pages.Hostname() {
		return true
	}
	if host == "" || loopback(host) && c.here() {
		return true
	}
	return c.Foreign != nil && slices.ContainsFunc(c.Foreign.Hosts, func(pattern string) bool { return matches(pattern, host) })
}

// matches tells whether a host is one of a pattern like *.example.com.
func matches(pattern, host string) bool {
	if name, _, err := net.SplitHostPort(pattern); err == nil {
		pattern = name
	}
	if rest, ok := strings.CutPrefix(pattern, "*"); ok {
		return strings.HasSuffix(host, rest)
	}
	return pattern == host
}
