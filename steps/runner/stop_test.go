package runner_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"example.com/netanswer/steps/runner"
)

// stopping tries twenty scenarios one after another, each of which fails for the
// cause that is told of the how many-th it is, nil for none.
func stopping(t *testing.T, most, first int, cause func(n int) error) (runner.Result, string) {
	t.Helper()
	n := 0
	var log bytes.Buffer
	cfg := small("", remember(func(context.Context) error { n++; return cause(n) }))
	cfg.Features, cfg.Workers, cfg.Log = many(1, 20), map[string]int{"api": 1}, &log
	cfg.MaxFailures, cfg.FirstFailures = most, first
	return run(t, cfg), log.String()
}

func TestNothingMoreIsBegunAfterSoManyFailures(t *testing.T) {
	result, log := stopping(t, 3, 0, func(n int) error { return fmt.Errorf("%d番目", n) })
	if n := result.Count(runner.Failed); n != 3 || result.OK() || result.Unjudged() != 17 {
		t.Errorf("%d failed, %d were not begun", n, result.Unjudged())
	}
	if !strings.Contains(log, "途中でやめました。失敗が3件になりました（-max-failures 3）") {
		t.Error(log)
	}
}

func TestATargetWhoseFirstScenariosFailForOneCauseIsLeft(t *testing.T) {
	for _, c := range []struct {
		name   string
		cause  func(n int) error
		failed int
	}{
		{"one cause", func(int) error { return errors.New("「ログイン」というボタンがありません") }, 5},
		{"one cause but for its numbers", func(n int) error { return fmt.Errorf("%06dは違う", n) }, 5},
		{"several causes", func(n int) error { return fmt.Errorf("理由%d", n%2) }, 20},
		{"one has passed", func(n int) error {
			if n == 2 {
				return nil
			}
			return errors.New("「ログイン」というボタンがありません")
		}, 19},
	} {
		t.Run(c.name, func(t *testing.T) {
			result, log := stopping(t, 0, 5, c.cause)
			if n := result.Count(runner.Failed); n < c.failed-1 || n > c.failed+1 ||
				(c.failed < 10) != (result.Because(runner.Unbegun) > 0) {
				t.Errorf("%d failed, want about %d\n%s", n, c.failed, log)
			}
		})
	}
}

func TestARuleOfKnownFailuresOnlyIsNamed(t *testing.T) {
	cfg := failing(errors.New("違う"))
	var log bytes.Buffer
	cfg.Log = &log
	cfg.Expected = func(runner.Scenario, string) (string, string, bool) { return "直しています", "", true }
	if run(t, cfg); !strings.Contains(log.String(), "想定した失敗のほかに何も確かめていない規則 1件: p34-7\n") {
		t.Error(log.String())
	}
}
