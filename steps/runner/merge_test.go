package runner_test

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"example.com/netanswer/steps/driver"
	"example.com/netanswer/steps/runner"
)

// parts runs a suite in shards and returns the folders of their reports.
func parts(t *testing.T, n int) []string {
	t.Helper()
	var dirs []string
	for i := 1; i <= n; i++ {
		cfg := everyOutcome(t)
		cfg.Shard = runner.Shard{Index: i, Of: n}
		run(t, cfg)
		dirs = append(dirs, cfg.Reports.Dir)
	}
	return dirs
}

// ids are what a report has that no other run's has.
var ids = regexp.MustCompile(
	`"(id|pickleId|testCaseId|testStepId|pickleStepId|hookId|testCaseStartedId|astNodeId)":"\d+"|"stepDefinitionIds":\[[^\]]*\]|"astNodeIds":\[[^\]]*\]`,
)

func TestMergedShardsHaveTheReportsOfTheWhole(t *testing.T) {
	one := everyOutcome(t)
	want := run(t, one)
	var log bytes.Buffer
	merged := filepath.Join(t.TempDir(), "merged")
	got, err := runner.Merge{From: parts(t, 3), Rules: register, Reports: runner.Reports{Dir: merged}, Log: &log, Now: noon}.Run()
	if err != nil {
		t.Fatal(err)
	}
	diff(t, want.Rules, got.Rules)
	for _, name := range []string{"junit.xml", "cucumber.json", "rules.md", "durations.json", "messages.ndjson", "evidence/api/features/app/card_L5_1/a.png"} {
		expected := strings.ReplaceAll(read(t, one.Reports.Dir, name), one.Reports.Dir, merged)
		diff(t, ids.ReplaceAllString(expected, ""), ids.ReplaceAllString(read(t, merged, name), ""))
	}
	if !strings.Contains(log.String(), "失敗 1  api  features/app/card.feature:5") {
		t.Errorf("the log explains nothing:\n%s", log.String())
	}
}

func TestMergeOfWhatDoesNotFitIsAnError(t *testing.T) {
	dirs := parts(t, 2)
	other := small(one("もし する"), simple)
	other.Reports.Dir = t.TempDir()
	run(t, other)
	for name, from := range map[string][]string{
		"no folder given":          {},
		"read reports":             {t.TempDir()},
		"shard 2/2":                dirs[:1],
		"is in ":                   {dirs[0], dirs[1], dirs[0]},
		"are of different feature": {dirs[0], dirs[1], other.Reports.Dir},
	} {
		_, err := runner.Merge{From: from, Rules: register, Now: noon}.Run()
		if err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("error is %v, want one of %q", err, name)
		}
	}
}

func TestLostEvidenceDoesNotCostTheReports(t *testing.T) {
	cfg := failing(errors.New("違う"))
	cfg.Reports.Dir = t.TempDir()
	cfg.Environment = &environment{
		evidence: func(context.Context) []driver.Evidence {
			return []driver.Evidence{{Name: "a.png", Media: "image/png", Bytes: []byte("\x89PNG")}}
		},
		end: func(context.Context) error { return os.RemoveAll(filepath.Join(cfg.Reports.Dir, "evidence")) },
	}
	run(t, cfg)
	if told := read(t, cfg.Reports.Dir, "messages.ndjson"); !strings.Contains(told, "読めませんでした: a.png") {
		t.Error("the loss is not told")
	}
	for _, name := range []string{"report.html", "junit.xml", "cucumber.json"} {
		if read(t, cfg.Reports.Dir, name) == "" {
			t.Errorf("%s is empty", name)
		}
	}
}

// seeing is a driver that looks through an engine.
type seeing struct {
	named
	engine string
}

func (d seeing) Engine() string { return d.engine }

func TestReportsTellThroughWhichEngineADriverLooked(t *testing.T) {
	var dirs []string
	for i, engine := range []string{"Chromium 148.0", "WebKit 26.4", "WebKit 26.4"} {
		cfg := everyOutcome(t)
		cfg.Drivers = []driver.Driver{seeing{"api", engine}}
		cfg.Shard = runner.Shard{Index: i + 1, Of: 3}
		diff(t, runner.Engines{"api": engine}, run(t, cfg).Engines)
		if junit := read(t, cfg.Reports.Dir, "junit.xml"); !strings.Contains(junit, `<property name="engine" value="`+engine+`">`) {
			t.Errorf("JUnit does not tell it:\n%.600s", junit)
		}
		dirs = append(dirs, cfg.Reports.Dir)
	}
	whole, err := runner.Merge{From: dirs, Rules: register, Now: noon}.Run()
	if err != nil {
		t.Fatal(err)
	}
	diff(t, runner.Engines{"api": "Chromium 148.0、WebKit 26.4"}, whole.Engines)
}

func TestMergedMessagesOfStrangersSteerNothing(t *testing.T) {
	cfg := everyOutcome(t)
	run(t, cfg)
	name := filepath.Join(cfg.Reports.Dir, "messages.ndjson")
	text := read(t, cfg.Reports.Dir, "messages.ndjson")
	wicked := strings.NewReplacer("違う", `違う\u001b]0;x\u0007\u202e`, `"message":"`, `"message":"\u001b[2J\u202e`, `"text":"`, `"text":"\u202e`).Replace(text)
	if wicked == text {
		t.Fatal("nothing was changed")
	}
	if err := os.WriteFile(name, []byte(wicked), 0o600); err != nil {
		t.Fatal(err)
	}
	var log bytes.Buffer
	merged := filepath.Join(t.TempDir(), "merged")
	m := runner.Merge{From: []string{cfg.Reports.Dir}, Rules: register, Reports: runner.Reports{Dir: merged}, Log: &log, Now: noon}
	if _, err := m.Run(); err != nil {
		t.Fatal(err)
	}
	said := map[string]string{"log": log.String()}
	for _, file := range []string{"junit.xml", "rules.md", "cucumber.json", "messages.ndjson"} {
		said[file] = read(t, merged, file)
	}
	for file, text := range said {
		for _, steering := range []string{"\x1b", "\a", "\u202e", `\u001b`, `\u202e`} {
			if strings.Contains(text, steering) {
				t.Errorf("%s has %q", file, steering)
			}
		}
	}
}
