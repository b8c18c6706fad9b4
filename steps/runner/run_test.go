package runner_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/fstest"
	"time"

	"example.com/netanswer/steps/driver"
	"example.com/netanswer/steps/runner"
)

// many is files features of rows scenarios each; the value of a row stands in
// its name and its step.
func many(files, rows int) fstest.MapFS {
	features := fstest.MapFS{}
	for f := range files {
		var b strings.Builder
		b.WriteString(
			"# language: ja\n機能: あ\n\n  @p34-7\n  シナリオアウトライン: 値は<値>\n    もし 「<値>」を覚える\n    かつ 待つ\n    ならば 「<値>」を覚えている\n\n    例:\n      | 値 |\n",
		)
		for r := range rows {
			fmt.Fprintf(&b, "      | %d-%d |\n", f, r)
		}
		features[fmt.Sprintf("f%d.feature", f)] = &fstest.MapFile{Data: []byte(b.String())}
	}
	return features
}

type noteKey struct{}

// remember defines the steps of many; wait is what happens in between.
func remember(wait func(context.Context) error) func(runner.Definitions) {
	return func(to runner.Definitions) {
		to.When(`^「([^」]*)」を覚える$`, func(ctx context.Context, value string) (context.Context, error) {
			if ctx.Value(noteKey{}) != nil {
				return ctx, errors.New("somebody else's value is here")
			}
			ctx.Value(worldKey{}).(*world).person = value
			return context.WithValue(ctx, noteKey{}, value), nil
		})
		to.When(`^待つ$`, wait)
		to.Then(`^「([^」]*)」を覚えている$`, func(ctx context.Context, value string) error {
			w := ctx.Value(worldKey{}).(*world)
			if got := ctx.Value(noteKey{}); got != value || w.person != value || !strings.HasSuffix(w.scenario.Name, value) {
				return fmt.Errorf("%q: remembers %q, world has %q of %q", value, got, w.person, w.scenario.Name)
			}
			if strings.HasSuffix(value, "7") {
				return fmt.Errorf("%sは覚えられない", value)
			}
			return nil
		})
	}
}

func TestEightAtOnceMixNothing(t *testing.T) {
	const at = 8
	var now, most atomic.Int64
	all := make(chan struct{})
	var open sync.Once
	cfg := small("", remember(func(ctx context.Context) error {
		n := now.Add(1)
		defer now.Add(-1)
		most.Store(max(most.Load(), n))
		if n == at {
			open.Do(func() { close(all) })
		}
		select { // the first eight wait for each other: so there were eight at once
		case <-all:
			return nil
		case <-ctx.Done():
			return ctx.Err()
		}
	}))
	st := &environment{}
	cfg.Features, cfg.Environment, cfg.Workers, cfg.Limit = many(5, 40), st, map[string]int{"api": at}, time.Minute
	result := run(t, cfg)
	if most.Load() != at {
		t.Errorf("%d were tried at once, want %d", most.Load(), at)
	}
	if len(result.Outcomes) != 200 || len(st.worlds) != 200 {
		t.Fatalf("%d outcomes, %d worlds", len(result.Outcomes), len(st.worlds))
	}
	for _, o := range result.Outcomes {
		value := strings.TrimPrefix(o.Name, "値は")
		want, verdict := "", runner.Passed
		if strings.HasSuffix(value, "7") {
			want, verdict = value+"は覚えられない", runner.Failed
		}
		if o.Verdict != verdict || o.Err != want || !strings.Contains(o.Results[0].Text, "「"+value+"」") {
			t.Errorf("%s: %s %q, want %s %q", o.Name, o.Verdict, o.Err, verdict, want)
		}
	}
	for _, w := range st.worlds {
		if !w.ended || w.failed != strings.HasSuffix(w.person, "7") {
			t.Errorf("world of %s: ended %t, failed %t", w.scenario.Name, w.ended, w.failed)
		}
	}
}

// order is in what order a seed has things tried.
func order(t *testing.T, seed int64, sel runner.Selection) []string {
	t.Helper()
	cfg := small("", remember(func(context.Context) error { return nil }))
	st := &environment{}
	cfg.Features, cfg.Environment, cfg.Seed, cfg.Select = many(3, 10), st, seed, sel
	cfg.Workers = map[string]int{"api": 1}
	run(t, cfg)
	var ids []string
	for _, w := range st.worlds {
		ids = append(ids, w.scenario.ID())
	}
	return ids
}

func TestOrderIsRandomOverAllFeaturesAndReplayable(t *testing.T) {
	first := order(t, 1, runner.Selection{})
	diff(t, first, order(t, 1, runner.Selection{}))
	if second := order(t, 2, runner.Selection{}); slices.Equal(first, second) {
		t.Error("two seeds give one order")
	}
	changes := 0
	for i := range first[1:] {
		if first[i][:2] != first[i+1][:2] {
			changes++
		}
	}
	if changes < 5 {
		t.Errorf("features are not mixed: %v", first)
	}
	part := order(t, 1, runner.Selection{At: []string{"f1.feature"}})
	diff(t, slices.DeleteFunc(first, func(id string) bool { return !strings.HasPrefix(id, "f1") }), part)
}

func TestSeedIsTakenFromTheClockAndPrinted(t *testing.T) {
	var log bytes.Buffer
	cfg := small(one("もし する"), simple)
	cfg.Seed, cfg.Log = 0, &log
	result := run(t, cfg)
	if want := noon().UnixNano(); result.Seed != want {
		t.Errorf("seed is %d, want %d", result.Seed, want)
	}
	if want := fmt.Sprintf("seed %d", result.Seed); strings.Count(log.String(), want) != 2 {
		t.Errorf("%q is not at both ends of\n%s", want, log.String())
	}
}

func TestWhatIsHandedInIsChecked(t *testing.T) {
	for name, spoil := range map[string]func(*runner.Config){
		"no features given":         func(c *runner.Config) { c.Features = nil },
		"no driver given":           func(c *runner.Config) { c.Drivers = nil },
		"no step definitions given": func(c *runner.Config) { c.Steps = nil },
		"no environment given":      func(c *runner.Config) { c.Environment = nil },
		"no clock given":            func(c *runner.Config) { c.Now = nil },
		"must not be negative":      func(c *runner.Config) { c.Limit = -1 },
		"given twice":               func(c *runner.Config) { c.Drivers = []driver.Driver{named("pc"), named("pc")} },
		`name "../pc"`:              func(c *runner.Config) { c.Drivers = []driver.Driver{named("../pc")} },
		"-1 workers":                func(c *runner.Config) { c.Workers = map[string]int{"api": -1} },
	} {
		t.Run(name, func(t *testing.T) {
			cfg := whole()
			spoil(&cfg)
			if _, err := runner.Run(t.Context(), cfg); err == nil || !strings.Contains(err.Error(), name) {
				t.Errorf("got error %v", err)
			}
		})
	}
}

func TestPlanTellsWhatWouldBeTriedAndRunsMoreThanOnce(t *testing.T) {
	plan, err := runner.Prepare(whole())
	if err != nil {
		t.Fatal(err)
	}
	if len(plan.Scenarios) != 7 || len(plan.For("api")) != 3 || len(plan.For("pc")) != 6 || plan.Seed != 42 {
		t.Errorf("seed %d, %d scenarios, %d for api, %d for pc", plan.Seed, len(plan.Scenarios), len(plan.For("api")), len(plan.For("pc")))
	}
	for range 2 {
		result, err := plan.Run(t.Context())
		if err != nil || !result.OK() {
			t.Errorf("%v %+v", err, result)
		}
	}
}

// full is a log nothing can be written to.
type full struct{ io.Writer }

func (full) Write([]byte) (int, error) { return 0, errors.New("disk is full") }

func TestLogOrReportThatCannotBeWrittenIsAnError(t *testing.T) {
	cfg := whole()
	cfg.Log = full{}
	result, err := runner.Run(t.Context(), cfg)
	if err == nil || !strings.Contains(err.Error(), "write log: disk is full") || !result.OK() {
		t.Errorf("log: error %v, OK %t", err, result.OK())
	}
	cfg = whole()
	cfg.Reports.Dir = "runner_test.go" // a file
	if _, err := runner.Run(t.Context(), cfg); err == nil {
		t.Error("reports: no error")
	}
}

func BenchmarkScenario(b *testing.B) {
	for _, workers := range []int{1, 2, 4, 8} {
		b.Run(fmt.Sprintf("workers=%d", workers), func(b *testing.B) {
			cfg := small("", remember(func(context.Context) error { return nil }))
			cfg.Features, cfg.Workers = many(10, 30), map[string]int{"api": workers}
			for b.Loop() {
				cfg.Environment = &environment{}
				if _, err := runner.Run(b.Context(), cfg); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(300*float64(b.N)/b.Elapsed().Seconds(), "scenarios/s")
		})
	}
}
