package runner_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"example.com/netanswer/fixtures"
	"example.com/netanswer/steps/driver"
	"example.com/netanswer/steps/runner"
	"github.com/google/go-cmp/cmp"
)

// reasoned is a feature of a scenario for each thing that can become of one.
const reasoned = `# language: ja
機能: 例

  シナリオアウトライン: <何か>
    前提 「<何か>」

    @p34-7
    例: 緑
      | 何か |
      | よい |

    @p34-8
    例: 頼めないもの
      | 何か       |
      | 頼めない   |
      | 用意できない |

    @p34-9
    例: 分からないもの
      | 何か     |
      | 分からない |

    @p36-1
    例: 失敗するはずのもの
      | 何か |
      | 失敗 |
`

// TestWhatCannotBeJudgedIsToldWithItsReason: nothing of it is green, nothing of
// it fails the run, and each report says why.
func TestWhatCannotBeJudgedIsToldWithItsReason(t *testing.T) {
	var log bytes.Buffer
	cfg := small(reasoned, func(to runner.Definitions) {
		to.Given(`^「([^」]*)」$`, func(_ context.Context, what string) error {
			return map[string]error{
				"頼めない":  fmt.Errorf("花子さん: %w: 方針を変えられません", driver.ErrInapplicable),
				"分からない": fmt.Errorf("%w: 時計を動かせません", driver.ErrUndecidable),
				"失敗":    errors.New("違う画面です"),
			}[what]
		})
	})
	cfg.Environment = &environment{begin: func(_ context.Context, s runner.Scenario) error {
		if s.Name == "用意できない" {
			return fmt.Errorf("%w: 会員がいません", driver.ErrInapplicable)
		}
		return nil
	}}
	cfg.Rules = nil
	for _, id := range []string{"p34-7", "p34-8", "p34-9", "p36-1"} {
		cfg.Rules = append(cfg.Rules, fixtures.Rule{ID: id})
	}
	cfg.Expected = func(s runner.Scenario, d string) (string, string, bool) {
		return "直しています", "違う画面です", s.Name == "失敗" && d == "api"
	}
	cfg.Log, cfg.Reports.Dir = &log, t.TempDir()
	result := run(t, cfg)
	if !result.OK() {
		t.Error("the run is not good")
	}
	type found struct {
		Verdict runner.Verdict
		Reason  runner.Reason
		Err     string
	}
	want := map[string]found{
		"よい":     {runner.Passed, "", ""},
		"頼めない":   {runner.Skipped, runner.NotAsked, "対象外: 方針を変えられません"},
		"用意できない": {runner.Skipped, runner.NotAsked, "対象外: 会員がいません"},
		"分からない":  {runner.Skipped, runner.Undecided, "判定不能: 時計を動かせません"},
		"失敗":     {runner.Skipped, runner.Known, "想定した失敗（直しています）: 違う画面です"},
	}
	outcomes := func(r runner.Result) map[string]found {
		got := map[string]found{}
		for _, o := range r.Outcomes {
			got[o.Name] = found{o.Verdict, o.Reason, o.Err}
		}
		return got
	}
	if diff := cmp.Diff(want, outcomes(result)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	marks := ""
	for _, c := range result.Rules {
		marks += string(c.Marks[0])
	}
	if want := "✓–?△"; marks != want {
		t.Errorf("marks are %s, want %s", marks, want)
	}
	for _, line := range []string{"? api a.feature:21 分からない: 判定不能: 時計を動かせません\n", "△ api a.feature:26 失敗: 想定した失敗（直しています）: 違う画面です\n",
		"api: 成功 1、失敗 0、判定不能・未実行 1、想定した失敗 1、対象外 2（", "– api 1件 対象外: 会員がいません\n", "– api 1件 対象外: 方針を変えられません\n"} {
		if !strings.Contains(log.String(), line) {
			t.Errorf("the log has no %q:\n%s", line, &log)
		}
	}
	for _, name := range []string{"junit.xml", "messages.ndjson", "report.html", "cucumber.json"} {
		text, err := os.ReadFile(filepath.Join(cfg.Reports.Dir, name))
		for _, o := range want {
			if err != nil || !strings.Contains(string(text), o.Err) {
				t.Errorf("%s does not tell %q, %v", name, o.Err, err)
			}
		}
	}
	if merged, err := (runner.Merge{From: []string{cfg.Reports.Dir}, Rules: cfg.Rules, Now: noon}.Run()); err != nil {
		t.Error(err)
	} else if diff := cmp.Diff(want, outcomes(merged)); diff != "" {
		t.Errorf("merged (-want +got):\n%s", diff)
	}
}

// TestAnExpectedFailureThatPassesFails: nobody must go on believing in it.
func TestAnExpectedFailureThatPassesFails(t *testing.T) {
	cfg := small(one("前提 何もしない"), func(to runner.Definitions) { to.Given(`^何もしない$`, func() {}) })
	cfg.Expected = func(runner.Scenario, string) (string, string, bool) { return "直しています", "", true }
	result := run(t, cfg)
	if o := result.Outcomes[0]; result.OK() || o.Verdict != runner.Failed || o.Err != "失敗するはずが成功しました（直しています）" {
		t.Errorf("got %s, %q", o.Verdict, o.Err)
	}
}

// TestAnotherFailureThanTheExpectedFails: what is known is what was perceived.
func TestAnotherFailureThanTheExpectedFails(t *testing.T) {
	for found, want := range map[string]runner.Verdict{"": runner.Skipped, "コード … は違う": runner.Skipped, "コードは違わない": runner.Failed} {
		cfg := small(one("前提 失敗する"), func(to runner.Definitions) {
			to.Given(`^失敗する$`, func() error { return errors.New("コード 482913 は違う\n二行目") })
		})
		cfg.Expected = func(runner.Scenario, string) (string, string, bool) { return "直しています", found, true }
		if o := run(t, cfg).Outcomes[0]; o.Verdict != want {
			t.Errorf("where 「%s」 is expected: %s, want %s: %s", found, o.Verdict, want, o.Err)
		}
	}
}

// TestAScenarioThatHasProvedNothingIsNotGreen: the environment tells at its end.
func TestAScenarioThatHasProvedNothingIsNotGreen(t *testing.T) {
	cfg := small(one("前提 何もしない"), func(to runner.Definitions) { to.Given(`^何もしない$`, func() {}) })
	cfg.Environment = &environment{end: func(context.Context) error {
		return fmt.Errorf("%w: 確かめることがない", driver.ErrInapplicable)
	}}
	if o := run(t, cfg).Outcomes[0]; o.Verdict != runner.Skipped || o.Reason != runner.NotAsked {
		t.Errorf("got %s, %s: %s", o.Verdict, o.Reason, o.Err)
	}
}

// TestARunOfNothingThatCanBeAskedProvesNothing, but for a shard of it.
func TestARunOfNothingThatCanBeAskedProvesNothing(t *testing.T) {
	cfg := small(one("前提 頼めない"), func(to runner.Definitions) {
		to.Given(`^頼めない$`, func() error { return fmt.Errorf("%w: ない", driver.ErrInapplicable) })
	})
	if run(t, cfg).OK() {
		t.Error("the whole is good")
	}
	cfg.Shard = runner.Shard{Index: 1, Of: 1}
	if !run(t, cfg).OK() {
		t.Error("the shard is not good")
	}
}
