package main

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// tries is a module of two packages: one that is well, one of the given test.
func tries(t *testing.T, body string) {
	t.Helper()
	dir := t.TempDir()
	for name, text := range map[string]string{
		"go.mod":           "module tried\n\ngo 1.26.0\n",
		"well/a_test.go":   "package well\n\nimport \"testing\"\n\nfunc TestWell(t *testing.T) { t.Log(\"well said\"); t.Run(\"part\", func(*testing.T) {}) }\n",
		"other/a_test.go":  "package other\n\nimport (\n\t\"strings\"\n\t\"testing\"\n)\n\nvar _ = strings.Repeat\n\n" + body,
		"reports/old.json": `{"pc": {"features/web/a.feature あ": 2.5}}`,
	} {
		file := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(file), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	t.Chdir(dir)
}

// took is what differs from run to run.
var took = regexp.MustCompile(`\d+\.\d+s`)

// goTest is what go test itself prints.
func goTest(t *testing.T) (said string, status int) {
	t.Helper()
	out, err := exec.CommandContext(t.Context(), "go", "test", "-count=1", "-p=1", "./...").Output()
	if failed := (*exec.ExitError)(nil); errors.As(err, &failed) {
		status = failed.ExitCode()
	} else if err != nil {
		t.Fatal(err)
	}
	return took.ReplaceAllString(string(out), "…s"), status
}

func TestItPrintsWhatGoTestPrints(t *testing.T) {
	for name, body := range map[string]string{
		"well":        "func TestWell(t *testing.T) { t.Skip(\"not now\") }\n",
		"red":         "func TestRed(t *testing.T) { t.Log(\"before\"); t.Run(\"part/of/it\", func(t *testing.T) { t.Error(\"two\\nlines\"); t.Run(\"deep\", func(t *testing.T) { t.Fatal() }) }) }\n\nfunc TestGreen(t *testing.T) { t.Log(\"quiet\") }\n",
		"wrongly put": "func TestRed(t *testing.T) { t.Nothing() }\n",
	} {
		t.Run(name, func(t *testing.T) {
			tries(t, body)
			want, status := goTest(t)
			var out, wrong bytes.Buffer
			err := run(t.Context(), []string{"-to", "times", "--", "go", "test", "-count=1", "-p=1", "./..."}, &out, &wrong)
			failed := (*exec.ExitError)(nil)
			if errors.As(err, &failed) != (status != 0) || failed != nil && failed.ExitCode() != status {
				t.Errorf("the verdict is %v, want status %d", err, status)
			}
			if diff := cmp.Diff(want, took.ReplaceAllString(out.String(), "…s")); diff != "" {
				t.Errorf("printed (-want +got):\n%s", diff)
			}
		})
	}
}

func TestWhatWasSlowestStandsBeforeTheLastLines(t *testing.T) {
	tries(t, "func TestWell(t *testing.T) {}\n")
	args := []string{"-to", "reports/times", "-tell", "reports/old.json,reports/none.json", "--", "go", "test", "-count=1", "./..."}
	var out bytes.Buffer
	for range 2 {
		out.Reset()
		if err := run(t.Context(), args, &out, &out); err != nil {
			t.Fatalf("%v\n%s", err, &out)
		}
	}
	said := out.String()
	for _, want := range []string{"slowest packages of 4\n", "slowest tests of 4\n", " s  tried/well TestWell\n",
		"slowest scenarios of 1\n     2.5 s  pc features/web/a.feature あ\n"} {
		if !strings.Contains(said, want) {
			t.Errorf("it does not tell %q", want)
		}
	}
	if !regexp.MustCompile(`あ\n(ok  \ttried/(well|other)\t[\d.]+s\n){2}$`).MatchString(said) || strings.Count(said, "ok  ") != 2 {
		t.Errorf("it does not end with the lines of go test:\n%s", said)
	}
}

func TestWhatFailedIsToldAgainBeforeTheLastLines(t *testing.T) {
	tries(t, `func TestRed(t *testing.T) {
	t.Run("part", func(t *testing.T) {
		for range 30 {
			t.Error("wrong", strings.Repeat("x", 300))
		}
	})
}

func TestCutOff(t *testing.T) {
	t.Run("deep", func(t *testing.T) { t.Log("so far"); panic("torn") })
}
`)
	var out bytes.Buffer
	if err := run(t.Context(), []string{"-to", "times", "-tell", "none.json", "--", "go", "test", "-count=1", "./..."}, &out, &out); err == nil {
		t.Fatal("it is well")
	}
	_, again, found := strings.Cut(out.String(), "failed tests: 2, again from above\n")
	if !found {
		t.Fatalf("what failed is not told again:\n%s", &out)
	}
	for _, want := range []string{"tried/other\n    --- FAIL: TestRed", " --- FAIL: TestRed/part", "x…\n", "    … and 8 lines\n", "TestCutOff", "FAIL\ttried/other"} {
		if !strings.Contains(again, want) {
			t.Errorf("it does not tell %q:\n%s", want, again)
		}
	}
	if strings.Contains(again, strings.Repeat("x", 300)) || !strings.HasSuffix(again, "\nFAIL\n") {
		t.Errorf("it is told whole, or the end is not that of go test:\n%s", again)
	}
}

func TestWithoutACommandItRunsNothing(t *testing.T) {
	for _, args := range [][]string{{}, {"-to", "times"}, {"-to", "times", "go", "vet"}, {"--", "go", "test"}} {
		if err := run(t.Context(), args, &bytes.Buffer{}, &bytes.Buffer{}); err == nil {
			t.Errorf("%q is run", args)
		}
	}
}
