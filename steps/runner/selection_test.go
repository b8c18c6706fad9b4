package runner_test

import (
	"fmt"
	"strings"
	"testing"

	"example.com/netanswer/steps/driver"
	"example.com/netanswer/steps/runner"
)

func TestSelection(t *testing.T) {
	const (
		card  = "features/app/card.feature"
		passc = "features/web/passcode.feature"
	)
	for name, test := range map[string]struct {
		sel  runner.Selection
		want string // the lines tried on the desktop, of both files
	}{
		"everything":                      {runner.Selection{}, "5 21 26 27 29 44"},
		"a tag":                           {runner.Selection{Tags: "@a-08"}, "21 26 27 29"},
		"a tag of a 例":                    {runner.Selection{Tags: "@画面"}, "26 27"},
		"not a tag":                       {runner.Selection{Tags: "not @画面"}, "5 21 29 44"},
		"and, or, brackets":               {runner.Selection{Tags: "@p34-7 and not @画面 or (@p12-1 or @パソコン)"}, "5 21 29 44"},
		"part of a name":                  {runner.Selection{Names: []string{"分後"}}, "26 27"},
		"an expression for a name":        {runner.Selection{Names: []string{"^パソコン|期限切れ$"}}, "26 27 44"},
		"two names":                       {runner.Selection{Names: []string{"再発行", "カード"}}, "5 44"},
		"a file":                          {runner.Selection{At: []string{card}}, "5"},
		"a folder":                        {runner.Selection{At: []string{"./features/web/"}}, "21 26 27 29 44"},
		"one row":                         {runner.Selection{At: []string{passc + ":27"}}, "27"},
		"two rows of a file":              {runner.Selection{At: []string{passc + ":21:27"}}, "21 27"},
		"the line of a 例":                 {runner.Selection{At: []string{passc + ":24"}}, "26 27"},
		"the names of the columns":        {runner.Selection{At: []string{passc + ":20"}}, "21"},
		"the line of an outline":          {runner.Selection{At: []string{passc + ":15"}}, "21 26 27"},
		"a step of an outline":            {runner.Selection{At: []string{passc + ":17"}}, "21 26 27"},
		"the line of a scenario":          {runner.Selection{At: []string{passc + ":29"}}, "29"},
		"a line of a text in a scenario":  {runner.Selection{At: []string{passc + ":37"}}, "29"},
		"the tag of a scenario":           {runner.Selection{At: []string{passc + ":43"}}, "44"},
		"the line of a ルール":               {runner.Selection{At: []string{passc + ":41"}}, "44"},
		"the tags of a ルール":               {runner.Selection{At: []string{passc + ":9"}}, "21 26 27 29"},
		"the line of a 機能":                {runner.Selection{At: []string{passc + ":2"}}, "21 26 27 29 44"},
		"backslashes":                     {runner.Selection{At: []string{`features\web\passcode.feature:29`}}, "29"},
		"a rule":                          {runner.Selection{Rules: []string{"p34-8"}}, "44"},
		"a rule with its @":               {runner.Selection{Rules: []string{"@a-08"}}, "21 26 27 29"},
		"a page":                          {runner.Selection{Rules: []string{"p34"}}, "21 26 27 29 44"},
		"two rules":                       {runner.Selection{Rules: []string{"p12-1", "p34-8"}}, "5 44"},
		"all kinds together, all are met": {runner.Selection{Tags: "@a-08", Names: []string{"10分"}, At: []string{"features"}, Rules: []string{"p34-7"}}, "26"},
	} {
		t.Run(name, func(t *testing.T) {
			cfg := whole()
			cfg.Drivers = []driver.Driver{named("pc")}
			cfg.Select = test.sel
			var lines []string
			for _, o := range run(t, cfg).Outcomes {
				lines = append(lines, fmt.Sprint(o.Line))
			}
			diff(t, test.want, strings.Join(lines, " "))
		})
	}
}

func TestSelectionThatHitsNothingIsRefused(t *testing.T) {
	for name, test := range map[string]struct {
		sel  runner.Selection
		what string
	}{
		"an expression that is none":      {runner.Selection{Tags: "@p34-7 @p34-8"}, "Expected operator"},
		"an expression that ends early":   {runner.Selection{Tags: "@p34-7 and"}, "ends too early"},
		"an expression of brackets":       {runner.Selection{Tags: "((("}, `"(((": it has no tag`},
		"an expression of not alone":      {runner.Selection{Tags: "not"}, "ends too early"},
		"a bracket not closed":            {runner.Selection{Tags: "(@p34-7"}, "Unmatched"},
		"a blank expression":              {runner.Selection{Tags: " "}, "blank"},
		"an operator that is none":        {runner.Selection{Tags: "@p34-7 && @p34-8"}, `"&&" is no tag`},
		"a tag without its @":             {runner.Selection{Tags: "p34-7"}, `"p34-7" is no tag`},
		"godog's own way to say not":      {runner.Selection{Tags: "~@p34-7"}, "is no tag"},
		"a tag nobody knows":              {runner.Selection{Tags: "not @画像"}, "unknown tag @画像"},
		"a rule tag nobody knows":         {runner.Selection{Tags: "@p99-9"}, "unknown rule @p99-9"},
		"a tag of no scenario":            {runner.Selection{Tags: "@p4-1"}, "hits no scenario"},
		"a name of no scenario":           {runner.Selection{Names: []string{"再発行", "退会"}}, `name "退会" hits no scenario`},
		"a name that is no expression":    {runner.Selection{Names: []string{"(("}}, "hits no scenario"},
		"a file that does not exist":      {runner.Selection{At: []string{"features/web/pin.feature"}}, "hits no scenario"},
		"a line between scenarios":        {runner.Selection{At: []string{"features/web/passcode.feature:39"}}, "passcode.feature:39 hits no scenario"},
		"a line of a comment":             {runner.Selection{At: []string{"features/web/passcode.feature:8"}}, "hits no scenario"},
		"a line of a 背景":                  {runner.Selection{At: []string{"features/web/passcode.feature:6"}}, "hits no scenario"},
		"one line of two":                 {runner.Selection{At: []string{"features/web/passcode.feature:29:400"}}, ":400 hits no scenario"},
		"a line that is no number":        {runner.Selection{At: []string{"features/web/passcode.feature:x"}}, `"x" is no line number`},
		"a rule that is not there":        {runner.Selection{Rules: []string{"p34-77"}}, `"p34-77" is not in the register`},
		"a rule without a scenario":       {runner.Selection{Rules: []string{"p4-1"}}, "rule p4-1 hits no scenario"},
		"a page without a scenario":       {runner.Selection{Rules: []string{"p4"}}, "page p4 hits no scenario"},
		"kinds that do not meet":          {runner.Selection{Names: []string{"再発行"}, Rules: []string{"p12-1"}}, "no scenario meets all of -name 再発行 -rule p12-1"},
		"a scenario for no driver chosen": {runner.Selection{Tags: "@画面"}, "none of the 2 chosen scenarios is for driver api"},
	} {
		t.Run(name, func(t *testing.T) {
			cfg := whole()
			cfg.Drivers = cfg.Drivers[:1]
			cfg.Select = test.sel
			_, err := runner.Run(t.Context(), cfg)
			if err == nil || !strings.Contains(err.Error(), test.what) {
				t.Errorf("got error %v, want %q", err, test.what)
			}
		})
	}
}

func TestBrokenFileIsToldBeforeASelectionThatHitsNothing(t *testing.T) {
	cfg := small("機能", simple)
	cfg.Select = runner.Selection{At: []string{"a.feature:3"}}
	expectProblem(t, cfg, "a.feature:1:", "not Gherkin")
}

func TestNameMayBePastedAsItIs(t *testing.T) {
	cfg := small(strings.ReplaceAll(one("もし する"), "一つ", "ID (半角["), simple)
	cfg.Select = runner.Selection{Names: []string{"(半角["}}
	if result := run(t, cfg); len(result.Outcomes) != 1 {
		t.Errorf("got %+v", result.Outcomes)
	}
}
