package second_test

import (
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"example.com/netanswer/internal/settings"
	"example.com/netanswer/steps/runner"
	"example.com/netanswer/test/sample"
	"example.com/netanswer/test/sandboxtest"
)

// bystanders are rules that no rule broken below has to do with: their
// scenarios must stay green.
var bystanders = []string{"p23-1", "p25-1", "p26-4"}

// onPhones are the breaks that only a smartphone shows.
var onPhones = []string{"long-word-on-a-phone", "terms-stay-on-the-phone"}

// breaksTried are in as many parts of the implementation; every run draws
// breaksDrawn of them. NETANSWER_TEST_BREAKS names others, or all of
// implementation/breaks.json.
var breaksTried = []string{"passcode-good-for-eleven-minutes", "call-confirms-before-its-end", "id-of-seventeen", "card-shown-in-full",
	"steps-can-be-skipped", "one-address-is-told"}

const breaksDrawn = 1

// TestABrokenRuleTurnsItsScenariosRed: a rule at a time, and no rule but that.
func TestABrokenRuleTurnsItsScenariosRed(t *testing.T) {
	rulesOf, names := breaksOfSecond(t), sample.Draw(sample.Of(t), breaksTried, breaksDrawn)
	if asked := os.Getenv(settings.TestBreaks); asked == "all" {
		names = slices.Sorted(maps.Keys(rulesOf))
	} else if asked != "" {
		names = strings.Split(asked, ",")
	}
	for _, name := range names {
		rules := rulesOf[name]
		if len(rules) == 0 {
			t.Fatalf("there is no break %q", name)
		}
		t.Run(name, func(t *testing.T) {
			tr, others := secondImplementation(t, name, name), bystanders
			if name == "long-word-on-a-phone" { // whoever begins at the home page comes by it
				others = []string{"p25-5"}
			}
			if slices.Contains(onPhones, name) {
				tr.driver = "sp"
			}
			result, log, err := tr.try(runner.Selection{Rules: append(slices.Clone(rules), others...)}, "")
			if err != nil {
				t.Fatal(err)
			}
			red := map[string]bool{}
			for _, o := range result.Outcomes {
				for _, rule := range o.Rules {
					if o.Verdict == runner.Failed {
						red[rule] = true
					}
				}
			}
			if diff := cmp.Diff(slices.Sorted(slices.Values(rules)), slices.Sorted(maps.Keys(red))); diff != "" {
				t.Errorf("rules that are red (-want +got):\n%s\n%s", diff, log)
			}
		})
	}
}

// breaksOfSecond are the rules that it can break, by the names of the breaks.
func breaksOfSecond(t *testing.T) map[string][]string {
	t.Helper()
	text, err := os.ReadFile("implementation/breaks.json")
	if err != nil {
		t.Fatal(err)
	}
	var list []struct {
		Name  string   `json:"name"`
		Rules []string `json:"rules"`
	}
	if err := json.Unmarshal(text, &list); err != nil {
		t.Fatal(err)
	}
	by := map[string][]string{}
	for _, b := range list {
		by[b.Name] = b.Rules
	}
	return by
}

// passcode10 selects the scenarios of a rule that need the clock, and one that does not.
var passcode10 = runner.Selection{At: []string{"features/web/passcode.feature"}, Rules: []string{"a-08", "p34-9"}}

// clockOfSecond is the part of the file that says how its clock is moved.
const clockOfSecond = `clock:                  # 時計を {now} に合わせる呼び出し。なければ、時間の経過を要するシナリオは判定不能
  method: PUT
  url: "{base}/hooks/clock"
  body: '{"now": "{now}"}'
`

// TestWithoutAClockNothingThatNeedsOneIsGreen: it is 判定不能, and said to be.
func TestWithoutAClockNothingThatNeedsOneIsGreen(t *testing.T) {
	result, log, err := secondImplementation(t, "").change(clockOfSecond, "").try(passcode10, t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	if result.Count(runner.Failed) > 0 || result.Because(runner.Undecided) < 3 || result.Count(runner.Passed) == 0 {
		t.Errorf(
			"got %d failed, %d undecided, %d green\n%s",
			result.Count(runner.Failed),
			result.Because(runner.Undecided),
			result.Count(runner.Passed),
			log,
		)
	}
	if want := "判定不能: 時計を動かす手段（clock）がなく、9m59s 待つには wait_up_to が足りません"; !strings.Contains(log, want) {
		t.Errorf("the log does not say %q:\n%s", want, log)
	}
}

// TestRealTimeIsWaitedForWhereTheFileAllowsIt: the half minute between two passcodes.
func TestRealTimeIsWaitedForWhereTheFileAllowsIt(t *testing.T) {
	tr := secondImplementation(t, "").change(clockOfSecond, "wait_up_to: 11s\n")
	result, log, err := tr.try(runner.Selection{Rules: []string{"a-07"}, Names: []string{"あと何秒で"}}, "")
	if err != nil {
		t.Fatal(err)
	}
	if len(result.Outcomes) != 1 || result.Outcomes[0].Took.Seconds() < 10 || result.Because(runner.Undecided) > 0 {
		t.Errorf("got %d outcomes, want one that waited ten seconds\n%s", len(result.Outcomes), log)
	}
}

// expectedFailure is an expected failure of a scenario of a-08.
const expectedFailure = "expected_failures:\n  - {at: '%at%', reason: 直しています, until: %until%}\n"

// TestExpectedFailuresAreHeldToTheirWord: one that fails does not fail the run;
// one that passes does, and so does one past its last day.
func TestExpectedFailuresAreHeldToTheirWord(t *testing.T) {
	before, at := tenMinutes(t)
	expecting := func(until string) string {
		return strings.NewReplacer("%at%", at, "%until%", until).Replace(expectedFailure) + "members:"
	}
	choose := runner.Selection{At: []string{at}}
	broken := secondImplementation(t, "passcode-good-for-eleven-minutes")
	both := runner.Selection{At: []string{at, before}}
	result, log, err := broken.change("members:", expecting("2999-12-31")).try(both, "")
	if err != nil || !result.OK() || result.Because(runner.Known) != 1 || !strings.Contains(log, "△ pc "+at) ||
		!strings.Contains(log, "想定した失敗（直しています、2999-12-31まで）") {
		t.Errorf("one that fails: %v\n%s", err, log)
	}
	if _, log, err = broken.change("members:", expecting("2020-12-31")).try(choose, ""); err == nil ||
		!strings.Contains(err.Error(), "期限（2020-12-31）を過ぎています") ||
		!strings.Contains(log, "✗ pc "+at) {
		t.Errorf("one past its last day: %v\n%s", err, log)
	}
	well := secondImplementation(t, "")
	result, log, err = well.change("members:", expecting("2999-12-31")).try(choose, "")
	if err != nil || result.OK() || !strings.Contains(log, "失敗するはずが成功しました（直しています、2999-12-31まで）") {
		t.Errorf("one that passes: %v\n%s", err, log)
	}
}

// tenMinutes is where the scenario stands by which a passcode by SMS is good for
// less than ten minutes, and the one of a second less.
func tenMinutes(t *testing.T) (before, at string) {
	t.Helper()
	const file = "features/web/passcode.feature"
	lines := strings.Split(sandboxtest.Read(t, filepath.FromSlash(file)), "\n")
	for i := len(lines) - 1; i >= 0; i-- {
		if strings.Contains(lines[i], "| 10分    | 有効期限切れ |") {
			return file + ":" + strconv.Itoa(i), file + ":" + strconv.Itoa(i+1)
		}
	}
	t.Fatal("the scenario of ten minutes is gone")
	return "", ""
}
