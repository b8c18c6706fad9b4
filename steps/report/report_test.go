package report_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"example.com/netanswer/fixtures"
	"example.com/netanswer/steps/report"
	"example.com/netanswer/steps/runner"
	"example.com/netanswer/steps/say"
)

const wrong = "花子さんの画面は「有効期限切れ」のはずが「完了」です（知らせ: <ようこそ>）"

// found is a run of two scenarios and two drivers, of which one fails with one.
func found(failed bool) runner.Result {
	steps := []runner.Step{
		{Keyword: "もし ", Text: "花子さんが次を入力する", Line: 4, Rows: [][]string{{"氏名", "花子"}}},
		{Keyword: "ならば ", Text: "「有効期限切れ」の画面になる", Line: 5},
	}
	rule := fixtures.Rule{ID: "p34-7", Says: "有効期限は10分間です"}
	one := runner.Scenario{
		File:    "features/a.feature",
		Line:    3,
		Feature: "機能の名前",
		Rule:    "ルールの文",
		Name:    "10分後は期限切れ",
		Rules:   []string{"p34-7"},
		Steps:   steps,
	}
	r := runner.Result{
		Seed:    7,
		Began:   time.Date(2026, 11, 24, 10, 0, 0, 0, time.UTC),
		Took:    90 * time.Second,
		Drivers: []string{"api", "pc"},
		Engines: runner.Engines{"pc": "Firefox 150.0"},
		Rules: []runner.Coverage{
			{Rule: rule, Scenarios: []string{"features/a.feature:3"}, Marks: []runner.Mark{runner.Green, runner.Green}},
		},
	}
	for _, driver := range r.Drivers {
		o := runner.Outcome{Scenario: one, Driver: driver, Verdict: runner.Passed, Took: time.Second, Proves: []fixtures.Rule{rule},
			Results: []runner.StepResult{
				{Step: steps[0], Verdict: runner.Passed, Took: time.Second},
				{Step: steps[1], Verdict: runner.Passed},
			}}
		if failed && driver == "pc" {
			o.Verdict, o.Err, o.Again = runner.Failed, wrong, "go run . verify -driver pc -at features/a.feature:3"
			o.Results[1].Verdict, o.Results[1].Err = runner.Failed, wrong
			o.Evidence = []string{"evidence/screen.png", "evidence/timeline.txt", "evidence/trace.zip"}
			r.Rules[0].Marks = []runner.Mark{runner.Green, runner.Red}
		}
		r.Outcomes = append(r.Outcomes, o)
	}
	return r
}

// written writes the page of a result with evidence beside it, and returns it.
func written(t *testing.T, p report.Page, r runner.Result) string {
	t.Helper()
	dir := t.TempDir()
	if err := os.MkdirAll(filepath.Join(dir, "evidence"), 0o755); err != nil {
		t.Fatal(err)
	}
	for name, content := range map[string]string{"screen.png": "PNG", "timeline.txt": "10:00 <SMS>を送りました", "trace.zip": "zip"} {
		if err := os.WriteFile(filepath.Join(dir, "evidence", name), []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if err := p.Write(dir, r); err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(filepath.Join(dir, report.File))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func TestAFailureHasAllThatIsKnownOfItInOnePlace(t *testing.T) {
	page := written(t, report.Page{}, found(true))
	_, card, _ := strings.Cut(page, `<article class="failure"`)
	card, _, _ = strings.Cut(card, "</article>")
	for _, want := range []string{"10分後は期限切れ", "p34-7", "有効期限は10分間です", "ルールの文", "features/a.feature:3",
		"花子さんの画面は「有効期限切れ」</dd>", ">「完了」</dd>", "&lt;ようこそ&gt;", "data:image/png;base64,UE5H", "10:00 &lt;SMS&gt;を送りました",
		"npx playwright show-trace evidence/trace.zip", "go run . verify -driver pc -at features/a.feature:3", "<td>花子</td>"} {
		if !strings.Contains(card, want) {
			t.Errorf("it has no %q", want)
		}
	}
	for _, want := range []string{`<th scope="row">pc <span class="quiet">Firefox 150.0</span></th>`, `<th scope="row">api</th>`} {
		if !strings.Contains(page, want) {
			t.Errorf("the page has no %q", want)
		}
	}
	if strings.Index(page, `id="failures"`) > strings.Index(page, `id="rules"`) {
		t.Error("failures do not come first")
	}
	if strings.Contains(written(t, report.Page{}, found(false)), `id="failures"`) {
		t.Error("a run without failures shows them")
	}
}

var loaded = regexp.MustCompile(`(?:src|href)="([^"#]+)"`)

func TestThePageNeedsNothingBesideIt(t *testing.T) {
	for _, m := range loaded.FindAllStringSubmatch(written(t, report.Page{}, found(true)), -1) {
		if !strings.HasPrefix(m[1], "data:") && m[1] != "report.html" && !strings.HasPrefix(m[1], "evidence/") {
			t.Errorf("it leads to %s", m[1])
		}
	}
	if page := written(t, report.Page{Pictures: 1}, found(true)); strings.Contains(page, "data:image") ||
		!strings.Contains(page, `href="evidence/screen.png"`) {
		t.Error("a picture that is too much is not linked to")
	}
}

func TestTheHistoryTellsWhatIsNewFixedAndFlaky(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "history")
	page := ""
	for i, failed := range []bool{false, true, false, true} {
		r := found(failed)
		r.Began = r.Began.Add(time.Duration(i) * time.Hour)
		page = written(t, report.Page{History: dir}, r)
		if got, want := strings.Contains(page, "新しい失敗</span>"), failed; got != want {
			t.Errorf("run %d: a new failure: %t, want %t", i, got, want)
		}
		if _, fixed, _ := strings.Cut(page, "直ったもの"); strings.Contains(fixed, "features/a.feature 10分後は期限切れ") != (i == 2) {
			t.Errorf("run %d: what is fixed is wrong", i)
		}
	}
	for _, want := range []string{"4回の実行。不安定なものの割合 50.0%", "4回のうち2回失敗（50%）"} {
		if !strings.Contains(page, want) {
			t.Errorf("it has no %q", want)
		}
	}
	if err := os.WriteFile(filepath.Join(dir, "20200101.json"), []byte("{}"), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := (report.Page{History: dir}).Write(t.TempDir(), found(true)); err == nil || !strings.Contains(err.Error(), "20200101.json") {
		t.Errorf("a file that is no run: %v", err)
	}
}

func TestRepetitionsThatDifferAreFlaky(t *testing.T) {
	r := found(true)
	r.Outcomes[0].Driver = "pc"
	if page := written(t, report.Page{}, r); !strings.Contains(page, "成功 1回、失敗 1回") {
		t.Error("it does not tell that the scenario both passed and failed")
	}
}

var tags = regexp.MustCompile(`(?s)<style>.*?</style>|<script.*?</script>|<[^>]*>`)

func TestThePageIsInOneLanguage(t *testing.T) {
	r := found(true)
	for i := range r.Outcomes {
		o := &r.Outcomes[i]
		o.Scenario, o.Err, o.Evidence, o.Proves = runner.Scenario{File: "a.feature", Line: 3, Name: "quoted"}, "x", nil, nil
		o.Results = nil
	}
	r.Rules[0].Says = "quoted"
	text := tags.ReplaceAllString(written(t, report.Page{Language: say.English, History: t.TempDir()}, r), " ")
	if m := regexp.MustCompile(`[\p{Hiragana}\p{Katakana}\p{Han}]+`).FindAllString(text, -1); m != nil {
		t.Errorf("the English page says %q", m)
	}
}
