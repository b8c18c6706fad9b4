package runner_test

import (
	"slices"
	"strings"
	"testing"

	"example.com/netanswer/steps/runner"
)

// ofPasscodes defines three steps: with a person and a value, with a choice, and
// one of no scenario.
func ofPasscodes(to runner.Definitions) {
	to.Step(`^(\S+さん)が「([^」]*)」後に再発行する$`, func(string, string) {})
	to.Step(`^(\S+さん)が届いたパスコード(?:を入力する|で認証を求める)$`, func(string) {})
	to.Step(`^\[準備\]をする$`, func() {})
}

func TestStepsAreListedWithAnExample(t *testing.T) {
	cfg := small(one("もし 花子さんが「10分1秒」後に再発行する", "もし 花子さんが「1分」後に再発行する", "もし 花子さんが届いたパスコードで認証を求める"), ofPasscodes)
	plan, err := runner.Prepare(cfg)
	if err != nil {
		t.Fatal(err)
	}
	steps := plan.Steps()
	for i := range steps {
		if !strings.HasPrefix(steps[i].Defined, "runner/stepbook_test.go:") {
			t.Errorf("%s is defined at %s", steps[i].Says, steps[i].Defined)
		}
		steps[i].Defined, steps[i].Pattern = "", ""
	}
	want := []runner.StepHelp{
		{Keyword: "もし", Says: "〜さんが「…」後に再発行する", Example: "もし 花子さんが「1分」後に再発行する", At: "a.feature:7", Uses: 2},
		{Keyword: "もし", Says: "〜さんが届いたパスコード［を入力する／で認証を求める］", Example: "もし 花子さんが届いたパスコードで認証を求める", At: "a.feature:8", Uses: 1},
		{Says: "[準備]をする"},
	}
	if !slices.Equal(steps, want) {
		t.Errorf("got %+v, want %+v", steps, want)
	}
}

func TestAnUndefinedStepProposesTheNearest(t *testing.T) {
	for written, near := range map[string]string{
		"花子さんが「5分」後に再発行をする":  "もし 花子さんが「5分」後に再発行する",
		"次郎さんは届いたパスコードを入力した": "もし 次郎さんが届いたパスコードを入力する",
		"全く別のことを誰かがここで試みる":   "none is near",
	} {
		expectProblem(t, small(one("もし "+written), ofPasscodes), "a.feature:6:", near)
	}
}
