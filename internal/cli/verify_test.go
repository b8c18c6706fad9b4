package cli_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"example.com/netanswer/internal/cli"
	"example.com/netanswer/internal/suite"
	"example.com/netanswer/steps/runner"
	"example.com/netanswer/steps/say"
	"example.com/netanswer/test/sandboxtest"
)

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
		v, err := cli.ReadVerification(cli.Process{Err: io.Discard}, []string{"-driver", "api", "-features", dir, "-out", ""})
		if err != nil {
			t.Fatal(err)
		}
		result, err := suite.On(t.Context(), sandboxtest.Start(t), v.Options, nil)
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

func TestTheShardOfAJobIsWhatItsClusterTells(t *testing.T) {
	for index, want := range map[string]string{"0": "1/3", "2": "3/3", "3": "", "x": "", "": ""} {
		v, err := cli.ReadVerification(cli.Process{Err: io.Discard, Environ: []string{"JOB_COMPLETION_INDEX=" + index}}, []string{"-shard", "job/3"})
		if got := v.Shard.String(); (err != nil) != (want == "") || err == nil && got != want {
			t.Errorf("index %q: %q, %v, want %q", index, got, err, want)
		}
	}
}

func TestWrongFlagsOfVerifyAreErrors(t *testing.T) {
	for _, args := range [][]string{
		{"-shard", "3/2"}, {"-shard", "x"}, {"-shard", "job/3"}, {"-repeat", "0"}, {"-limit", "0s"}, {"-durations", "none.json"},
		{"-last-failed", "-out", t.TempDir()},
	} {
		if _, err := cli.ReadVerification(cli.Process{Err: io.Discard}, args); err == nil {
			t.Errorf("%v is accepted", args)
		}
	}
	v, err := cli.ReadVerification(cli.Process{Err: io.Discard}, []string{"-features", "none"})
	if err == nil {
		_, err = suite.On(t.Context(), sandboxtest.Start(t), v.Options, nil)
	}
	if err == nil {
		t.Error("a folder that is not there is accepted")
	}
}

func TestCommandRunsJustThisAgain(t *testing.T) {
	t.Chdir(t.TempDir())
	if err := os.Mkdir("our features", 0o755); err != nil {
		t.Fatal(err)
	}
	v, err := cli.ReadVerification(
		cli.Process{Err: io.Discard},
		[]string{
			"-driver",
			"api,pc",
			"-policy",
			"passcode_lifetime=11m",
			"-text",
			"confirm.heading=Here's it",
			"-features",
			"our features",
			"-repeat",
			"3",
		},
	)
	if err != nil {
		t.Fatal(err)
	}
	cfg, err := suite.Config(v.Options)
	if err != nil {
		t.Fatal(err)
	}
	o := runner.Outcome{Driver: "pc", Scenario: runner.Scenario{File: "our features/a.feature", Line: 5}}
	want := `go run . verify -driver pc -at 'our features/a.feature:5' -trace -features 'our features' -policy passcode_lifetime=11m -text 'confirm.heading=Here'\''s it'`
	if got := cfg.Again(o); got != want {
		t.Errorf("it is\n%s\nwant\n%s", got, want)
	}
}

func TestADefectTurnsItsScenariosRedAndAnUnknownOneIsAnError(t *testing.T) {
	for name, known := range map[string]bool{"attempts-never-lock": true, "no-such-defect": false} {
		v, err := cli.ReadVerification(cli.Process{Err: io.Discard}, []string{"-driver", "api", "-rule", "a-06", "-out", "", "-defect", name})
		if err != nil {
			t.Fatal(err)
		}
		result, err := suite.On(t.Context(), sandboxtest.Start(t), v.Options, nil)
		if known && (err != nil || result.Count(runner.Failed) == 0 || !strings.HasSuffix(failed(result).Again, " -defect "+name)) {
			t.Errorf("%v: nothing notices %s, or the command to try again lacks it", err, name)
		}
		if !known && (err == nil || !strings.Contains(err.Error(), name)) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// failed is the first outcome that failed.
// TestWhatNoWorldCanBeGivenIsRefusedBeforeTheRun: else every scenario fails of it.
func TestWhatNoWorldCanBeGivenIsRefusedBeforeTheRun(t *testing.T) {
	s := sandboxtest.Start(t)
	for flags, want := range map[[2]string]string{
		{"-policy", "foo=1"}:                "-policy foo: there is no such value; known are app_install_duration, call_window",
		{"-policy", "passcode_lifetime=5"}:  "-policy passcode_lifetime=5 cannot be; it is now 10m0s",
		{"-policy", "passcode_attempts=-3"}: "-policy passcode_attempts=-3 cannot be; it is now 5",
		{"-text", "nope=x"}:                 "-text nope: there is no such sentence; known are ",
		{"-text", "confirm.nope=x"}:         "-text confirm.nope: there is no such sentence; known are confirm.",
	} {
		v, err := cli.ReadVerification(cli.Process{Err: io.Discard}, []string{"-driver", "api", "-rule", "a-06", "-out", "", flags[0], flags[1]})
		if err != nil {
			t.Fatal(err)
		}
		result, err := suite.On(t.Context(), s, v.Options, nil)
		if err == nil || !strings.Contains(err.Error(), want) || len(result.Outcomes) > 0 {
			t.Errorf("%s: %v, %d scenarios tried; want %q and none", flags, err, len(result.Outcomes), want)
		} else if said := say.Japanese.Translate(err.Error()); said == err.Error() {
			t.Errorf("%q is told in English", said)
		}
	}
}

func failed(r runner.Result) runner.Outcome {
	for _, o := range r.Outcomes {
		if o.Verdict == runner.Failed {
			return o
		}
	}
	return runner.Outcome{}
}

func TestAnExportedOrNewFeatureRunsAndOverwritesNothing(t *testing.T) {
	t.Chdir(t.TempDir())
	p := cli.Process{Out: io.Discard, Err: io.Discard}
	for _, args := range [][]string{{"features", "export", "-out", "theirs"}, {"verify", "new", "ours/a.feature", "-rule", "a-06"}} {
		if err := cli.Run(t.Context(), p, args); err != nil {
			t.Fatal(args, err)
		}
		if err := cli.Run(t.Context(), p, args); err == nil ||
			!strings.Contains(err.Error(), "already") && !strings.Contains(err.Error(), "すでに") {
			t.Errorf("%v again: %v", args, err)
		}
	}
	for _, args := range [][]string{{"-features", "ours"}, {"-features", "theirs/features", "-rule", "p38"}} {
		if err := cli.Run(t.Context(), p, append([]string{"verify", "-driver", "api", "-out", ""}, args...)); err != nil {
			t.Errorf("%v: %v", args, err)
		}
	}
	glue, err := os.ReadFile("theirs/steps/steps.js")
	const reissued = "// もし 花子さんがパスコードを再発行する\nWhen(/^(\\S+さん)がパスコードを再発行"
	if err != nil || !strings.Contains(string(glue), reissued) {
		t.Errorf("the editor does not learn of the steps: %v", err)
	}
	for _, args := range [][]string{{"verify", "new"}, {"verify", "new", "a.txt"}, {"verify", "new", "b.feature", "-rule", "p99-1"}, {"features"}, {"verify", "steps", "そんな言葉はない"}} {
		if err := cli.Run(t.Context(), p, args); err == nil {
			t.Errorf("%v is accepted", args)
		}
	}
}

// TestARunThatNobodyReadsWritesItsReports: verify before a head that has seen enough.
func TestARunThatNobodyReadsWritesItsReports(t *testing.T) {
	read, write, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer write.Close()
	if err := read.Close(); err != nil {
		t.Fatal(err)
	}
	out := t.TempDir()
	p := cli.Process{Out: write, Err: io.Discard}
	if err := cli.Run(t.Context(), p, []string{"verify", "-driver", "api", "-rule", "p34-7", "-out", out}); err != nil {
		t.Error(err)
	}
	if _, err := os.Stat(filepath.Join(out, "index.html")); err != nil {
		t.Error(err)
	}
}

func TestAShardWithoutScenariosSaysSo(t *testing.T) {
	out, err := run(t.Context(), "verify", "-driver", "api", "-rule", "p34-7", "-shard", "90/90", "-out", t.TempDir())
	if err != nil || !strings.Contains(out, "分割 90/90 に割り当てられたシナリオはありません") || strings.Contains(out, "成功: ") {
		t.Errorf("%v: %s", err, out)
	}
}

func TestStepsAreFoundByTheirWordsInAnyWidth(t *testing.T) {
	var out strings.Builder
	if err := cli.Run(t.Context(), cli.Process{Out: &out, Err: io.Discard}, []string{"verify", "steps", "-json", "ｓｍｓ", "届く"}); err != nil {
		t.Fatal(err)
	}
	var found []runner.StepHelp
	if err := json.Unmarshal([]byte(out.String()), &found); err != nil || len(found) == 0 {
		t.Fatal(err, out.String())
	}
	for _, s := range found {
		if s.Example == "" || s.At == "" || !strings.Contains(s.Says+s.Example, "SMS") {
			t.Errorf("%+v", s)
		}
	}
}

// quoted is what an English output quotes: names of scenarios and rules, steps, and
// what stands on screens.
var quoted = regexp.MustCompile(`「[^」]*」|notice: .*|\S+さん|features?: .*|rule: .*|scenario: .*|rule \S+ \(\w+\): .*|features/\S+ .*`)

func TestARunIsToldInOneLanguage(t *testing.T) {
	t.Chdir(t.TempDir())
	told := func(args ...string) string {
		var out strings.Builder
		err := cli.Run(t.Context(), cli.Process{Out: &out, Err: io.Discard}, append([]string{"verify", "-driver", "api"}, args...))
		if err == nil {
			t.Fatalf("%v passes", args)
		}
		return out.String() + err.Error()
	}
	japanese := regexp.MustCompile(`[ぁ-んァ-ヶ一-龠]+`)
	text := told("-rule", "p34", "-policy", "passcode_lifetime=11m", "-lang", "en")
	if m := japanese.FindAllString(quoted.ReplaceAllString(text, ""), -1); m != nil || !strings.Contains(text, "should be at the screen") {
		t.Errorf("in English it says %q:\n%s", m, text)
	}
	page, err := os.ReadFile("reports/index.html")
	if err != nil || !strings.Contains(string(page), `<html lang="en">`) || !strings.Contains(string(page), "Perceived") {
		t.Error("the page is not in English", err)
	}
	for _, args := range [][]string{{"-rule", "p99"}, {"-rule", "p99-1"}, {"-defect", "none"}, {"-repeat", "0"}, {"-driver", "none"}} {
		if text := told(args...); !japanese.MatchString(text) {
			t.Errorf("%v in Japanese: %s", args, text)
		}
		if text := told(append(args, "-lang=en")...); japanese.MatchString(text) {
			t.Errorf("%v in English: %s", args, text)
		}
	}
}

// TestATargetOfNoSuchRuleIsRefused before anything is asked of it.
func TestATargetOfNoSuchRuleIsRefused(t *testing.T) {
	for line, want := range map[string]string{
		"assumes: {a-99: true}":                    "assumes の「a-99」は、規則の一覧にありません",
		"without: [{rule: p99, reason: ありません}]":    "without の「p99」は、規則の一覧にありません",
		"without: [{rule: p28-99, reason: ありません}]": "without の「p28-99」は、規則の一覧にありません",
		"policy: {login_lock: long}":               "policy.login_lock は 2m や 30s のように",
	} {
		file := filepath.Join(t.TempDir(), "target.yaml")
		text := "web: http://127.0.0.1:9/\nproviders: {world: w}\nmembers:\n  - called: 花子さん\n" + line + "\n"
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		err := cli.Run(t.Context(), cli.Process{Out: io.Discard, Err: io.Discard}, []string{"verify", "-target", file, "-out", t.TempDir()})
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %s", line, err, want)
		}
	}
}

// TestWhatIsWrongWithAFlagIsTheOnlyThingTold leaves the usage to who asks for it.
func TestWhatIsWrongWithAFlagIsTheOnlyThingTold(t *testing.T) {
	var out, wrong bytes.Buffer
	err := cli.Run(t.Context(), cli.Process{Out: &out, Err: &wrong}, []string{"verify", "-limit", "1"})
	if err == nil || !strings.Contains(err.Error(), "値 \"1\" は -limit に指定できません") || !strings.Contains(err.Error(), "netanswer verify -h でフラグの一覧が出ます") ||
		out.Len()+wrong.Len() > 0 {
		t.Errorf("%v, and besides %q %q", err, out.String(), wrong.String())
	}
	if err := cli.Run(t.Context(), cli.Process{Out: &out, Err: &wrong}, []string{"verify", "-h"}); !errors.Is(err, flag.ErrHelp) ||
		!strings.Contains(wrong.String(), "-limit") || !strings.HasPrefix(wrong.String(), "  netanswer verify [flags] ") {
		t.Errorf("asked for help it says %v, %q", err, wrong.String())
	}
}
