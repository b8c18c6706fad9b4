package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"example.com/netanswer/mocks/clock"
)

// BenchmarkScenarios runs all scenarios of the api driver, with no reports and
// with all of them.
func BenchmarkScenarios(b *testing.B) {
	for _, workers := range []int{1, 2, 4, 8} {
		b.Run(fmt.Sprintf("workers=%d", workers), func(b *testing.B) {
			benchmarkScenarios(b, verification{drivers: []string{"api"}, workers: workers, seed: 1})
		})
	}
	b.Run("reports", func(b *testing.B) {
		benchmarkScenarios(b, verification{drivers: []string{"api"}, seed: 1, out: b.TempDir()})
	})
}

func benchmarkScenarios(b *testing.B, v verification) {
	s := sandboxFor(b)
	scenarios := 0
	b.ResetTimer()
	for range b.N {
		result, err := verify(context.Background(), s, v, nil)
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
	binary := filepath.Join(b.TempDir(), "netanswer")
	if out, err := exec.CommandContext(b.Context(), "go", "build", "-o", binary, ".").CombinedOutput(); err != nil {
		b.Fatalf("%v\n%s", err, out)
	}
	info, err := os.Stat(binary)
	if err != nil {
		b.Fatal(err)
	}
	var total time.Duration
	for b.Loop() {
		began := clock.Machine()
		// Of a selection of one the log's line about the driver is its end.
		c := exec.CommandContext(b.Context(), binary, "verify", "-driver", "api", "-at", "features/web/passcode.feature:148", "-out", "")
		out, err := c.Output()
		total += clock.Machine().Sub(began)
		if err != nil || !strings.Contains(string(out), "api: 成功 1") {
			b.Fatalf("%v\n%s", err, out)
		}
	}
	b.ReportMetric(float64(total.Microseconds())/1000/float64(b.N), "ms/start")
	b.ReportMetric(float64(info.Size())/1e6, "MB-binary")
}
