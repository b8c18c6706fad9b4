package runner_test

import (
	"bytes"
	"errors"
	"path/filepath"
	"strings"
	"testing"

	"example.com/netanswer/steps/runner"
)

func TestGitHubIsToldOfEachFailedScenarioOnce(t *testing.T) {
	var log bytes.Buffer
	cfg := mixed(t, &log)
	cfg.Reports.Annotate = true
	cfg.Reports.Summary = filepath.Join(t.TempDir(), "summary.md")
	run(t, cfg)
	var got []string
	for line := range strings.Lines(log.String()) {
		if strings.HasPrefix(line, "::") {
			command, _, _ := strings.Cut(line, "::規則")
			got = append(got, command)
		}
	}
	if len(got) != 2 || got[0] != "::error file=features/app/card.feature,line=8,title=カード番号を入力する [api pc sp]" {
		t.Errorf("told are\n%s", strings.Join(got, "\n"))
	}
	golden(t, "summary.md", read(t, filepath.Dir(cfg.Reports.Summary), "summary.md"))
	run(t, cfg) // a second run adds to what is there
	if text := read(t, filepath.Dir(cfg.Reports.Summary), "summary.md"); strings.Count(text, "## netanswer") != 2 {
		t.Errorf("the summary was written over:\n%s", text)
	}
}

func TestGitHubsCommandsAreEscaped(t *testing.T) {
	var log bytes.Buffer
	cfg := failing(errors.New("100%\n::error::二つ目"))
	cfg.Reports.Annotate = true
	cfg.Reports.Dir = t.TempDir()
	cfg.Log = &log
	run(t, cfg)
	commands := 0
	for line := range strings.Lines(log.String()) {
		if strings.HasPrefix(line, "::") {
			commands++
			if !strings.Contains(line, "100%25%0A  ::error::二つ目") {
				t.Errorf("told is %s", line)
			}
		}
	}
	if commands != 1 {
		t.Errorf("%d commands, want 1:\n%s", commands, log.String())
	}
}

func TestAnnotationsAreAsManyAsGitHubShows(t *testing.T) {
	var log bytes.Buffer
	rows := "# language: ja\n機能: あ\n@p34-7\nシナリオ: <a>\nもし 失敗する\n例:\n|a|\n" + strings.Repeat("|1|\n", 25)
	cfg := small(rows, func(to runner.Definitions) { to.When(`^失敗する$`, func() error { return errors.New("違う") }) })
	cfg.Reports.Annotate, cfg.Log = true, &log
	run(t, cfg)
	if n := strings.Count(log.String(), "\n::error "); n != 10 {
		t.Errorf("%d annotations", n)
	}
}
