package runner_test

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"example.com/netanswer/steps/runner"
)

// tried are the jobs of a plan, as "driver file:line".
func tried(t *testing.T, cfg runner.Config) []string {
	t.Helper()
	plan, err := runner.Prepare(cfg)
	if err != nil {
		t.Fatal(err)
	}
	var list []string
	for _, d := range cfg.Drivers {
		for _, s := range plan.For(d.Name()) {
			list = append(list, d.Name()+" "+s.ID())
		}
	}
	return list
}

// uneven are durations of which some are much longer, some unknown.
func uneven() runner.Durations {
	return runner.Durations{
		"pc": {"features/app/card.feature カード番号を入力する": 9, "features/web/passcode.feature 発行から10分後のパスコードは期限切れ": 1.5},
		"sp": {"features/web/passcode.feature スマートフォンで再発行する": 4},
	}
}

func TestShardsAreDisjointAndTogetherEverything(t *testing.T) {
	whole := tried(t, whole())
	slices.Sort(whole)
	for n := 1; n <= len(whole)+2; n++ {
		for name, durations := range map[string]runner.Durations{"no durations": nil, "uneven durations": uneven()} {
			var together []string
			for i := 1; i <= n; i++ {
				cfg := wholeShard(i, n, durations)
				first := tried(t, cfg)
				cfg.Seed = 7 // the order is another, the shard is not
				again := tried(t, cfg)
				slices.Sort(first)
				slices.Sort(again)
				diff(t, first, again)
				together = append(together, first...)
			}
			slices.Sort(together)
			if !slices.Equal(whole, together) {
				t.Errorf("%d shards, %s:", n, name)
				diff(t, whole, together)
			}
		}
	}
}

func TestADriverIsAskedWhatItIsToBe(t *testing.T) {
	cfg := whole()
	all := tried(t, cfg)
	cfg.Asked = func(s runner.Scenario, driver string) bool { return driver != "sp" || s.Line == 44 }
	some := tried(t, cfg)
	kept := slices.DeleteFunc(slices.Clone(all), func(job string) bool {
		return strings.HasPrefix(job, "sp ") && !strings.HasSuffix(job, ":44")
	})
	diff(t, kept, some)
	if len(some) == len(all) {
		t.Error("nothing was left out")
	}
	result := run(t, cfg)
	open := slices.Index(result.Drivers, "sp")
	for _, c := range result.Rules {
		if c.ID == "a-08" && c.Marks[open] != runner.Open {
			t.Errorf("what was not asked of sp is told as %s", c.Marks[open])
		}
	}
}

func wholeShard(i, n int, d runner.Durations) runner.Config {
	cfg := whole()
	cfg.Shard, cfg.Durations = runner.Shard{Index: i, Of: n}, d
	return cfg
}

func TestShardsAreBalancedByDurations(t *testing.T) {
	rows := "# language: ja\n機能: あ\n@p34-7\nシナリオ: <a>\nもし する\n例:\n|a|\n|長い|\n|甲|\n|乙|\n|知らない|\n"
	for i, want := range [][]string{{"api a.feature:8"}, {"api a.feature:9", "api a.feature:10", "api a.feature:11"}} {
		cfg := small(rows, simple)
		cfg.Shard = runner.Shard{Index: i + 1, Of: 2}
		cfg.Durations = runner.Durations{"api": {"a.feature 長い": 9, "a.feature 甲": 2, "a.feature 乙": 3}}
		got := tried(t, cfg)
		slices.SortFunc(got, func(a, b string) int { return cmp.Or(cmp.Compare(len(a), len(b)), cmp.Compare(a, b)) })
		diff(t, want, got)
	}
}

func TestShardIsReadOrRefused(t *testing.T) {
	for text, want := range map[string]runner.Shard{"1/1": {Index: 1, Of: 1}, "2/4": {Index: 2, Of: 4}} {
		if got, err := runner.ParseShard(text); err != nil || got != want {
			t.Errorf("%s: %v, %v", text, got, err)
		}
	}
	for _, text := range []string{"", "1", "0/2", "3/2", "-1/2", "1/0", "a/b", "1/2/3"} {
		if got, err := runner.ParseShard(text); err == nil {
			t.Errorf("%q is taken for %v", text, got)
		}
	}
}

func TestEmptyShardPasses(t *testing.T) {
	cfg := small(one("もし する"), simple)
	cfg.Shard = runner.Shard{Index: 2, Of: 2}
	if result := run(t, cfg); !result.OK() || len(result.Outcomes) != 0 {
		t.Errorf("ok %t with %d outcomes", result.OK(), len(result.Outcomes))
	}
}

func TestRepeatTriesEachSeveralTimesAndOneFailureIsRed(t *testing.T) {
	cfg := small(one("もし する"), simple)
	cfg.Repeat = 3
	cfg.Reports.Dir = t.TempDir()
	cfg.Environment = &environment{begin: func(_ context.Context, s runner.Scenario) error {
		if s.Repetition == 2 {
			return errors.New("たまに失敗する")
		}
		return nil
	}}
	result := run(t, cfg)
	if result.OK() || result.Count(runner.Passed) != 2 || result.Count(runner.Failed) != 1 {
		t.Errorf("passed %d, failed %d", result.Count(runner.Passed), result.Count(runner.Failed))
	}
	for _, c := range result.Rules {
		if c.ID == "p34-7" && c.Marks[0] != runner.Red {
			t.Errorf("the rule is %s", c.Marks[0])
		}
	}
	report := read(t, cfg.Reports.Dir, "junit.xml")
	for _, want := range []string{`name="一つ（1回目）"`, `name="一つ（2回目）"`, `name="一つ（3回目）"`} {
		if !strings.Contains(report, want) {
			t.Errorf("no %s in\n%s", want, report)
		}
	}
}

func TestLastFailedTriesJustThat(t *testing.T) {
	cfg := everyOutcome(t)
	cfg.Repeat = 0
	result := run(t, cfg)
	var want []string
	for _, o := range result.Outcomes {
		if o.Verdict == runner.Failed {
			want = append(want, o.Driver+" "+o.ID())
		}
	}
	failed, err := runner.LastFailed(cfg.Reports.Dir)
	if err != nil {
		t.Fatal(err)
	}
	cfg.Select = runner.Selection{Failed: failed}
	got := tried(t, cfg)
	slices.Sort(got)
	slices.Sort(want)
	diff(t, want, got)
}

func TestLastFailedOfAGreenRunIsAnError(t *testing.T) {
	cfg := whole()
	cfg.Reports.Dir = t.TempDir()
	run(t, cfg)
	if _, err := runner.LastFailed(cfg.Reports.Dir); err == nil {
		t.Error("there is something to try again")
	}
	if _, err := runner.LastFailed(filepath.Join(cfg.Reports.Dir, "none")); err == nil {
		t.Error("there was a run before")
	}
}

func TestDurationsAreThoseOfTheRun(t *testing.T) {
	cfg := whole()
	cfg.Reports.Dir = t.TempDir()
	run(t, cfg)
	d, err := runner.ReadDurations(cfg.Reports.Dir)
	if err != nil {
		t.Fatal(err)
	}
	diff(t, []int{3, 6, 6}, []int{len(d["api"]), len(d["pc"]), len(d["sp"])})
	if _, err := runner.ReadDurations(filepath.Join(cfg.Reports.Dir, "junit.xml")); err == nil {
		t.Error("a report is taken for durations")
	}
	if _, ok := d["pc"][fmt.Sprintf("%s %s", "features/web/passcode.feature", "発行から10分後のパスコードは期限切れ")]; !ok {
		t.Errorf("known are %v", d["pc"])
	}
}
