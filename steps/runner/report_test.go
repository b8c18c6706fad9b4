package runner_test

import (
	"bytes"
	"context"
	"encoding/xml"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/cucumber/godog"

	"example.com/netanswer/steps/driver"
	"example.com/netanswer/steps/runner"
)

// mixed is the suite of testdata of which one scenario fails on all drivers,
// one fails on the desktop only and one is skipped, with one worker each so that the log has one
// order.
func mixed(t *testing.T, log *bytes.Buffer) runner.Config {
	cfg := whole()
	cfg.Reports.Dir = filepath.Join(t.TempDir(), "reports")
	cfg.Log = log
	cfg.Workers = map[string]int{"api": 1, "pc": 1, "sp": 1}
	cfg.Again = func(o runner.Outcome) string { return "netanswer verify --driver " + o.Driver + " --at " + o.ID() }
	cfg.Environment = &environment{
		begin: func(_ context.Context, s runner.Scenario) error {
			switch s.Line {
			case 29:
				return errors.Join(errors.New("時計を動かせない"), godog.ErrSkip)
			}
			return nil
		},
		evidence: func(context.Context) []driver.Evidence {
			return []driver.Evidence{
				{Name: "screen.png", Media: "image/png"},
				{Name: "timeline.json", Media: "application/json", Bytes: []byte("{}")},
			}
		},
	}
	cfg.Steps = func(to runner.Definitions) { define(breaking{to}) }
	return cfg
}

// breaking lets the outcome of 11分 and of card.feature be wrong.
type breaking struct{ runner.Definitions }

func (b breaking) Then(expr, step any) {
	check, ok := step.(func(context.Context, string) error)
	if !ok {
		b.Definitions.Then(expr, step)
		return
	}
	b.Definitions.Then(expr, func(ctx context.Context, want string) error {
		w := ctx.Value(worldKey{}).(*world)
		if w.after == "3分" || w.after == "11分" && w.driver == "pc" {
			return errors.New("結果は「?」だった\n画面: <b>完了</b> & \x1b[31m赤\x1b[0m")
		}
		return check(ctx, want)
	})
}

func TestReportsAndLog(t *testing.T) {
	var log bytes.Buffer
	cfg := mixed(t, &log)
	result := run(t, cfg)
	if result.OK() || result.Count(runner.Failed) != 4 || result.Count(runner.Skipped) != 3 {
		t.Errorf("failed %d, skipped %d", result.Count(runner.Failed), result.Count(runner.Skipped))
	}
	diff(t, []string{"p4-1", "p4-2"}, result.Unwritten())
	report := read(t, cfg.Reports.Dir, "junit.xml")
	if err := xml.Unmarshal([]byte(report), new(any)); err != nil {
		t.Errorf("junit.xml is no XML: %v", err)
	}
	golden(t, "junit.xml", report)
	golden(t, "rules.md", read(t, cfg.Reports.Dir, "rules.md"))
	golden(t, "log.txt", strings.ReplaceAll(log.String(), filepath.ToSlash(cfg.Reports.Dir), "reports"))
}

func TestRelativeFolderOfReportsIsNamedInAttachments(t *testing.T) {
	t.Chdir(t.TempDir())
	cfg := failing(errors.New("違う"))
	cfg.Reports.Dir = "build/reports"
	cfg.Environment = &environment{evidence: func(context.Context) []driver.Evidence { return []driver.Evidence{{Name: "a.png"}} }}
	run(t, cfg)
	if report := read(t, "build/reports/junit.xml"); !strings.Contains(report, "[[ATTACHMENT|build/reports/evidence/api/a_L5/a.png]]") {
		t.Errorf("not in\n%s", report)
	}
	if _, err := os.Stat("build/reports/evidence/api/a_L5/a.png"); err != nil {
		t.Error(err)
	}
}

func TestScenariosOfOneNameAreToldApart(t *testing.T) {
	cfg := small("# language: ja\n機能: あ\n@p34-7\nシナリオ: 同じ\nもし する\n例:\n|a|\n|1|\n|2|\n|3|\n", simple)
	cfg.Reports.Dir = t.TempDir()
	run(t, cfg)
	names := regexp.MustCompile(`testcase name="([^"]*)"`).FindAllStringSubmatch(read(t, cfg.Reports.Dir, "junit.xml"), -1)
	var got []string
	for _, n := range names {
		got = append(got, n[1])
	}
	diff(t, []string{"同じ", "同じ（9行目）", "同じ（10行目）"}, got)
}

func TestSecretsAreInNoReportAndNoLog(t *testing.T) {
	const secret = "4999-1234"
	feature := strings.NewReplacer("一つ", "番号"+secret, "機能: 例", "機能: "+secret).Replace(one("もし 「" + secret + "」を入れる"))
	fails := func(to runner.Definitions) {
		to.When(`^「([^」]*)」を入れる$`, func(number string) error { return errors.New("断られた: " + number) })
	}
	var log bytes.Buffer
	cfg := small(feature, fails)
	cfg.Log, cfg.Reports.Dir = &log, t.TempDir()
	cfg.Mask = func(s string) string { return strings.ReplaceAll(s, secret, "****") }
	cfg.Again = runner.Outcome.ID
	cfg.Environment = &environment{evidence: func(context.Context) []driver.Evidence {
		return []driver.Evidence{
			{Name: "a.txt", Media: "text/plain", Bytes: []byte(secret)},
			{Name: "b.json", Media: "application/json; charset=utf-8", Bytes: []byte(`"` + secret + `"`)},
		}
	}}
	o := only(t, cfg)
	if o.Name != "番号****" || !strings.Contains(o.Err, "断られた: ****") {
		t.Errorf("got %q %q", o.Name, o.Err)
	}
	if strings.Contains(log.String(), secret) {
		t.Errorf("the log has it:\n%s", log.String())
	}
	files := 0
	err := fs.WalkDir(os.DirFS(cfg.Reports.Dir), ".", func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		files++
		if strings.Contains(read(t, cfg.Reports.Dir, name), secret) {
			t.Errorf("%s has it", name)
		}
		return nil
	})
	if err != nil || files != 8 {
		t.Errorf("%d files looked at, error %v", files, err)
	}
	if _, err := runner.Run(t.Context(), withSteps(cfg, simple)); err == nil || strings.Contains(err.Error(), secret) {
		t.Errorf("the problem has it: %v", err)
	}
}

func withSteps(cfg runner.Config, steps func(runner.Definitions)) runner.Config {
	cfg.Steps = steps
	return cfg
}

func TestRuleIsGreenOnlyIfAllItHasWasTried(t *testing.T) {
	cfg := whole()
	cfg.Select = runner.Selection{At: []string{"features/web/passcode.feature:26", "features/web/passcode.feature:44"}}
	got := map[string][]runner.Mark{}
	for _, c := range run(t, cfg).Rules {
		got[c.ID] = c.Marks
	}
	diff(t, map[string][]runner.Mark{
		"p34-7": {runner.Open, runner.Open, runner.Open},
		"p34-8": {runner.Inapplicable, runner.Green, runner.Open},
		"a-08":  {runner.Open, runner.Open, runner.Open},
	}, got)
}
