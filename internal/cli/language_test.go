package cli_test

import (
	"bytes"
	"io"
	"regexp"
	"strings"
	"testing"

	"example.com/netanswer/internal/cli"
	"example.com/netanswer/test/sandboxtest"
)

// TestAListIsToldInTheLanguageThatIsAskedFor lists every state and every defect. What
// stands in 「」 is a word of a screen.
func TestAListIsToldInTheLanguageThatIsAskedFor(t *testing.T) {
	console := strings.TrimPrefix(sandboxtest.Start(t).ConsoleURL, "http://")
	japanese := regexp.MustCompile(`[ぁ-んァ-ヶ一-龠（）]+`)
	quoted := regexp.MustCompile(`「[^」]*」`)
	for name, tt := range map[string]struct {
		args []string
		most int // lines at least
	}{
		"states":  {[]string{"open", "-console", console}, 50},
		"defects": {[]string{"verify", "defects"}, 200},
	} {
		var ja, en bytes.Buffer
		for language, out := range map[string]*bytes.Buffer{"ja": &ja, "en": &en} {
			if err := cli.Run(t.Context(), cli.Process{Out: out, Err: io.Discard}, append(tt.args, "-lang", language)); err != nil {
				t.Fatal(err)
			}
		}
		if n := strings.Count(en.String(), "\n"); n < tt.most || n != strings.Count(ja.String(), "\n") {
			t.Errorf("%s: %d lines", name, n)
		}
		for line := range strings.Lines(quoted.ReplaceAllString(en.String(), "")) {
			if japanese.MatchString(line) {
				t.Errorf("%s: in English stands %s", name, line)
			}
		}
		for line := range strings.Lines(ja.String()) {
			if !japanese.MatchString(line) {
				t.Errorf("%s: in Japanese stands %s", name, line)
			}
		}
	}
}

// TestStepsAreFoundWhereverTheLanguageStands has the flag behind the word.
func TestStepsAreFoundWhereverTheLanguageStands(t *testing.T) {
	var out bytes.Buffer
	err := cli.Run(t.Context(), cli.Process{Out: &out, Err: io.Discard}, []string{"verify", "steps", "再発行", "-lang", "en"})
	if err != nil || !strings.Contains(out.String(), "e.g. ") {
		t.Errorf("%v: %s", err, out.String())
	}
}

// TestMutationTestingIsToldInTheLanguageThatIsAskedFor has one defect noticed.
func TestMutationTestingIsToldInTheLanguageThatIsAskedFor(t *testing.T) {
	for language, want := range map[string]string{"ja": "api: 気づいた 1、", "en": "api: noticed 1, "} {
		var out bytes.Buffer
		err := cli.Run(t.Context(), cli.Process{Out: &out, Err: io.Discard},
			[]string{"qualify", "-rule", "a-07", "-change", "old-passcode-valid", "-sample", "1", "-out", t.TempDir(), "-lang", language})
		if err != nil || !strings.Contains(out.String(), want) {
			t.Errorf("%s: %v, %s", language, err, out.String())
		}
	}
}
