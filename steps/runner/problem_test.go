package runner_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/cucumber/godog"

	"example.com/netanswer/steps/runner"
)

func nothing() {}

// simple defines three sentences that always pass.
func simple(to runner.Definitions) {
	to.Given(`^はじめ$`, nothing)
	to.When(`^する$`, nothing)
	to.Then(`^おわり$`, nothing)
}

// expectProblem runs and looks for a line of the error that begins with
// where and contains what. Nothing may have been tried.
func expectProblem(t *testing.T, cfg runner.Config, where, what string) {
	t.Helper()
	st := &environment{}
	cfg.Environment = st
	_, err := runner.Run(t.Context(), cfg)
	var problems runner.Problems
	if !errors.As(err, &problems) {
		t.Fatalf("got error %v, want problems", err)
	}
	if !slices.ContainsFunc(problems, func(p runner.Problem) bool {
		return strings.HasPrefix(p.String(), where) && strings.Contains(p.Text, what)
	}) {
		t.Errorf("no problem at %q of %q in\n%v", where, what, err)
	}
	if len(st.worlds) > 0 {
		t.Errorf("%d scenarios were tried all the same", len(st.worlds))
	}
}

func TestFeatureThatWouldBeGreenWithoutProofIsRefused(t *testing.T) {
	const head = "# language: ja\n機能: あ\n" // scenarios begin at line 3
	for name, test := range map[string]struct{ feature, where, what string }{
		"a step without a definition":            {one("前提 だれもいない"), "a.feature:6:", "undefined step \"前提 だれもいない\": none is near (verify steps WORD"},
		"a step defined for another keyword":     {one("もし はじめ"), "a.feature:6:", "undefined step"},
		"a scenario without a step":              {head + "@p34-7\nシナリオ: 空\n", "a.feature:4:", "no step"},
		"a scenario with a 背景 but no step":       {head + "背景:\n前提 はじめ\n@p34-7\nシナリオ: 空\n", "a.feature:6:", "no step"},
		"a scenario without a rule tag":          {head + "シナリオ: 一\nもし する\n", "a.feature:3:", "no rule tag"},
		"a row without a rule tag":               {head + "シナリオ: 一\nもし する\n例:\n|a|\n|1|\n", "a.feature:7:", "no rule tag"},
		"a documented rule that is not there":    {head + "@p34-77\nシナリオ: 一\nもし する\n", "a.feature:3:", "unknown rule @p34-77"},
		"an assumed rule that is not there":      {head + "@p34-7 @a-80\nルール: 一\nシナリオ: 一\nもし する\n", "a.feature:3:", "unknown rule @a-80"},
		"a tag nobody knows":                     {head + "@p34-7 @画像\nシナリオ: 一\nもし する\n", "a.feature:3:", "unknown tag @画像"},
		"a tag nobody knows on a 例":              {head + "@p34-7\nシナリオ: 一\nもし する\n@slow\n例:\n|a|\n|1|\n", "a.feature:6:", "unknown tag @slow"},
		"a rule tag on the 機能":                   {"# language: ja\n@p34-7\n機能: あ\nシナリオ: 一\nもし する\n", "a.feature:2:", "stands on the 機能"},
		"a scenario for no device":               {head + "@p34-7 @パソコン @スマートフォン\nシナリオ: 一\nもし する\n", "a.feature:4:", "never run"},
		"例 for a scenario, after one":            {head + "@p34-7\nシナリオ: 一\nもし する\n\n例: 二\n前提 はじめ\n", "a.feature:7:", "has no rows"},
		"例 for a scenario, first in a ルール":       {head + "@p34-7\nルール: 一\n\n例: 二\n前提 はじめ\nシナリオ: 三\nもし する\n", "a.feature:6:", "swallowed"},
		"an English keyword in a Japanese file":  {head + "ひとこと\n  Scenario: 二\n@p34-7\nシナリオ: 三\nもし する\n", "a.feature:4:", "swallowed"},
		"a keyword in the prose of a scenario":   {head + "@p34-7\nシナリオ: 三\n背景：\nもし する\n", "a.feature:5:", "swallowed"},
		"例 with a head only":                     {head + "@p34-7\nシナリオ: 一\nもし する\n例:\n|a|\n", "a.feature:6:", "has no rows"},
		"an outline without 例":                   {head + "@p34-7\nシナリオアウトライン: 一\nもし する\n", "a.feature:4:", "no 例"},
		"a <value> of no column in a step":       {head + "@p34-7\nシナリオ: 一\nもし <b>する\n例:\n|a|\n|1|\n", "a.feature:5:", "<b> is no column"},
		"a <value> of no column in a name":       {head + "@p34-7\nシナリオ: <b>\nもし する\n例:\n|a|\n|1|\n", "a.feature:4:", "<b> is no column"},
		"a ルール without a scenario":               {head + "@p34-7\nルール: 一\n@p34-8\nルール: 二\nシナリオ: 三\nもし する\n", "a.feature:4:", "no scenario in the ルール"},
		"a 機能 without a scenario":                {head, "a.feature:2:", "no scenario in this 機能"},
		"a file without a 機能":                    {"# language: ja\n", "a.feature:2:", "unexpected end of file"},
		"an empty file":                          {"", "a.feature:", "no 機能"},
		"a file that begins with something else": {"シナリオ: あ\nもし する\n", "a.feature:1:", "begins with \"# language: ja\" and 機能:"},
		"例 for the first scenario":               {head + "@p34-7\n例: 二\n前提 はじめ\n", "a.feature:4:", "a scenario begins with シナリオ:"},
		"a scenario without its colon":           {head + "@p34-7\nシナリオ 一\nもし する\n", "a.feature:4:", "a colon belongs behind シナリオ"},
		"an outline's rows without a colon":      {head + "@p34-7\nシナリオ: <a>\nもし する\n例\n|a|\n|1|\n", "a.feature:6:", "a colon belongs behind 例"},
		"a file that is no Gherkin":              {head + "@p34-7\nシナリオ: 一\nもし する\nそれから\n", "a.feature:6:", "not Gherkin"},
		"a line of a megabyte":                   {head + "@p34-7\nシナリオ: 一\nもし " + strings.Repeat("あ", 350_000) + "\n", "a.feature:5:", "longer than 60000 bytes"},
		"more steps than anybody writes":         {head + "@p34-7\nシナリオアウトライン: 一\n" + strings.Repeat("もし <a>\n", 200) + "例:\n|a|\n" + strings.Repeat("|b|\n", 1001), "a.feature", "200200 steps"},
		"a language that does not exist":         {"# language: xx\nFeature: a\n", "a.feature:1:", "not Gherkin"},
		"a table whose definition takes nothing": {one("もし する", "  |a|"), "a.feature:6:", "gives 1 values"},
	} {
		t.Run(name, func(t *testing.T) { expectProblem(t, small(test.feature, simple), test.where, test.what) })
	}
}

func TestStepDefinitionThatIsWrongIsRefused(t *testing.T) {
	const at = "runner/problem_test.go:"
	for name, test := range map[string]struct {
		steps       func(runner.Definitions)
		where, what string
	}{
		"two match a step": {func(to runner.Definitions) {
			to.When(`^する$`, nothing)
			to.Step(`する`, nothing)
		}, "a.feature:6:", "ambiguous step \"もし する\": matched by runner/problem_test.go:"},
		"more groups than its function takes": {func(to runner.Definitions) { to.When(`^(す)る$`, nothing) }, "a.feature:6:", "gives 1 values"},
		"fewer groups than its function takes": {func(to runner.Definitions) {
			to.When(`^する$`, func(context.Context, string) {})
		}, "a.feature:6:", "takes 1"},
		"no regular expression":      {func(to runner.Definitions) { to.When(`^(する$`, nothing) }, at, "missing closing"},
		"no expression at all":       {func(to runner.Definitions) { to.When(3, nothing) }, at, "int is no regular expression"},
		"no function":                {func(to runner.Definitions) { to.When(`^する$`, "する") }, at, "string is no function"},
		"nil for a function":         {func(to runner.Definitions) { to.When(`^する$`, nil) }, at, "no function"},
		"a result godog cannot take": {func(to runner.Definitions) { to.When(`^する$`, func() int { return 1 }) }, at, "int"},
		"made of other steps": {func(to runner.Definitions) {
			to.When(`^する$`, func() godog.Steps { return nil })
		}, at, "made of other steps"},
	} {
		t.Run(name, func(t *testing.T) { expectProblem(t, small(one("もし する"), test.steps), test.where, test.what) })
	}
}

func TestUnusedStepDefinitionIsRefusedWhenEverythingIsSelected(t *testing.T) {
	cfg := small(one("もし する"), simple)
	cfg.UnusedAllowed = false
	expectProblem(t, cfg, "runner/problem_test.go:", "unused step definition ^はじめ$")
	cfg.Select = runner.Selection{Rules: []string{"p34-7"}}
	if result := run(t, cfg); !result.OK() {
		t.Error("a part of the suite was judged by what it does not use")
	}
}

func TestAllProblemsAreToldAtOnceByFileAndLine(t *testing.T) {
	cfg := small("", simple)
	cfg.UnusedAllowed = false
	cfg.Features = fstest.MapFS{
		"b.feature":     {Data: []byte(one("もし しない", "もし またしない"))},
		"sub/a.feature": {Data: []byte("機能")},
		"README.md":     {Data: []byte("not read")},
	}
	_, err := runner.Run(t.Context(), cfg)
	var problems runner.Problems
	if !errors.As(err, &problems) {
		t.Fatalf("got %v", err)
	}
	var got []string
	for _, p := range problems {
		where, _, _ := strings.Cut(p.String(), ": ")
		got = append(got, strings.TrimRight(where, "0123456789"))
	}
	diff(
		t,
		[]string{
			"b.feature:",
			"b.feature:",
			"runner/problem_test.go:",
			"runner/problem_test.go:",
			"runner/problem_test.go:",
			"sub/a.feature:",
		},
		got,
	)
	if !strings.Contains(err.Error(), "problems: 6") {
		t.Errorf("they are not counted: %v", err)
	}
}

func TestHalfWrittenScenarioIsNoObstacleToAnother(t *testing.T) {
	cfg := small(one("もし する")+"\n  @p34-8\n  シナリオ: 書きかけ\n    もし まだない\n", simple)
	expectProblem(t, cfg, "a.feature:10:", "undefined")
	cfg.Select = runner.Selection{Names: []string{"一つ"}}
	if result := run(t, cfg); !result.OK() {
		t.Error("the finished one was not tried")
	}
}

func TestNoFeatureAtAllIsRefused(t *testing.T) {
	cfg := small("", simple)
	cfg.Features = fstest.MapFS{}
	expectProblem(t, cfg, "", "no feature file found")
}

func TestByteOrderMarkAndWindowsLineEndsAreRead(t *testing.T) {
	text := "\ufeff" + strings.ReplaceAll(one("前提 はじめ", "もし する", "ならば おわり"), "\n", "\r\n")
	result := run(t, small(text, simple))
	if !result.OK() || result.Outcomes[0].Name != "一つ" {
		t.Errorf("got %+v", result.Outcomes)
	}
}
