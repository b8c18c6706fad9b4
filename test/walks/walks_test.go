// Package walks_test goes walks that nobody wrote down, and sees that they notice what
// is broken on purpose and are told as scenarios that stand by themselves.
package walks_test

import (
	"context"
	"fmt"
	"io"
	"os"
	"strings"
	"sync/atomic"
	"testing"
	"testing/fstest"

	"example.com/netanswer/client"
	"example.com/netanswer/internal/suite"
	"example.com/netanswer/sandbox/server"
	"example.com/netanswer/steps/driver"
	"example.com/netanswer/steps/driver/api"
	"example.com/netanswer/steps/provision"
	"example.com/netanswer/steps/runner"
	"example.com/netanswer/steps/walk"
)

func sandbox(t *testing.T) *server.Sandbox {
	t.Helper()
	s, err := server.Start(server.EphemeralConfig(), nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Stop(); err != nil {
			t.Error(err)
		}
	})
	return s
}

// walks goes walks of a seed in worlds set up so, and returns what it found.
func walks(t *testing.T, s *server.Sandbox, n int, seed int64, setup client.Setup) walk.Result {
	t.Helper()
	var said strings.Builder
	results, err := suite.WalksOn(t.Context(), s, suite.Options{Walks: n, Seed: seed, Setup: setup}, &said)
	if len(results) != 1 {
		t.Fatalf("%v\n%s", err, said.String())
	}
	if (err == nil) != results[0].OK() {
		t.Errorf("%v, and %d failures", err, len(results[0].Failures))
	}
	return results[0]
}

// TestWalks is the budget of every run: fixed seeds, so that it fails for what was
// changed and not by chance. make walks goes new ones.
func TestWalks(t *testing.T) {
	t.Parallel()
	r := walks(t, sandbox(t), 240, 1, client.Setup{})
	for _, f := range r.Failures {
		t.Errorf("rule %s, seed %d: %s\n%s", f.Line.Rule, f.Walk.Seed, f.Err, f.Told)
	}
	if r.Walks != 240 || r.Steps < 20000 {
		t.Errorf("%d walks of %d steps", r.Walks, r.Steps)
	}
	if missing := r.Coverage.Missing(false, true); len(missing) > 12 {
		t.Errorf("%d moves that no walk took: %v", len(missing), missing)
	}
}

// TestWalksInBrowsers are a few of them, on a desktop and on one phone.
func TestWalksInBrowsers(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("-short: no browsers")
	}
	if _, err := provision.Find(os.Getenv(provision.CacheVariable)); err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatal(err)
		}
		t.Skipf("there is no browser: %v", err)
	}
	var said strings.Builder
	if _, err := suite.WalksOn(t.Context(), sandbox(t), suite.Options{Walks: 4, Seed: 110, Drivers: []string{"pc", "iphone"}}, &said); err != nil {
		t.Errorf("%v\n%s", err, said.String())
	}
}

// TestASeedGoesTheSameWalkAgain to the letter.
func TestASeedGoesTheSameWalkAgain(t *testing.T) {
	t.Parallel()
	s := sandbox(t)
	broken := client.Setup{Defects: []string{"attempts-not-counted"}}
	first := walks(t, s, 100, 1, broken)
	if len(first.Failures) == 0 {
		t.Fatal("nothing was found")
	}
	f := first.Failures[0]
	again := walks(t, s, 1, int64(f.Walk.Seed), broken)
	if len(again.Failures) != 1 || again.Failures[0].Told != f.Told {
		t.Errorf("seed %d found %+v, then %+v", f.Walk.Seed, f, again.Failures)
	}
}

// TestWhatIsToldStandsByItself: put into a feature file, it is red where it was found
// and green in a sound sandbox.
func TestWhatIsToldStandsByItself(t *testing.T) {
	t.Parallel()
	s := sandbox(t)
	told := 0
	for _, defect := range []string{"old-passcode-valid", "attempts-not-counted", "sms-twice", "mail-missing", "points-wrong", "idle-not-enforced"} {
		broken := client.Setup{Defects: []string{defect}}
		for _, f := range walks(t, s, 200, 1, broken).Failures {
			told++
			if got := try(t, s, f.Told, broken); got.Count(runner.Failed) != 1 {
				t.Errorf("%s: it is not red where it was found: %+v\n%s", defect, got.Outcomes, f.Told)
			}
			if got := try(t, s, f.Told, client.Setup{}); got.Count(runner.Passed) != 1 {
				t.Errorf("%s: it is not green in a sound sandbox: %s\n%s", defect, got.Outcomes[0].Err, f.Told)
			}
			if strings.Count(f.Told, "もし ") != 1 || strings.Count(f.Told, "ならば ") != 1 || len(f.Walk.Acts) > f.Drawn {
				t.Errorf("%s: %d acts of %d\n%s", defect, len(f.Walk.Acts), f.Drawn, f.Told)
			}
			break
		}
	}
	if told < 6 {
		t.Errorf("%d of 6 were found", told)
	}
}

// worlds counts the worlds of scenarios that were told: each has one of its own.
var worlds atomic.Int64

// try tries a scenario as it was told.
func try(t *testing.T, s *server.Sandbox, told string, setup client.Setup) runner.Result {
	t.Helper()
	cfg, err := suite.Config(suite.Options{Seed: 1})
	if err != nil {
		t.Fatal(err)
	}
	cfg.Features, cfg.UnusedAllowed = fstest.MapFS{"told.feature": {Data: []byte("# language: ja\n機能: ウォーク\n\n" + told)}}, true
	cfg.Drivers = []driver.Driver{api.New()}
	run := fmt.Sprintf("told%d-%v", worlds.Add(1), len(setup.Defects) > 0)
	if cfg.Environment, err = suite.NewEnvironment(context.Background(), suite.Endpoints{Member: s.MemberURL,
		Console: s.ConsoleURL}, run, setup); err != nil {
		t.Fatal(err)
	}
	cfg.Log = io.Discard
	result, err := runner.Run(t.Context(), cfg)
	if err != nil {
		t.Fatalf("%v\n%s", err, told)
	}
	return result
}
