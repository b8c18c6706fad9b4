package runner

import (
	"context"
	"errors"
	"fmt"
	"io"
	"runtime/debug"
	"time"

	"github.com/cucumber/godog"

	"example.com/netanswer/steps/driver"
)

// silentFormat is the name of a godog formatter that says nothing: the hooks
// of a performance tell all there is to know.
const silentFormat = "netanswer-silent"

type silent struct{ *godog.BaseFmt }

func (silent) Summary() {}

func init() {
	godog.Format(silentFormat, "says nothing", func(suite string, out io.Writer) godog.Formatter {
		return silent{godog.NewBaseFmt(suite, out)}
	})
}

// play tries a scenario with a driver. A step that does not come back although
// its context is done is waited for as long as evidence and the end may take,
// then left behind: not every driver's library knows of contexts, and one
// hanging page must not cost the report of the whole run.
func (r *run) play(ctx context.Context, s Scenario, d driver.Driver) Outcome {
	p := &performance{run: r, interrupt: ctx, driver: d, scenario: s}
	p.outcome = Outcome{Scenario: s, Driver: d.Name(), Verdict: Failed, Began: r.cfg.Now(),
		Err: "the scenario came to no end"}
	limited, cancel := ctx, context.CancelFunc(func() {})
	if r.cfg.Limit > 0 {
		limit := r.cfg.Limit * time.Duration(1+len(s.Steps)/10)
		limited, cancel = context.WithTimeoutCause(ctx, limit, fmt.Errorf("time limit of %v", limit))
	}
	defer cancel()
	done := make(chan struct{})
	go func() {
		defer close(done)
		p.perform(limited)
	}()
	select {
	case <-done:
		return p.told()
	case <-limited.Done():
	}
	timeout, cancelTotal := context.WithTimeout(context.WithoutCancel(ctx), 3*r.cfg.Grace)
	defer cancelTotal()
	select {
	case <-done:
		return p.told()
	case <-timeout.Done():
		return p.leave(context.Cause(limited))
	}
}

// perform goes from the beginning to the end of the scenario.
func (p *performance) perform(ctx context.Context) {
	defer func() {
		if x := recover(); x != nil {
			p.fail(fmt.Errorf("panic outside of a step: %v\n%s", x, debug.Stack()))
		}
	}()
	ctx, err := p.begin(ctx)
	if err != nil {
		if !skips(err) {
			err = fmt.Errorf("begin: %w", err)
		}
		p.judge(err)
		return
	}
	p.ctx = ctx
	defer func() {
		switch err := p.end(); {
		case err == nil:
		case skips(err):
			if p.told().Verdict == Passed { // and has proved nothing
				p.judge(err)
			}
		default:
			p.fail(fmt.Errorf("end: %w", err))
		}
	}()
	code := godog.TestSuite{
		Name:                p.scenario.ID(),
		ScenarioInitializer: p.initialize,
		Options: &godog.Options{
			Format: silentFormat, Output: io.Discard, NoColors: true, Strict: true, Concurrency: 1,
			DefaultContext:  ctx,
			Dialect:         p.scenario.language,
			FeatureContents: []godog.Feature{{Name: p.scenario.File, Contents: p.scenario.excerpt}},
		},
	}.Run()
	p.conclude(code)
}

func (p *performance) begin(ctx context.Context) (_ context.Context, err error) {
	defer recovered(&err)
	begun, err := p.enter(ctx)
	if err == nil && begun == nil {
		err = errors.New("the environment gave no context")
	}
	return begun, err
}

func (p *performance) end() (err error) {
	defer recovered(&err)
	ctx, cancel := p.grace()
	defer cancel()
	return p.run.cfg.Environment.End(ctx, p.told().Verdict == Failed)
}

// recovered makes an error of a panic; it is deferred.
func recovered(err *error) {
	if x := recover(); x != nil {
		*err = fmt.Errorf("panic: %v\n%s", x, debug.Stack())
	}
}

// grace is the scenario's context with what the steps put into it, but with
// a time of its own: that of the scenario may be over.
func (p *performance) grace() (context.Context, context.CancelFunc) {
	return context.WithTimeout(context.WithoutCancel(p.ctx), p.run.cfg.Grace)
}
