package spec_test

import (
	"encoding/xml"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"example.com/netanswer/fixtures"
	"example.com/netanswer/steps/runner"
	"example.com/netanswer/steps/spec"
)

// source is a small specification: two rules, of which one has a scenario.
func source() spec.Source {
	return spec.Source{
		Made: time.Date(2026, 11, 24, 10, 0, 0, 0, time.UTC),
		Rules: []fixtures.Rule{{ID: "p34-7", Channel: "web", Kind: "expiry", Says: "有効期限は<10>分間です"},
			{ID: "a-08", Channel: "both", Kind: "expiry", Says: "ちょうど10分は失効", Assumed: true}},
		Scenarios: []runner.Scenario{{File: "features/web/passcode.feature", Line: 12, Feature: "ワンタイムパスコード", Rule: "10分未満のあいだだけ使える",
			Name: "9分59秒では使える", Tags: []string{"@p34-7"}, Rules: []string{"p34-7"}, Steps: []runner.Step{{Keyword: "もし ", Text: "花子さんが「9分59秒」後に入力する"}}}},
		Verdicts: spec.Verdicts{"api": {"features/web/passcode.feature:12": spec.Green}},
		Machines: []spec.Machine{{Title: "Webでの登録", Edges: []spec.Edge{{From: "input", On: "submit", To: "confirm"}, {From: "confirm", On: "revise", To: "input"},
			{From: "confirm", On: "refuse", To: "unavailable"}, {From: "input", On: "expire", To: "expired"}, {From: "confirm", On: "verify", To: "completed"}}}},
		Messages: []spec.Message{{Kind: "SMS", When: "進んだとき", Text: "パスコード 123456", Rules: []string{"p34-7"}}},
		Pictures: []spec.Picture{{Name: "passcode", Section: "Web", Group: "パスコード", State: "はじめに", Rules: []string{"p34-7"}}},
	}
}

// written writes a site and returns its folder.
func written(t *testing.T, s spec.Source) string {
	t.Helper()
	dir := t.TempDir()
	if err := s.Write(dir); err != nil {
		t.Fatal(err)
	}
	return dir
}

func read(t *testing.T, dir, name string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(dir, name))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

var (
	fetched = regexp.MustCompile(`(?:src|href)="([^"]+)"`)
	anchor  = regexp.MustCompile(` id="([^"]+)"`)
)

func TestTheSiteNeedsNothingButItself(t *testing.T) {
	dir := written(t, source())
	names, err := filepath.Glob(filepath.Join(dir, "*.html"))
	if err != nil || len(names) < 7 {
		t.Fatal(names, err)
	}
	anchors := map[string]bool{}
	for _, name := range names {
		for _, m := range anchor.FindAllStringSubmatch(read(t, dir, filepath.Base(name)), -1) {
			at := filepath.Base(name) + "#" + m[1]
			if anchors[at] {
				t.Errorf("%s stands twice", at)
			}
			anchors[at] = true
		}
	}
	for _, name := range names {
		here := filepath.Base(name)
		for _, m := range fetched.FindAllStringSubmatch(read(t, dir, here), -1) {
			file, at, inside := strings.Cut(m[1], "#")
			if file == "" {
				file = here
			}
			if _, err := os.Stat(filepath.Join(dir, file)); err != nil || inside && !anchors[file+"#"+at] {
				t.Errorf("%s leads to %s, which is not in the site", here, m[1])
			}
		}
	}
}

func TestEachRuleHasItsWordsScenariosAndVerdicts(t *testing.T) {
	rules := read(t, written(t, source()), "rules.html")
	for _, want := range []string{"有効期限は&lt;10&gt;分間です", "9分59秒では使える", "花子さんが「9分59秒」後に入力する", `data-verdict="緑"`, "仮定", "まだシナリオがありません", "画面 1"} {
		if !strings.Contains(rules, want) {
			t.Errorf("the rules lack %q", want)
		}
	}
	if screens := read(t, written(t, source()), "screens.html"); !strings.Contains(screens, "画像なしで作られました") {
		t.Error("a site without pictures does not say so")
	}
}

func TestTheDrawingIsAPictureWithEveryState(t *testing.T) {
	drawing := string(source().Machines[0].Draw("m"))
	if err := xml.Unmarshal([]byte(drawing), new(struct{})); err != nil {
		t.Errorf("no SVG: %v", err)
	}
	for _, want := range []string{"入力", "確認", "完了", "認証不可", "有効期限切れ", "どの状態からも"} {
		if !strings.Contains(drawing, want) {
			t.Errorf("the drawing lacks %s", want)
		}
	}
}

func TestALaterSiteTellsWhatHasChanged(t *testing.T) {
	before, err := spec.ReadManifest(written(t, source()))
	if err != nil {
		t.Fatal(err)
	}
	same := source()
	same.Before = before
	if text := read(t, written(t, same), "changes.html"); !strings.Contains(text, "変わったところはありません") {
		t.Error("the same specification has changed:\n", text)
	}
	later := source()
	later.Before = before
	later.Rules[1].Says = "ちょうど11分は失効"
	later.Rules = append(later.Rules, fixtures.Rule{ID: "a-99", Says: "新しい規則"})
	later.Scenarios[0].Steps[0].Text = "花子さんが「8分」後に入力する"
	later.Verdicts = spec.Verdicts{"api": {"features/web/passcode.feature:12": spec.Red}}
	text := read(t, written(t, later), "changes.html")
	for _, want := range []string{"規則が増えた", "新しい規則", "規則の文が変わった", "ちょうど10分は失効", "シナリオの手順が変わった", "規則の結果が変わった"} {
		if !strings.Contains(text, want) {
			t.Errorf("the changes lack %q", want)
		}
	}
	if _, err := spec.ReadManifest(t.TempDir()); err == nil {
		t.Error("a folder without a site is taken for one")
	}
}

func TestVerdictsAreReadFromAReport(t *testing.T) {
	file := filepath.Join(t.TempDir(), "junit.xml")
	report := `<testsuites><testsuite><testcase classname="pc.features.web.a" file="features/web/a.feature" line="3"/>` +
		`<testcase classname="pc.features.web.a" file="features/web/a.feature" line="7"><failure/></testcase>` +
		`<testcase classname="pc.features.web.a" file="features/web/a.feature" line="9"><skipped/></testcase>` +
		`<testcase classname="pc.features.web.a" file="features/web/a.feature" line="11"><skipped message="対象外: 画面のことです"/></testcase></testsuite></testsuites>`
	if err := os.WriteFile(file, []byte(report), 0o600); err != nil {
		t.Fatal(err)
	}
	v := spec.Verdicts{}
	if err := v.ReadJUnit(file); err != nil {
		t.Fatal(err)
	}
	for line, want := range map[string]string{"3": spec.Green, "7": spec.Red, "9": spec.Open, "11": spec.None} {
		if got := v["pc"]["features/web/a.feature:"+line]; got != want {
			t.Errorf("line %s is %s, want %s", line, got, want)
		}
	}
}

func TestWhatWasNotTriedIsOpenAndNotInapplicable(t *testing.T) {
	s := source()
	s.Rules = append(s.Rules, fixtures.Rule{ID: "p34-9", Says: "画面の規則"})
	s.Scenarios = append(s.Scenarios,
		runner.Scenario{File: "features/web/passcode.feature", Line: 20, Name: "試していない", Tags: []string{"@a-08"}, Rules: []string{"a-08"}},
		runner.Scenario{File: "features/web/passcode.feature", Line: 30, Name: "画面だけ", Tags: []string{"@p34-9", "@画面"}, Rules: []string{"p34-9"}})
	rules := read(t, written(t, s), "rules.html")
	for id, want := range map[string]string{"p34-7": spec.Green, "a-08": spec.Open, "p34-9": spec.None} {
		_, of, _ := strings.Cut(rules, `id="`+id+`"`)
		if at := strings.Index(of, `data-verdict="`+want+`"`); at < 0 || at > strings.Index(of, "</article>") {
			t.Errorf("%s is not %s", id, want)
		}
	}
}
