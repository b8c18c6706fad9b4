package runner_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/cucumber/godog"

	"example.com/netanswer/steps/driver"
	"example.com/netanswer/steps/runner"
)

// only runs a suite of one scenario and returns what became of it.
func only(t *testing.T, cfg runner.Config) runner.Outcome {
	t.Helper()
	result := run(t, cfg)
	if len(result.Outcomes) != 1 {
		t.Fatalf("%d outcomes", len(result.Outcomes))
	}
	if o := result.Outcomes[0]; o.Verdict != runner.Passed && result.OK() {
		t.Errorf("the run is OK with a verdict of %s", o.Verdict)
	}
	return result.Outcomes[0]
}

func TestStepDecidesTheVerdict(t *testing.T) {
	for name, test := range map[string]struct {
		step    any
		verdict runner.Verdict
		err     string
	}{
		"it passes":           {nothing, runner.Passed, ""},
		"it fails":            {func() error { return errors.New("違う") }, runner.Failed, "違う"},
		"it is pending":       {func() error { return godog.ErrPending }, runner.Failed, "pending"},
		"it says undefined":   {func() error { return godog.ErrUndefined }, runner.Failed, "undefined"},
		"it panics":           {func() { panic("こわれた") }, runner.Failed, "こわれた"},
		"it panics with nil":  {func() { panic(error(nil)) }, runner.Failed, "nil"},
		"it is skipped":       {func() error { return fmt.Errorf("時計がない: %w", godog.ErrSkip) }, runner.Skipped, "時計がない"},
		"it gives no context": {func() (context.Context, error) { return nil, nil }, runner.Failed, "nil"},
		"it fails godog's T": {func(ctx context.Context) {
			godog.T(ctx).FailNow()
		}, runner.Failed, "fail called on TestingT"},
	} {
		t.Run(name, func(t *testing.T) {
			st, reached := &environment{}, false
			cfg := small(one("前提 はじめ", "もし する", "かつ する", "ならば おわり"), func(to runner.Definitions) {
				to.Given(`^はじめ$`, nothing)
				to.When(`^する$`, test.step)
				to.Then(`^おわり$`, func() { reached = true })
			})
			cfg.Environment = st
			o := only(t, cfg)
			if o.Verdict != test.verdict || !strings.Contains(o.Err, test.err) || (o.Err == "") != (test.err == "") {
				t.Errorf("got %s %q", o.Verdict, o.Err)
			}
			if reached != (test.verdict == runner.Passed) {
				t.Errorf("the last step was reached: %t", reached)
			}
			if w := st.worlds[0]; !w.ended || w.failed != (test.verdict == runner.Failed) {
				t.Errorf("ended %t, failed %t", w.ended, w.failed)
			}
			step, failed := o.FailedStep()
			if failed != (test.verdict == runner.Failed) || failed && (step.Line != 7 || !strings.Contains(step.Err, test.err)) {
				t.Errorf("failed step %+v", step)
			}
			if len(o.Results) != 4 || test.verdict != runner.Passed && o.Results[2].Verdict != runner.Skipped {
				t.Errorf("steps %+v", o.Results)
			}
		})
	}
}

func TestEnvironmentThatBreaksFailsItsScenarioOnly(t *testing.T) {
	late := errors.New("too late")
	for name, test := range map[string]struct {
		st      *environment
		verdict runner.Verdict
		err     string
	}{
		"begin fails":  {&environment{begin: func(context.Context, runner.Scenario) error { return late }}, runner.Failed, "始められません: too late"},
		"begin panics": {&environment{begin: func(context.Context, runner.Scenario) error { panic("x") }}, runner.Failed, "始められません: panic: x"},
		"begin skips": {&environment{begin: func(context.Context, runner.Scenario) error {
			return fmt.Errorf("電話がない: %w",
				godog.ErrSkip)
		}}, runner.Skipped, "電話がない"},
		"end fails":      {&environment{end: func(context.Context) error { return late }}, runner.Failed, "終えられません: too late"},
		"end panics":     {&environment{end: func(context.Context) error { panic("x") }}, runner.Failed, "終えられません: panic: x"},
		"nothing breaks": {&environment{}, runner.Passed, ""},
	} {
		t.Run(name, func(t *testing.T) {
			cfg := small(one("もし する"), simple)
			cfg.Environment = test.st
			if o := only(t, cfg); o.Verdict != test.verdict || !strings.HasPrefix(firstLine(o.Err), test.err) {
				t.Errorf("got %s %q", o.Verdict, o.Err)
			}
		})
	}
}

func TestEnvironmentSeesWhatStepsPutIntoTheContext(t *testing.T) {
	cfg := small(one("前提 はじめ", "もし する"), func(to runner.Definitions) {
		to.Given(`^はじめ$`, func(ctx context.Context) context.Context { return context.WithValue(ctx, noteKey{}, "メモ") })
		to.When(`^する$`, func() error { return errors.New("違う") })
	})
	saw := func(ctx context.Context) {
		if got := ctx.Value(noteKey{}); got != "メモ" {
			t.Errorf("saw %v", got)
		}
	}
	cfg.Reports.Dir = t.TempDir()
	cfg.Environment = &environment{
		evidence: func(ctx context.Context) []driver.Evidence { saw(ctx); return nil },
		end:      func(ctx context.Context) error { saw(ctx); return nil },
	}
	only(t, cfg)
}

func firstLine(text string) string {
	line, _, _ := strings.Cut(text, "\n")
	return line
}

// failing is a suite of one scenario of which もし する fails.
func failing(err error) runner.Config {
	return small(one("前提 はじめ", "もし する", "ならば おわり"), func(to runner.Definitions) {
		to.Given(`^はじめ$`, nothing)
		to.When(`^する$`, func() error { return err })
		to.Then(`^おわり$`, nothing)
	})
}

func TestEvidenceIsTakenAtTheFailingStepAndKept(t *testing.T) {
	taken := 0
	st := &environment{evidence: func(ctx context.Context) []driver.Evidence {
		taken++
		if w := ctx.Value(worldKey{}).(*world); w.ended {
			t.Error("the world had ended already")
		}
		return []driver.Evidence{
			{Name: "花子/screen.png", Media: "image/png", Bytes: []byte("png")},
			{Name: "screen.txt", Media: "text/plain", Bytes: []byte("一")},
			{Name: "screen.txt", Media: "text/plain", Bytes: []byte("二")},
			{Name: "../../x", Media: "text/plain", Bytes: []byte("三")},
			{Name: "", Media: "text/plain", Bytes: []byte("四")},
		}
	}}
	cfg := failing(errors.New("違う"))
	cfg.Environment, cfg.Reports.Dir, cfg.Root = st, t.TempDir(), "features/web"
	stale := filepath.Join(cfg.Reports.Dir, "evidence/api/old")
	if err := os.MkdirAll(stale, 0o755); err != nil {
		t.Fatal(err)
	}
	o := only(t, cfg)
	const dir = "evidence/api/features/web/a_L5/"
	diff(t, []string{dir + "花子_screen.png", dir + "screen.txt", dir + "screen-2.txt", dir + "_.._x", dir + "evidence"}, o.Evidence)
	diff(t, "二", read(t, cfg.Reports.Dir, dir, "screen-2.txt"))
	if taken != 1 {
		t.Errorf("taken %d times", taken)
	}
	if _, err := os.Stat(stale); err == nil {
		t.Error("evidence of an earlier run is still there")
	}
}

func TestEvidenceThatPanicsDoesNotHideTheFailure(t *testing.T) {
	cfg := failing(errors.New("違う"))
	cfg.Environment = &environment{evidence: func(context.Context) []driver.Evidence { panic("no picture") }}
	cfg.Reports.Dir = t.TempDir()
	o := only(t, cfg)
	if !strings.HasPrefix(o.Err, "違う\ntake evidence: panic: no picture") {
		t.Errorf("got %q", o.Err)
	}
}

// longEnough is a time limit within which the first step begins on any machine,
// however busy; the scenarios here wait until it has run out.
const longEnough = 700 * time.Millisecond

func TestScenarioOutOfTimeFailsAndLeavesEvidence(t *testing.T) {
	cfg := small(one("もし する", "ならば おわり"), func(to runner.Definitions) {
		to.When(`^する$`, func(ctx context.Context) error { <-ctx.Done(); return ctx.Err() })
		to.Then(`^おわり$`, nothing)
	})
	st := &environment{evidence: func(ctx context.Context) []driver.Evidence {
		if err := ctx.Err(); err != nil {
			t.Errorf("no time for evidence: %v", err)
		}
		return []driver.Evidence{{Name: "a.txt"}}
	}}
	cfg.Environment, cfg.Reports.Dir, cfg.Limit = st, t.TempDir(), longEnough
	o := only(t, cfg)
	if o.Err != longEnough.String()+"以内に終わりませんでした: 時間切れです" || len(o.Evidence) != 1 || !st.worlds[0].ended {
		t.Errorf("got %q, evidence %v", o.Err, o.Evidence)
	}
}

func TestStepThatDoesNotComeBackIsLeftBehind(t *testing.T) {
	release := make(chan struct{})
	cfg := small(one("もし する", "ならば おわり"), func(to runner.Definitions) {
		to.When(`^する$`, func() { <-release }) // as a library that knows of no context
		to.Then(`^おわり$`, nothing)
	})
	ended := make(chan struct{})
	cfg.Environment = &environment{end: func(context.Context) error { close(ended); return nil }}
	cfg.Limit, cfg.Grace = longEnough, time.Millisecond
	o := only(t, cfg)
	if want := longEnough.String() + `以内に終わりませんでした: "もし する" から戻らず、置いていかれました`; o.Err != want ||
		o.Verdict != runner.Failed {
		t.Errorf("got %s %q", o.Verdict, o.Err)
	}
	close(release)
	<-ended // its world is given back all the same, later
}

// told runs a function at the line of a log that says something.
type told struct {
	says string
	then func()
}

func (w told) Write(p []byte) (int, error) {
	if strings.Contains(string(p), w.says) {
		w.then()
	}
	return len(p), nil
}

// TestReportsAreToldOfOnceTheyAreThere: who is told of a folder looks into it.
func TestReportsAreToldOfOnceTheyAreThere(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cfg := small("", remember(func(ctx context.Context) error {
		cancel()
		return ctx.Err()
	}))
	looked := false
	cfg.Features, cfg.Reports.Dir, cfg.Workers = many(1, 2), t.TempDir(), map[string]int{"api": 1}
	cfg.Log = told{"ここまでの報告は", func() {
		looked = true
		read(t, cfg.Reports.Dir, "junit.xml")
	}}
	if _, err := runner.Run(ctx, cfg); err == nil || !looked {
		t.Errorf("%v, looked %t", err, looked)
	}
}

func TestInterruptionKeepsWhatThereIs(t *testing.T) {
	ctx, cancel := context.WithCancelCause(t.Context())
	tried := 0
	cfg := small("", remember(func(ctx context.Context) error {
		if tried++; tried == 4 {
			cancel(errors.New("SIGINT"))
			return ctx.Err()
		}
		return nil
	}))
	cfg.Features, cfg.Reports.Dir, cfg.Workers = many(2, 6), t.TempDir(), map[string]int{"api": 1}
	result, err := runner.Run(ctx, cfg)
	if err == nil || err.Error() != "interrupted: SIGINT" || !result.Interrupted || result.OK() {
		t.Errorf("error %v, interrupted %t, OK %t", err, result.Interrupted, result.OK())
	}
	if result.Count(runner.Passed) != 3 || result.Count(runner.Skipped) != 9 {
		t.Errorf("passed %d, skipped %d", result.Count(runner.Passed), result.Count(runner.Skipped))
	}
	report := read(t, cfg.Reports.Dir, "junit.xml")
	if n := strings.Count(report, `<skipped message="not begun: the run was interrupted">`); n != 8 {
		t.Errorf("%d not begun in the report\n%s", n, report)
	}
	if n := strings.Count(report, `<skipped message="interrupted: context canceled">`); n != 1 {
		t.Errorf("%d broken off in the report\n%s", n, report)
	}
	if !strings.Contains(read(t, cfg.Reports.Dir, "rules.md"), "| p34-7 | 文書 | 有効期限は10分 | ? |") {
		t.Error("the rule is not open")
	}
}

func TestPanicTellsWhereItWas(t *testing.T) {
	cfg := small(one("もし する"), func(to runner.Definitions) { to.When(`^する$`, func() { panic("こわれた") }) })
	if o := only(t, cfg); firstLine(o.Err) != "こわれた" || !strings.Contains(o.Err, "failure_test.go:") || strings.Contains(o.Err, "reflect") {
		t.Errorf("got %s", o.Err)
	}
}
