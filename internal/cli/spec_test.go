package cli_test

import (
	"io"
	"os"
	"regexp"
	"strings"
	"testing"

	"example.com/netanswer/internal/cli"
)

func TestWhatWasApprovedIsCheckedInWords(t *testing.T) {
	t.Chdir(t.TempDir())
	var out strings.Builder
	run := func(args ...string) error {
		out.Reset()
		return cli.Run(t.Context(), cli.Process{Out: &out, Err: io.Discard}, append([]string{"spec"}, args...))
	}
	if err := run("check"); err == nil {
		t.Error("without a file everything is in order")
	}
	if err := run("approve", "p34-7", "a-06", "-by", "山田"); err != nil {
		t.Fatal(err)
	}
	if err := run("check"); err != nil || !strings.Contains(out.String(), "承認済み 2、変更あり 0") {
		t.Error(err, out.String())
	}
	if err := run("check", "-all"); err == nil {
		t.Error("rules that nobody has approved are in order with -all")
	}
	text, err := os.ReadFile("approvals.yaml")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile("approvals.yaml", []byte(strings.Replace(string(text), "山田", "田中", 1)), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := run("check"); err != nil {
		t.Error("a name is corrected:", err)
	}
	if err := os.WriteFile("approvals.yaml", []byte(strings.Replace(string(text), "10 分間", "12 分間", 1)), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := run("check"); err == nil || !strings.Contains(err.Error(), "p34-7") {
		t.Error("words that were not approved:", err)
	}
	inJapanese(t, run, "check")
	inJapanese(t, run, "approve", "a-06", "-by", "山田")
	if err := os.Remove("approvals.yaml"); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{{"approve", "p34-7"}, {"approve", "-by", "山田"}, {"approve", "p99-1", "-by", "山田"}, {"table"}, {"table", "a.txt"},
		{"table", "a.csv", "b.csv"}, {"table", "none/a.csv"}, {"check"}, {"aprove"}, {"-since", "none"}, {"-since", "."}} {
		inJapanese(t, run, args...)
	}
	for _, file := range []string{"rules.csv", "rules.xlsx"} {
		if err := run("table", file); err != nil {
			t.Error(err)
		}
		if info, err := os.Stat(file); err != nil || info.Size() < 20_000 {
			t.Errorf("%s: %v", file, err)
		}
	}
}

// inJapanese holds that a command is refused, and in words that a product owner reads.
func inJapanese(t *testing.T, run func(...string) error, args ...string) {
	t.Helper()
	if err := run(args...); err == nil {
		t.Errorf("%v is accepted", args)
	} else if said := err.Error(); !regexp.MustCompile(`\p{Hiragana}`).MatchString(said) || regexp.MustCompile(`[a-z]{2,} [a-z]{2,} [a-z]{2,}`).MatchString(said) {
		t.Errorf("%v: %s", args, said)
	}
}

// TestASentenceIsChangedWithoutBuilding exports the scenarios, changes one, and asks
// whether it is still what was approved.
func TestASentenceIsChangedWithoutBuilding(t *testing.T) {
	t.Chdir(t.TempDir())
	run := func(args ...string) (string, error) {
		var out strings.Builder
		err := cli.Run(t.Context(), cli.Process{Out: &out, Err: io.Discard}, args)
		return out.String(), err
	}
	for _, args := range [][]string{{"features", "export", "-out", "theirs"}, {"spec", "approve", "p35-1", "a-06", "-by", "山田"},
		{"spec", "check", "-features", "theirs/features"}} {
		if said, err := run(args...); err != nil {
			t.Fatal(args, err, said)
		}
	}
	const file, before, after = "theirs/features/web/call.feature", "シナリオ: フリーダイヤルの番号が表示される", "シナリオ: 無料の電話番号が表示される"
	text, err := os.ReadFile(file)
	if err != nil || !strings.Contains(string(text), before) {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(strings.Replace(string(text), before, after, 1)), 0o600); err != nil {
		t.Fatal(err)
	}
	said, err := run("spec", "check", "-features", "theirs/features")
	if err == nil || !strings.Contains(said, "p35-1 変更あり") || !strings.Contains(said, "無料の電話番号が表示される") {
		t.Errorf("%v\n%s", err, said)
	}
	if said, err := run("spec", "check"); err != nil {
		t.Errorf("the embedded ones have not changed: %v\n%s", err, said)
	}
}
