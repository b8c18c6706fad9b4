package walk

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"slices"
	"sync/atomic"
	"time"

	"example.com/netanswer/steps/driver"
	"example.com/netanswer/steps/model"
	"example.com/netanswer/steps/runner"
)

// Config is what walks need.
type Config struct {
	Book        *Book
	Model       model.Config
	Environment runner.Environment
	Driver      driver.Driver
	Kind        func(seed uint64) Kind // what the walk of a seed may do
	Foreign     bool                   // sentences that only the sandbox promises are not asked
	// Lacks tells why a rule cannot be asked, "" where it can; nil: all can. A walk ends
	// where one comes up that cannot, because nobody knows how it goes on.
	Lacks   func(rule string) string
	Seed    uint64 // of the first walk; the others count on
	Walks   int
	Workers int
	Limit   time.Duration // of one act, a minute if 0: how many there are is nobody's fault
	Tries   int           // how many walks shrinking may go; 0 for 300, through a browser 40
	Now     func() time.Time

	tried atomic.Int64 // worlds that were begun
}

// A Walk is one sequence of acts.
type Walk struct {
	Seed uint64
	Kind Kind
	Acts []model.Act
}

// A Failure is a walk that showed something else than the model says.
type Failure struct {
	Walk     Walk
	Driver   string
	Drawn    int // acts before it was shrunk
	At       int // the act
	Line     model.Line
	Err      string
	Told     string // the scenario
	Evidence []driver.Evidence
}

// tags are those of a scenario that goes as the walk does.
func (k Kind) tags() (tags []string) {
	if k.App {
		tags = append(tags, "@アプリ")
		if k.Device == "android" {
			return append(tags, "@Android")
		}
		return append(tags, "@iPhone")
	}
	return nil
}

// An outcome is what became of one walk.
type outcome struct {
	failed   *Failure
	unasked  error // why it ended early: the implementation cannot be asked
	steps    int
	evidence []driver.Evidence
}

// play goes a walk. An error means that nothing can be told.
func (c *Config) play(ctx context.Context, w Walk, keep bool, seen func(model.Act, *model.World)) (out outcome, err error) {
	scenario := runner.Scenario{File: "walk", Line: int(w.Seed % 1_000_000_000), Tags: w.Kind.tags(), Repetition: int(c.tried.Add(1))}
	place, err := c.Environment.Begin(ctx, scenario, c.Driver)
	if errors.Is(err, driver.ErrInapplicable) || errors.Is(err, driver.ErrUndecidable) {
		return outcome{unasked: err}, nil
	}
	if err != nil {
		return out, err
	}
	out = c.goes(place, w, seen)
	if out.failed != nil && keep {
		out.evidence = c.Environment.Evidence(place)
	}
	return out, c.Environment.End(context.WithoutCancel(place), out.failed != nil && keep)
}

// goes goes a walk in its place, up to what is not as the model says.
func (c *Config) goes(ctx context.Context, w Walk, seen func(model.Act, *model.World)) (out outcome) {
	m := c.Model
	m.App, m.Device = w.Kind.App, w.Kind.Device
	world := model.New(m)
	for i, a := range w.Acts {
		if seen != nil {
			seen(a, world)
		}
		lines, err := world.Do(a)
		if err != nil {
			return outcome{unasked: fmt.Errorf("act %d: %w", i+1, err)}
		}
		if out.unasked = c.lacks(lines); out.unasked != nil {
			return out
		}
		if on := c.act(ctx, lines, &out); !on {
			if out.failed != nil {
				out.failed.Walk, out.failed.At = w, i
			}
			return out
		}
	}
	return out
}

// act carries one act out, and tells whether the walk goes on.
func (c *Config) act(ctx context.Context, lines []model.Line, out *outcome) bool {
	limit := cmp.Or(c.Limit, time.Minute)
	limited, cancel := context.WithTimeoutCause(ctx, limit, fmt.Errorf("it took longer than %s: %w", limit, context.DeadlineExceeded))
	defer cancel()
	for _, line := range lines {
		if line.Ours && c.Foreign {
			continue
		}
		out.steps++
		err := c.do(c.step(limited, line), line)
		switch {
		case err == nil:
		case ctx.Err() != nil: // that the walk is ended tells nothing against the implementation
			out.unasked = context.Cause(ctx)
			return false
		case errors.Is(err, driver.ErrInapplicable) || errors.Is(err, driver.ErrUndecidable):
			out.unasked = err
			if !line.Check {
				return false
			}
		default:
			out.failed = &Failure{Driver: c.Driver.Name(), Line: line, Err: err.Error()}
			return false
		}
	}
	return true
}

// everywhere are the assumed rules by which the model says which screen there is and
// that nothing else is said: of every step, so that they decide nothing.
var everywhere = []string{"a-22", "a-16"}

// lacks is why steps cannot be asked, nil if they can.
func (c *Config) lacks(lines []model.Line) error {
	if c.Lacks == nil {
		return nil
	}
	for _, line := range lines {
		if line.Rule == "" || slices.Contains(everywhere, line.Rule) {
			continue
		}
		if why := c.Lacks(line.Rule); why != "" {
			return fmt.Errorf("%w: %s", driver.ErrInapplicable, why)
		}
	}
	return nil
}

// step tells the environment, if it wants to know, whether something is expected.
func (c *Config) step(ctx context.Context, line model.Line) context.Context {
	if s, ok := c.Environment.(runner.Stepper); ok {
		return s.Step(ctx, line.Check)
	}
	return ctx
}

// do carries a step out; a panic is a failure of it.
func (c *Config) do(ctx context.Context, line model.Line) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic: %v\n%s", p, debug.Stack())
		}
	}()
	return c.Book.Do(ctx, line)
}
