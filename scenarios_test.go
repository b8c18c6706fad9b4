package main

import (
	"bytes"
	"fmt"
	"log/slog"
	"os"
	"regexp"
	"strings"
	"testing"
	"time"

	"example.com/netanswer/steps/runner"
)

// sandboxFor is a sandbox of the test's own, on ports of its own.
func sandboxFor(t testing.TB) *sandbox {
	t.Helper()
	return startFor(t, tried())
}

// startFor starts a sandbox that ends with the test.
func startFor(t testing.TB, c config) *sandbox {
	t.Helper()
	s, err := start(c, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.stop(); err != nil {
			t.Error(err)
		}
	})
	return s
}

// reportsDir is where the reports of the scenarios go.
func reportsDir() string {
	if dir := os.Getenv("NETANSWER_TEST_REPORTS"); dir != "" {
		return dir
	}
	return "reports"
}

// TestScenarios proves every promise of features/ through every driver, each
// scenario a test of its own.
func TestScenarios(t *testing.T) {
	s := sandboxFor(t)
	drivers := driverNames
	if only := os.Getenv("NETANSWER_TEST_DRIVERS"); only != "" {
		drivers = strings.Split(only, ",")
	}
	var log bytes.Buffer
	result, err := verify(t.Context(), s, verification{drivers: drivers, out: reportsDir()}, &log)
	t.Log("\n" + log.String())
	if err != nil {
		t.Fatal(err)
	}
	if files := reportsWithoutSecrets(t, reportsDir(), result.Began.Truncate(time.Second)); files < 5 {
		t.Errorf("only %d reports were looked at", files)
	}
	for _, o := range result.Outcomes {
		t.Run(fmt.Sprintf("%s/%s/%s", o.Driver, o.ID(), o.Name), func(t *testing.T) {
			switch o.Verdict {
			case runner.Passed:
			case runner.Failed:
				t.Error(o.Err)
			default:
				t.Errorf("%s: %s", o.Verdict, o.Err)
			}
		})
	}
	if !result.OK() {
		t.Errorf("seed %d: %d of %d failed", result.Seed, result.Count(runner.Failed), len(result.Outcomes))
	}
}

// TestTheREADMEsSelectionSelects keeps the example of the READMEs true: a line
// that hits nothing is an error.
func TestTheREADMEsSelectionSelects(t *testing.T) {
	for _, name := range []string{"README.md", "README.ja.md"} {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		found := regexp.MustCompile(`verify -tags '([^']+)' -at (\S+)`).FindStringSubmatch(string(text))
		if found == nil {
			t.Fatalf("%s has no example of a selection", name)
		}
		selection := runner.Selection{Tags: found[1], At: []string{found[2]}}
		result, err := verify(t.Context(), sandboxFor(t), verification{drivers: []string{"api"}, choose: selection}, nil)
		if err != nil || !result.OK() {
			t.Errorf("%s: %v", name, err)
		}
	}
}
