package scenarios_test

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"example.com/netanswer/internal/suite"
	"example.com/netanswer/steps/runner"
	"example.com/netanswer/test/sandboxtest"
)

// onWrite calls itself with each thing written.
type onWrite func(text string)

func (f onWrite) Write(p []byte) (int, error) { f(string(p)); return len(p), nil }

func TestInterruptedRunLeavesTheReportsOfWhatItHas(t *testing.T) {
	ctx, interrupt := context.WithCancel(t.Context())
	defer interrupt()
	var log bytes.Buffer
	dir := t.TempDir()
	v := suite.Options{Drivers: []string{"api"}, Out: dir, Workers: 1, Seed: 5}
	v.Live = true // a terminal is told of every scenario
	result, err := suite.On(ctx, sandboxtest.Start(t), v, onWrite(func(text string) {
		log.WriteString(text)
		if strings.Contains(text, "api 20/") {
			interrupt()
		}
	}))
	if err == nil || !strings.Contains(err.Error(), "interrupted") || !result.Interrupted {
		t.Errorf("error is %v", err)
	}
	if passed := result.Count(runner.Passed); passed < 20 || passed > 25 {
		t.Errorf("%d scenarios passed, want about 20", passed)
	}
	if !strings.Contains(log.String(), "中断されました。ここまでの報告は "+filepath.ToSlash(dir)) {
		t.Errorf("it was not told:\n%s", log.String())
	}
	for _, name := range []string{"messages.ndjson", "report.html", "junit.xml", "cucumber.json", "rules.md", "durations.json"} {
		if info, err := os.Stat(filepath.Join(dir, name)); err != nil || info.Size() == 0 {
			t.Errorf("%s: %v", name, err)
		}
	}
}
