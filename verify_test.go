package main

import (
	"bytes"
	"context"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"example.com/netanswer/steps/runner"
)

// onWrite calls itself with each thing written.
type onWrite func(text string)

func (f onWrite) Write(p []byte) (int, error) { f(string(p)); return len(p), nil }

func TestInterruptedRunLeavesTheReportsOfWhatItHas(t *testing.T) {
	ctx, interrupt := context.WithCancel(t.Context())
	defer interrupt()
	var log bytes.Buffer
	dir := t.TempDir()
	v := verification{drivers: []string{"api"}, out: dir, workers: 1, seed: 5}
	v.running.live = true // a terminal is told of every scenario
	result, err := verify(ctx, sandboxFor(t), v, onWrite(func(text string) {
		log.WriteString(text)
		if strings.Contains(text, "api 20/") {
			interrupt()
		}
	}))
	if err == nil || !strings.Contains(err.Error(), "interrupted") || !result.Interrupted {
		t.Errorf("error is %v", err)
	}
	if passed := result.Count(runner.Passed); passed < 20 || passed > 25 {
		t.Errorf("%d scenarios passed, want about 20", passed)
	}
	if !strings.Contains(log.String(), "中断されました。ここまでの報告は "+filepath.ToSlash(dir)) {
		t.Errorf("it was not told:\n%s", log.String())
	}
	for _, name := range []string{"messages.ndjson", "report.html", "junit.xml", "cucumber.json", "rules.md", "durations.json"} {
		if info, err := os.Stat(filepath.Join(dir, name)); err != nil || info.Size() == 0 {
			t.Errorf("%s: %v", name, err)
		}
	}
}

const ownFeature = `# language: ja
機能: チームのシナリオ

  @p23-1
  シナリオ: 花子さんがパスコードの画面に着く
    もし 花子さんがご本人様確認まで進む
    ならば 「ワンタイムパスコード認証」の画面になる
`

func TestFeaturesOfOnesOwnAreTriedWithOurSteps(t *testing.T) {
	t.Chdir(t.TempDir())
	if err := os.MkdirAll("own/team", 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile("own/team/a.feature", []byte(ownFeature), 0o644); err != nil {
		t.Fatal(err)
	}
	for name, dir := range map[string]string{"relative": "own", "empty": t.TempDir()} {
		v, err := readVerification([]string{"-driver", "api", "-features", dir, "-out", ""}, io.Discard)
		if err != nil {
			t.Fatal(err)
		}
		result, err := verify(t.Context(), sandboxFor(t), v, nil)
		if name != "relative" {
			if err == nil {
				t.Errorf("%s: a folder without scenarios passes", name)
			}
			continue
		}
		if err != nil || !result.OK() || len(result.Outcomes) != 1 || result.Outcomes[0].ID() != "own/team/a.feature:5" {
			t.Errorf("%s: %v, %+v", name, err, result.Outcomes)
		}
	}
}

func TestWrongFlagsOfVerifyAreErrors(t *testing.T) {
	for _, args := range [][]string{
		{"-shard", "3/2"}, {"-shard", "x"}, {"-repeat", "0"}, {"-limit", "0s"}, {"-durations", "none.json"},
		{"-last-failed", "-out", t.TempDir()},
	} {
		if _, err := readVerification(args, io.Discard); err == nil {
			t.Errorf("%v is accepted", args)
		}
	}
	v, err := readVerification([]string{"-features", "none"}, io.Discard)
	if err == nil {
		_, err = verify(t.Context(), sandboxFor(t), v, nil)
	}
	if err == nil {
		t.Error("a folder that is not there is accepted")
	}
}

func TestCommandRunsJustThisAgain(t *testing.T) {
	v, err := readVerification([]string{"-driver", "api,pc", "-policy", "passcode_lifetime=11m", "-text", "confirm.heading=Here's it", "-features", "our features", "-repeat", "3"}, io.Discard)
	if err != nil {
		t.Fatal(err)
	}
	o := runner.Outcome{Driver: "pc", Scenario: runner.Scenario{File: "our features/a.feature", Line: 5}}
	want := `go run . verify -driver pc -at 'our features/a.feature:5' -trace -features 'our features' -policy passcode_lifetime=11m -text 'confirm.heading=Here'\''s it'`
	if got := v.again(o); got != want {
		t.Errorf("it is\n%s\nwant\n%s", got, want)
	}
}
