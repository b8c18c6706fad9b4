//go:build linux

package bench_test

import (
	"context"
	"fmt"
	"os"
	"testing"
	"time"

	"example.com/netanswer/internal/suite"
	"example.com/netanswer/steps/runner"
	"example.com/netanswer/test/sandboxtest"
)

// BenchmarkBrowserScenarios runs scenarios of the passcode through each browser,
// with a trace and without: how long each takes with as many workers as suit the
// machine, and how much of its processors, the sandbox and Chromium together.
func BenchmarkBrowserScenarios(b *testing.B) {
	for _, of := range []struct {
		driver, file string
		traced       bool
	}{
		{"pc", "features/web/passcode.feature", false}, {"pc", "features/web/passcode.feature", true},
		{"sp", "features/web/passcode.feature", false},
		{"iphone", "features/app/passcode.feature", false}, {"android", "features/app/passcode.feature", false},
	} {
		name := of.driver
		if of.traced {
			name += "/traced"
		}
		b.Run(name, func(b *testing.B) {
			s := sandboxtest.Start(b)
			v := suite.Options{Drivers: []string{of.driver}, Seed: 1, Trace: of.traced, Select: runner.Selection{At: []string{of.file}}}
			scenarios := 0
			before := processor(b)
			b.ResetTimer()
			for range b.N {
				result, err := suite.On(context.Background(), s, v, nil)
				if err != nil || !result.OK() {
					b.Fatal(err, result.OK())
				}
				scenarios += len(result.Outcomes)
			}
			b.ReportMetric(b.Elapsed().Seconds()/float64(scenarios), "s/scenario")
			b.ReportMetric((processor(b)-before).Seconds()/float64(scenarios), "cpu-s/scenario")
		})
	}
}

// processor is the time that the machine's processors have worked, for whomever:
// a browser's own processes come and go without anybody to ask. The machine must
// be left alone meanwhile.
func processor(b *testing.B) time.Duration {
	b.Helper()
	data, err := os.ReadFile("/proc/stat")
	if err != nil {
		b.Fatal(err)
	}
	var user, nice, system int64 // in hundredths of a second
	if _, err := fmt.Sscanf(string(data), "cpu %d %d %d", &user, &nice, &system); err != nil {
		b.Fatal(err)
	}
	return time.Duration(user+nice+system) * 10 * time.Millisecond
}
