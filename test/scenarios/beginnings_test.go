package scenarios_test

import (
	"maps"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"example.com/netanswer/client"
	"example.com/netanswer/internal/suite"
	"example.com/netanswer/steps/runner"
	"example.com/netanswer/test/sandboxtest"
)

// TestSharedBeginningsChangeNoVerdict tries a broken sandbox twice: the same
// scenarios are red for the same reason whether they walk or go on from where
// another one was.
func TestSharedBeginningsChangeNoVerdict(t *testing.T) {
	if testing.Short() {
		t.Skip("-short: no browsers")
	}
	s := sandboxtest.Start(t)
	verdicts := func(walk bool) (told map[string]string, behind int) {
		result, err := suite.On(
			t.Context(),
			s,
			suite.Options{Drivers: []string{"pc"}, Walk: walk, Setup: client.Setup{Defects: []string{"passcode-outlives-expiry"}},
				Select: runner.Selection{Rules: []string{"p34-7", "a-08"}}},
			nil,
		)
		if err != nil {
			t.Fatal(err)
		}
		told = map[string]string{}
		for _, o := range result.Outcomes {
			why, _, _ := strings.Cut(o.Err, "\n")
			told[o.ID()] = string(o.Verdict) + " " + why
			if len(o.Results) > 0 && o.Results[0].Taken {
				behind++
			}
		}
		return told, behind
	}
	walked, none := verdicts(true)
	shared, some := verdicts(false)
	if diff := cmp.Diff(walked, shared); diff != "" {
		t.Errorf("verdicts (-walked +shared):\n%s", diff)
	}
	red := 0
	for why := range maps.Values(walked) {
		if strings.HasPrefix(why, string(runner.Failed)) {
			red++
		}
	}
	if none > 0 || some < 3 || red == 0 || red == len(walked) {
		t.Errorf("%d of %d are red; %d and %d began behind others", red, len(walked), none, some)
	}
}
