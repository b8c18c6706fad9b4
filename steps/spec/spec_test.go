package spec_test

import (
	"bytes"
	"encoding/csv"
	"encoding/xml"
	"errors"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

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
		Machines: []spec.Machine{
			{
				Title: "Webでの登録",
				Edges: []spec.Edge{{From: "input", On: "submit", To: "confirm"}, {From: "confirm", On: "revise", To: "input"},
					{
						From: "confirm",
						On:   "refuse",
						To:   "unavailable",
					}, {From: "input", On: "expire", To: "expired"}, {From: "confirm", On: "verify", To: "completed"}},
			},
		},
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
	for _, want := range []string{"有効期限は&lt;10&gt;分間です", "9分59秒では使える", "花子さんが「9分59秒」後に入力する", `data-verdict="確認済み"`, "仮定", "まだシナリオがありません", "画面 1", "自動テスト", "未承認"} {
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
	for _, want := range []string{"規則が増えた", "新しい規則", "規則の言葉が変わった", "ちょうど10分は失効", "シナリオの言葉が変わった", "花子さんが「9分59秒」後に入力する</del>", "花子さんが「8分」後に入力する</ins>", "規則：約束どおりでなくなった"} {
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
	s.Scenarios = append(
		s.Scenarios,
		runner.Scenario{File: "features/web/passcode.feature", Line: 20, Name: "試していない", Tags: []string{"@a-08"}, Rules: []string{"a-08"}},
		runner.Scenario{
			File:  "features/web/passcode.feature",
			Line:  30,
			Name:  "画面だけ",
			Tags:  []string{"@p34-9", "@画面"},
			Rules: []string{"p34-9"},
		},
	)
	rules := read(t, written(t, s), "rules.html")
	for id, want := range map[string]string{"p34-7": spec.Green, "a-08": spec.Open, "p34-9": spec.None} {
		_, of, _ := strings.Cut(rules, `id="`+id+`"`)
		if at := strings.Index(of, `data-verdict="`+want+`"`); at < 0 || at > strings.Index(of, "</article>") {
			t.Errorf("%s is not %s", id, want)
		}
	}
}

func TestWhatWasNotRunIsToldApartFromWhatIsNoLongerTrue(t *testing.T) {
	before, err := spec.ReadManifest(written(t, source()))
	if err != nil {
		t.Fatal(err)
	}
	later := source()
	later.Before, later.Verdicts = before, spec.Verdicts{"api": {}}
	if text := read(t, written(t, later), "changes.html"); !strings.Contains(text, "シナリオ：今回は実行していない") ||
		strings.Contains(text, "</span> 約束どおりでなくなった") {
		t.Error("what was not run is told as something else:\n", text)
	}
}

func TestTablesAndTextsOfStepsAreShown(t *testing.T) {
	s := source()
	s.Scenarios[0].Steps = append(
		s.Scenarios[0].Steps,
		runner.Step{Keyword: "ならば ", Text: "次が届く", Rows: [][]string{{"宛先", "花子<さん>"}}},
		runner.Step{Keyword: "かつ ", Text: "文がある", Doc: "一行目\n二行目"},
	)
	dir := written(t, s)
	for _, page := range []string{"rules.html", "features.html", "p34-7.html"} {
		for _, want := range []string{"<td>花子&lt;さん&gt;</td>", "一行目\n二行目"} {
			if !strings.Contains(read(t, dir, page), want) {
				t.Errorf("%s lacks %q", page, want)
			}
		}
	}
}

func TestARuleHasAPageOnWhichRowsOfAnOutlineAreToldOnce(t *testing.T) {
	s := source()
	s.Scenarios[0].Steps[0].Line = 14
	other := s.Scenarios[0]
	other.Line, other.Name = 13, "10分では使えない"
	s.Scenarios = append(s.Scenarios, other)
	page := read(t, written(t, s), "p34-7.html")
	if strings.Count(page, "花子さんが「9分59秒」後に入力する") != 1 || !strings.Contains(page, "<li>10分では使えない</li>") {
		t.Error(page)
	}
}

func TestTheSiteOpensWithASearchOverAllRules(t *testing.T) {
	index := read(t, written(t, source()), "index.html")
	if at := strings.Index(index, `id="search"`); at < 0 || at > strings.Index(index, "<h2>") ||
		!strings.Contains(index, `<li data-words="p34-7 有効期限は&lt;10&gt;分間です
9分59秒では使える`) {
		t.Error("the site does not open with a search")
	}
}

func TestApprovalsTellWhatHasChangedSince(t *testing.T) {
	s := source()
	file := filepath.Join(t.TempDir(), "approvals.yaml")
	s.Approvals = spec.Approvals{}
	s.Approvals.Approve(s.Rules[0], s.Proving("p34-7"), "山田", s.Made)
	if err := s.Approvals.Write(file); err != nil {
		t.Fatal(err)
	}
	read := func() spec.Approvals {
		t.Helper()
		a, err := spec.ReadApprovals(file)
		if err != nil {
			t.Fatal(err)
		}
		return a
	}
	s.Approvals = read()
	states := func() string {
		one, _ := s.Approvals.State(s.Rules[0], s.Proving("p34-7"))
		other, _ := s.Approvals.State(s.Rules[1], s.Proving("a-08"))
		return one + " " + other
	}
	if got := states(); got != spec.ApprovedState+" "+spec.OpenState {
		t.Error(got)
	}
	s.Scenarios[0].Line = 99 // where it stands is no matter
	if got := states(); got != spec.ApprovedState+" "+spec.OpenState {
		t.Error("moved:", got)
	}
	s.Scenarios[0].Steps = []runner.Step{{Keyword: "もし ", Text: "花子さんが「8分」後に入力する"}}
	if got := states(); got != spec.ChangedState+" "+spec.OpenState {
		t.Error("changed:", got)
	}
	page, err := os.ReadFile(filepath.Join(written(t, s), "p34-7.html"))
	if err != nil || !strings.Contains(string(page), "もし 花子さんが「9分59秒」後に入力する</del>") || !strings.Contains(string(page), "変更あり") {
		t.Error("the page does not tell what has changed", err)
	}
}

func TestAnApprovalThatWasChangedByHandIsAnError(t *testing.T) {
	for text, want := range map[string]string{
		"approvals:\n- {rule: p1-1, hash: abc, by: 山田, at: 2026-11-28, text: x}": "p1-1",
		"approvals:\n- {rule: p1-1, hash: abc, at: 2026-11-28, text: x}":         "p1-1",
		"approvals:\n- {rules: p1-1}":                                            "rules",
	} {
		file := filepath.Join(t.TempDir(), "approvals.yaml")
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := spec.ReadApprovals(file); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", text, err)
		}
	}
	if a, err := spec.ReadApprovals(filepath.Join(t.TempDir(), "none.yaml")); err != nil || len(a) > 0 {
		t.Error(a, err)
	}
}

func TestTheTableIsReadBySpreadsheets(t *testing.T) {
	s := source()
	s.Scenarios[0].Name = "=1+1"
	var text, book bytes.Buffer
	if err := errors.Join(s.WriteCSV(&text), s.WriteExcel(&book)); err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(text.String(), "\ufeff"))).ReadAll()
	if err != nil || len(rows) != 3 || rows[1][7] != "'=1+1" || rows[1][9] != spec.Green || rows[2][9] != spec.Blank {
		t.Error(rows, err)
	}
	f, err := excelize.OpenReader(&book)
	if err != nil {
		t.Fatal(err)
	}
	cells, err := f.GetRows("規則とシナリオ")
	if err != nil || len(cells) != 3 || cells[1][7] != "=1+1" || cells[1][9] != spec.Green {
		t.Error(cells, err)
	}
	panes, err := f.GetPanes("規則とシナリオ")
	if err != nil || !panes.Freeze || panes.YSplit != 1 || panes.TopLeftCell != "A2" {
		t.Error(panes, err)
	}
	width, err := f.GetColWidth("規則とシナリオ", "C")
	if err != nil || width != 48 {
		t.Error(width, err)
	}
	id, err := f.GetCellStyle("規則とシナリオ", "H2")
	if err != nil {
		t.Fatal(err)
	}
	if style, err := f.GetStyle(id); err != nil || style.Alignment == nil || !style.Alignment.WrapText {
		t.Error(style, err)
	}
	if names := f.GetDefinedName(); len(names) != 1 || names[0].RefersTo != "'規則とシナリオ'!$A$1:$J$3" {
		t.Error(names)
	}
	if formula, err := f.GetCellFormula("規則とシナリオ", "H2"); err != nil || formula != "" {
		t.Error(formula, err)
	}
	if err := f.Close(); err != nil {
		t.Error(err)
	}
}
