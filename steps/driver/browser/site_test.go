package browser_test

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"example.com/netanswer/fixtures"
	"example.com/netanswer/steps/report"
	"example.com/netanswer/steps/runner"
	"example.com/netanswer/steps/spec"
	"example.com/netanswer/test/sample"
)

// siteOf writes the whole register as a site, with a scenario for each rule.
func siteOf(t *testing.T) string {
	t.Helper()
	rules, err := fixtures.Rules()
	if err != nil {
		t.Fatal(err)
	}
	s := spec.Source{Made: time.Date(2026, 11, 24, 10, 0, 0, 0, time.UTC), Rules: rules, Verdicts: spec.Verdicts{"api": {}, "pc": {}},
		Machines: []spec.Machine{
			{
				Title: "Webでの登録",
				Edges: []spec.Edge{{From: "input", On: "submit", To: "confirm"}, {From: "confirm", On: "refuse", To: "unavailable"},
					{From: "input", On: "expire", To: "expired"}},
			},
		},
		Messages: []spec.Message{{Kind: "SMS", When: "進んだとき", From: "SAISON", Text: "パスコード 123456", Rules: []string{"p34-1"}}},
		Pictures: []spec.Picture{{Name: "a", Section: "Web", Group: "確認", State: "はじめに", Rules: []string{"p33-1"}}}}
	for i, r := range rules {
		sc := runner.Scenario{
			File:    "features/web/all.feature",
			Line:    i + 1,
			Feature: "すべて",
			Rule:    r.Says,
			Name:    "シナリオ " + r.ID,
			Rules:   []string{r.ID},
			Tags:    []string{"@画面"},
			Steps:   []runner.Step{{Keyword: "もし ", Text: "花子さんが試す"}},
		}
		if i == 0 {
			sc.Name += " パスコード" // which the rule does not have
		}
		s.Scenarios = append(s.Scenarios, sc)
		s.Verdicts["api"][sc.ID()] = []string{spec.Green, spec.Red, spec.Open}[i%3]
	}
	dir := t.TempDir()
	if err := s.Write(dir); err != nil {
		t.Fatal(err)
	}
	return dir
}

// TestTheSiteOfTheSpecificationIsAccessible opens it as files, as its readers do.
func TestTheSiteOfTheSpecificationIsAccessible(t *testing.T) {
	t.Parallel()
	b, axe := newChromium(t)
	pages, err := filepath.Glob(filepath.Join(siteOf(t), "*.html"))
	if err != nil || len(pages) == 0 {
		t.Fatal(pages, err)
	}
	pages = slices.DeleteFunc(pages, func(file string) bool { // the pages of rules are alike
		base := filepath.Base(file)
		return strings.Contains(base, "-") && base != "p33-1.html"
	})
	drawn := sample.Of(t)
	for i, w := range []width{desktop, phone, narrow} {
		page := newPage(t, b, w)
		for _, file := range pages {
			if drawn.Leaves(filepath.Base(file), i, 3) {
				continue
			}
			visit(t, page, "file://"+file)
			audited(t, page, axe, filepath.Base(file)+" at "+w.name)
			if wide := evaluate[int](t, page, `document.documentElement.scrollWidth`); wide > w.width {
				t.Errorf("%s at %s is %d px wide", filepath.Base(file), w.name, wide)
			}
		}
	}
}

func TestTheSiteIsSearched(t *testing.T) {
	t.Parallel()
	b, _ := newChromium(t)
	page := newPage(t, b, desktop)
	visit(t, page, "file://"+filepath.Join(siteOf(t), "rules.html"))
	if err := page.GetByLabel("さがす").Fill("ｐ34-7"); err != nil { // wide letters are folded
		t.Fatal(err)
	}
	shown := evaluate[[]string](t, page, `[...document.querySelectorAll("article:not([hidden])")].map(a => a.id)`)
	if strings.Join(shown, " ") != "p34-7" {
		t.Errorf("found %v", shown)
	}
	// Found by its sentence before found by its scenario, which is told.
	visit(t, page, "file://"+filepath.Join(siteOf(t), "index.html"))
	if err := page.GetByLabel("さがす").Fill("p34-7 シナリオ"); err != nil {
		t.Fatal(err)
	}
	const why = `[...document.querySelectorAll("li[data-words]:not([hidden]) .why")].map(w => w.innerText)`
	if got, want := evaluate[[]string](t, page, why), []string{"「シナリオ p34-7」で見つかりました"}; !slices.Equal(got, want) {
		t.Errorf("it is told to be found by %q, want %q", got, want)
	}
	if err := page.GetByLabel("さがす").Fill("パスコード"); err != nil {
		t.Fatal(err)
	}
	const own = `[...document.querySelectorAll("li[data-words]:not([hidden])")].map(r => r.querySelector("a").innerText.includes("パスコード"))`
	if hits := evaluate[[]bool](t, page, own); len(hits) < 5 || slices.Index(hits, false) != len(hits)-1 {
		t.Errorf("what has the word in a scenario only does not stand last: %v", hits)
	}
}

// TestTheReportOfARunIsAccessible opens the page of a run that has all there is to
// show: a failure with steps, a flaky scenario, a history.
func TestTheReportOfARunIsAccessible(t *testing.T) {
	t.Parallel()
	rule := fixtures.Rule{ID: "p34-7", Says: "有効期限は10分間です"}
	o := runner.Outcome{
		Driver:  "pc",
		Verdict: runner.Failed,
		Err:     "花子さんの画面は「完了」のはずが「確認」です",
		Again:   "go run . verify -driver pc -at features/web/passcode.feature:12 -trace",
		Scenario: runner.Scenario{
			File:    "features/web/passcode.feature",
			Line:    12,
			Feature: "ワンタイムパスコード",
			Name:    "10分後は期限切れ",
			Steps:   []runner.Step{{Keyword: "もし ", Text: "花子さんが試す"}},
		},
		Proves: []fixtures.Rule{rule},
	}
	passed := o
	passed.Verdict, passed.Err, passed.Repetition = runner.Passed, "", 2
	r := runner.Result{
		Began:    time.Date(2026, 11, 24, 10, 0, 0, 0, time.UTC),
		Took:     time.Minute,
		Drivers:  []string{"pc"},
		Outcomes: []runner.Outcome{o, passed},
		Rules:    []runner.Coverage{{Rule: rule, Marks: []runner.Mark{runner.Red}}},
	}
	dir := t.TempDir()
	if err := (report.Page{History: t.TempDir()}).Write(dir, r); err != nil {
		t.Fatal(err)
	}
	b, axe := newChromium(t)
	for _, w := range []width{desktop, phone, narrow} {
		page := newPage(t, b, w)
		visit(t, page, "file://"+filepath.Join(dir, report.File))
		audited(t, page, axe, "the report at "+w.name)
		if wide := evaluate[int](t, page, `document.documentElement.scrollWidth`); wide > w.width {
			t.Errorf("the report at %s is %d px wide", w.name, wide)
		}
	}
}
