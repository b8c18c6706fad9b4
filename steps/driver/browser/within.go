package browser

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"strings"
	"time"

	"github.com/playwright-community/playwright-go"
)

// within waits for call until the limit is over or ctx ends. Playwright knows
// no contexts: a call that is waited for no longer goes on, to its own time-out
// or to the end of its page, and its answer is dropped. A panic in it is an
// error.
func within[T any](ctx context.Context, limit time.Duration, call func() (T, error)) (T, error) {
	ctx, cancel := context.WithTimeoutCause(ctx, limit, fmt.Errorf("it took longer than %s: %w", limit, context.DeadlineExceeded))
	defer cancel()
	type answer struct {
		value T
		err   error
	}
	answers := make(chan answer, 1)
	go func() {
		var a answer
		defer func() {
			if p := recover(); p != nil {
				a.err = fmt.Errorf("panic: %v", p)
			}
			answers <- a
		}()
		a.value, a.err = call()
	}()
	select {
	case a := <-answers:
		return a.value, a.err
	case <-ctx.Done():
		var none T
		return none, context.Cause(ctx)
	}
}

// A gisted error is the first line of one of Playwright's. The lines below it
// tell what was typed where, passwords included, and what the page is made of.
type gisted struct {
	line  string
	cause error
}

func (g *gisted) Error() string { return g.line }

func (g *gisted) Is(target error) bool {
	for _, known := range []error{playwright.ErrTimeout, playwright.ErrTargetClosed} {
		if target == known {
			return errors.Is(g.cause, known)
		}
	}
	return false
}

// gist shortens an error of Playwright's; other errors stay as they are.
func gist(err error) error {
	if !errors.Is(err, playwright.ErrPlaywright) && !errors.Is(err, playwright.ErrTimeout) && !errors.Is(err, playwright.ErrTargetClosed) {
		return err
	}
	line := firstLine(err.Error())
	if _, rest, ok := strings.Cut(line, playwright.ErrPlaywright.Error()+": "); ok {
		line = rest // before it stands what was called, with its arguments
	}
	line = strings.TrimPrefix(line, playwright.ErrTimeout.Error()+": ")
	return &gisted{withoutQueries(line), err}
}

// inJapanese tells what a browser could not do, in words for who reads a report;
// what the browser itself says stands behind them.
func inJapanese(err error) error {
	if err == nil {
		return nil
	}
	err = gist(err)
	for _, known := range []struct{ sign, words string }{
		{"ERR_CONNECTION_REFUSED", "そこでは何も答えません"},
		{"ERR_NAME_NOT_RESOLVED", "そのホストは hosts にありません"},
		{"ERR_CERT", "証明書を確かめられません（insecure: true で省けます）"},
		{"intercepts pointer events", "手前に別のものが重なっています"},
		{"Timeout", "待っても、できるようになりません"},
	} {
		if strings.Contains(err.Error(), known.sign) {
			return fmt.Errorf("%s（%w）", known.words, err)
		}
	}
	return fmt.Errorf("ブラウザーではできません（%w）", err)
}

func firstLine(s string) string {
	line, _, _ := strings.Cut(s, "\n")
	return line
}

// withoutQueries takes from the addresses in a text what may be secret.
func withoutQueries(s string) string { return query.ReplaceAllString(s, "$1") }

var query = regexp.MustCompile(`(https?://[^\s?#'"]*)[?#][^\s'"]*`)

func milliseconds(d time.Duration) *float64 {
	ms := float64(d) / float64(time.Millisecond)
	return &ms
}
