package runner_test

import (
	"bytes"
	"context"
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"example.com/netanswer/steps/driver"
	"example.com/netanswer/steps/runner"
)

// live runs the suite of testdata with one driver and one worker; one scenario
// of the first to come fails.
func live(t *testing.T, terminal bool, now func() time.Time) string {
	var log bytes.Buffer
	cfg := whole()
	cfg.Drivers = []driver.Driver{named("pc")}
	cfg.Workers = map[string]int{"pc": 1}
	cfg.Log, cfg.Live, cfg.Now = &log, terminal, now
	cfg.Environment = &environment{begin: func(_ context.Context, s runner.Scenario) error {
		if s.Line == 26 {
			return errors.New("違う")
		}
		return nil
	}}
	run(t, cfg)
	return log.String()
}

func TestTerminalHasOneLineThatCounts(t *testing.T) {
	log := live(t, true, noon)
	for _, want := range []string{"\r\x1b[Kpc 0/6件", "\r\x1b[Kpc 6/6件、失敗 1", "\r\x1b[K✗ pc features/web/passcode.feature:26", "\r\x1b[Kpc: 成功 5、失敗 1"} {
		if !strings.Contains(log, want) {
			t.Errorf("%q is not in %q", want, log)
		}
	}
	for line := range strings.Lines(log) {
		_, after, _ := strings.Cut(line, "\r\x1b[K")
		if strings.HasSuffix(line, "件\n") && strings.Contains(after, "pc ") && !strings.Contains(line, "シナリオ") {
			t.Errorf("a count was left standing: %q", line)
		}
	}
}

func TestElsewhereLinesArePlainAndRare(t *testing.T) {
	if log := live(t, false, noon); strings.ContainsAny(log, "\r\x1b") || strings.Contains(log, "…") {
		t.Errorf("the log is %q", log)
	}
	// With a clock on which everything takes long, silence is broken.
	var lock sync.Mutex
	at := noon()
	slow := func() time.Time {
		lock.Lock()
		defer lock.Unlock()
		at = at.Add(3 * time.Second)
		return at
	}
	log := live(t, false, slow)
	if strings.ContainsAny(log, "\r\x1b") || !strings.Contains(log, "… pc ") {
		t.Errorf("the log is %q", log)
	}
}
