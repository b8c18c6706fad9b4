// Package scenarios_test runs the suite as people do: all scenarios through all
// drivers, against sandboxes here and elsewhere, and broken ones.
package scenarios_test

import (
	"bytes"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"example.com/netanswer/internal/suite"
	"example.com/netanswer/steps/runner"
	"example.com/netanswer/test/sandboxtest"
)

// TestScenarios proves every promise of features/ through every driver, each
// scenario a test of its own. Of two drivers that differ by their screen only,
// one is asked everything, see asked.
func TestScenarios(t *testing.T) {
	s := sandboxtest.Start(t)
	drivers := suite.DriverNames
	if only := os.Getenv("NETANSWER_TEST_DRIVERS"); only != "" {
		drivers = strings.Split(only, ",")
	}
	var log bytes.Buffer
	result, err := suite.On(t.Context(), s, suite.Options{Drivers: drivers, Asked: asked(t), Out: sandboxtest.Reports(t)}, &log)
	t.Log("\n" + log.String())
	if err != nil {
		t.Fatal(err)
	}
	if files := reportsWithoutSecrets(t, sandboxtest.Reports(t), result.Began.Truncate(time.Second)); files < 5 {
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
