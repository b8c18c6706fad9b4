package browser

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/playwright-community/playwright-go"

	"example.com/netanswer/steps/driver"
)

// record begins a trace of the window: what was done, the page before and after
// it, and its network. Pictures are no part of it, for a card number that is
// being typed would be seen on them.
func (w *window) record(ctx context.Context, c Config) error {
	_, err := within(ctx, verbLimit*c.Timeout, func() (none struct{}, err error) {
		return none, w.Tracing().
			Start(playwright.TracingStartOptions{Snapshots: playwright.Bool(true), Screenshots: playwright.Bool(false)})
	})
	if err != nil {
		return fmt.Errorf("record a trace: %w", gist(err))
	}
	return nil
}

// titled gives what is done next a title in the trace that is recorded, for one that looks
// into it, and tells how to end that. A trace that takes no title goes on without.
func (s *session) titled(name string) (end func()) {
	if !s.window.recorded.Load() || s.window.Tracing().Group(name) != nil {
		return func() {}
	}
	return func() { _ = s.window.Tracing().GroupEnd() }
}

// trace ends the trace of the window and returns it, without what must not
// be in evidence. The tabs of a window share one: whose evidence is asked for
// first has it.
func (s *session) trace(ctx context.Context, secrets []string) (found []driver.Evidence, err error) {
	if !s.window.recorded.CompareAndSwap(true, false) {
		return nil, nil
	}
	dir, err := os.MkdirTemp("", "netanswer-trace-")
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	file := filepath.Join(dir, "trace.zip")
	_, err = within(ctx, 2*s.config.Timeout, func() (none struct{}, err error) { return none, s.window.Tracing().Stop(file) })
	if err != nil {
		return nil, gist(err)
	}
	whole, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	clean, err := scrub(whole, secrets)
	if err != nil {
		return nil, err
	}
	return []driver.Evidence{{Name: "trace.zip", Media: "application/zip", Bytes: clean}}, nil
}
