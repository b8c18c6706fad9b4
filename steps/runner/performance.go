package runner

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/cucumber/godog"
	messages "github.com/cucumber/messages/go/v34"

	"example.com/netanswer/steps/driver"
)

// A performance is one scenario being tried. What is told of it is behind a
// lock, for it may be told before the performance has come to an end.
type performance struct {
	run       *run
	interrupt context.Context // done once the whole run is broken off
	driver    driver.Driver
	scenario  Scenario

	// Used by the performing goroutine alone.
	ctx     context.Context // as the last step left it
	step    int             // the step to come
	taken   int             // steps that were taken before, by another scenario
	stepped time.Time       // when the one before the hands began
	judged  bool            // a step has decided the verdict

	lock    sync.Mutex
	outcome Outcome
}

// initialize hangs the suite's hooks into godog and makes the definitions that
// this scenario needs. A panic in a hook would end the process.
func (p *performance) initialize(sc *godog.ScenarioContext) {
	for _, i := range p.scenario.uses {
		d := p.run.plan.defs[i]
		if p.taken > 0 {
			d.step = p.unlessTaken(d.step)
		}
		d.register(sc)
	}
	sc.StepContext().Before(func(ctx context.Context, _ *godog.Step) (context.Context, error) {
		p.stepped = p.run.cfg.Now()
		if told, ok := p.run.cfg.Environment.(Stepper); ok && p.step < len(p.scenario.Steps) {
			ctx = told.Step(ctx, p.scenario.Steps[p.step].match == messages.PickleStepType_OUTCOME)
		}
		return ctx, ctx.Err() // out of time: the step is not begun
	})
	sc.StepContext().
		After(func(ctx context.Context, st *godog.Step, status godog.StepResultStatus, err error) (_ context.Context, hookErr error) {
			defer recovered(&hookErr)
			p.ctx = ctx
			return ctx, p.after(st, status, err)
		})
}

// after notes what became of a step. At the one that fails, the evidence is
// taken: later the screens may be gone.
func (p *performance) after(st *godog.Step, status godog.StepResultStatus, err error) error {
	if p.step >= len(p.scenario.Steps) || p.scenario.Steps[p.step].Text != st.Text {
		return fmt.Errorf("godog runs the step %q, which is not the one to come", st.Text)
	}
	result := StepResult{Step: p.scenario.Steps[p.step], Took: p.run.cfg.Now().Sub(p.stepped)}
	p.step++
	if w, ok := p.run.cfg.Environment.(Weigher); ok && err != nil && !p.judged && !skips(err) {
		err = w.Weigh(p.ctx, err)
	}
	switch {
	case status == godog.StepPassed:
		result.Verdict = Passed
	case p.judged || skips(err):
		result.Verdict = Skipped
	default:
		result.Verdict = Failed
		if err == nil {
			err = fmt.Errorf("the step is %s", status)
		}
		err = p.reason(origin(err))
		result.Err = err.Error()
	}
	result.Taken = p.step <= p.taken
	p.lock.Lock()
	p.outcome.Results = append(p.outcome.Results, result)
	p.lock.Unlock()
	if result.Verdict == Passed && !result.Taken {
		p.keep()
	}
	if err != nil && !p.judged {
		p.judged = true
		p.judge(err)
		if result.Verdict == Failed && p.interrupt.Err() == nil {
			p.evidence()
		}
	}
	return nil
}

// origin gives an error that has a stack, as godog's of a panic, the part of
// it that is the step's.
func origin(err error) error {
	text, _, _ := strings.Cut(fmt.Sprintf("%+v", err), "\nreflect.Value.")
	if text == err.Error() {
		return err
	}
	return errors.New(text)
}

// reason adds to an error that the time was over, which is why it came.
func (p *performance) reason(err error) error {
	if cause := context.Cause(p.ctx); cause != nil && errors.Is(p.ctx.Err(), context.DeadlineExceeded) {
		return fmt.Errorf("%w reached: %w", cause, err)
	}
	return err
}

// judge takes the verdict from the error that decided it.
func (p *performance) judge(err error) {
	p.lock.Lock()
	defer p.lock.Unlock()
	p.outcome.Verdict, p.outcome.Err = Failed, err.Error()
	switch {
	case skips(err):
		p.outcome.Verdict, p.outcome.Reason = Skipped, reasonOf(err)
		// Where it was found out is of no use to who reads why.
		p.outcome.Err = p.outcome.Err[max(0, strings.Index(p.outcome.Err, string(p.outcome.Reason))):]
	case p.interrupt.Err() != nil:
		p.outcome.Verdict, p.outcome.Interrupted = Skipped, true
		p.outcome.Err = "interrupted: " + err.Error()
	}
}

// skips tells whether an error says that something cannot be judged.
func skips(err error) bool { return errors.Is(err, godog.ErrSkip) || reasonOf(err) != "" }

func reasonOf(err error) Reason {
	switch {
	case errors.Is(err, driver.ErrInapplicable):
		return NotAsked
	case errors.Is(err, driver.ErrUndecidable):
		return Undecided
	}
	return ""
}

// fail is for what goes wrong outside of a step; it does not hide an error
// that was there before.
func (p *performance) fail(err error) {
	p.lock.Lock()
	defer p.lock.Unlock()
	if p.outcome.Verdict != Passed && p.outcome.Err != "" {
		p.outcome.Err += "\n" + err.Error()
	} else {
		p.outcome.Err = err.Error()
	}
	p.outcome.Verdict, p.outcome.Reason, p.outcome.Interrupted = Failed, "", false
}

// conclude passes a scenario of which every step has passed, and in which
// godog saw nothing else.
func (p *performance) conclude(code int) {
	p.lock.Lock()
	passed := 0
	for _, r := range p.outcome.Results {
		if r.Verdict == Passed {
			passed++
		}
	}
	if !p.judged && code == 0 && passed == len(p.scenario.Steps) {
		p.outcome.Verdict, p.outcome.Err = Passed, ""
	}
	p.lock.Unlock()
	if !p.judged && p.told().Verdict != Passed {
		p.fail(fmt.Errorf("godog ended with code %d after %d of %d steps", code, passed, len(p.scenario.Steps)))
	}
}

// told is what there is to tell now.
func (p *performance) told() Outcome {
	p.lock.Lock()
	defer p.lock.Unlock()
	o := p.outcome
	o.Results, o.Evidence = slices.Clone(o.Results), slices.Clone(o.Evidence)
	return o
}

// leave gives up waiting for a performance whose time is over. What it had
// already come to stays.
func (p *performance) leave(why error) Outcome {
	o := p.told()
	where := "the end"
	if n := len(o.Results); n < len(o.Steps) {
		where = o.Steps[n].String()
	}
	left := fmt.Sprintf("%v: %q did not come back and was left behind", why, where)
	if _, failed := o.FailedStep(); failed {
		o.Err += "\n" + left
		return o
	}
	o.Verdict, o.Err = Failed, left
	if p.interrupt.Err() != nil {
		o.Verdict, o.Interrupted = Skipped, true
	}
	return o
}
