package bench_test

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"example.com/netanswer/internal/suite"
	"example.com/netanswer/mocks/clock"
	"example.com/netanswer/test/sandboxtest"
)

// BenchmarkScenarios runs all scenarios of the api driver, with no reports and
// with all of them.
func BenchmarkScenarios(b *testing.B) {
	for _, workers := range []int{1, 2, 4, 8} {
		b.Run(fmt.Sprintf("workers=%d", workers), func(b *testing.B) {
			benchmarkScenarios(b, suite.Options{Drivers: []string{"api"}, Workers: workers, Seed: 1})
		})
	}
	b.Run("reports", func(b *testing.B) {
		benchmarkScenarios(b, suite.Options{Drivers: []string{"api"}, Seed: 1, Out: b.TempDir()})
	})
}

func benchmarkScenarios(b *testing.B, v suite.Options) {
	s := sandboxtest.Start(b)
	scenarios := 0
	b.ResetTimer()
	for range b.N {
		result, err := suite.On(context.Background(), s, v, nil)
		if err != nil || !result.OK() {
			b.Fatal(err, result.OK())
		}
		scenarios += len(result.Outcomes)
	}
	b.ReportMetric(float64(scenarios)/b.Elapsed().Seconds(), "scenarios/s")
}

// BenchmarkVerifyStart starts the binary itself: how long from its start until
// its first scenario is done, the sandbox and the reading of all features
// included.
func BenchmarkVerifyStart(b *testing.B) {
	binary := sandboxtest.Build(b)
	info, err := os.Stat(binary)
	if err != nil {
		b.Fatal(err)
	}
	var total time.Duration
	for b.Loop() {
		began := clock.Machine()
		// Of a selection of one the log's line about the driver is its end.
		c := exec.CommandContext(b.Context(), binary, "verify", "-driver", "api", "-at", "features/web/passcode.feature:339", "-out", "")
		out, err := c.Output()
		total += clock.Machine().Sub(began)
		if err != nil || !strings.Contains(string(out), "api: 成功 1") {
			b.Fatalf("%v\n%s", err, out)
		}
	}
	b.ReportMetric(float64(total.Microseconds())/1000/float64(b.N), "ms/start")
	b.ReportMetric(float64(info.Size())/1e6, "MB-binary")
}
