package scenarios_test

import (
	"archive/zip"
	"bytes"
	"encoding/base64"
	"encoding/json"
	"io"
	"io/fs"
	"os"
	"path"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"example.com/netanswer/client"
	"example.com/netanswer/fixtures"
	"example.com/netanswer/internal/suite"
	"example.com/netanswer/steps/provision"
	"example.com/netanswer/steps/runner"
	"example.com/netanswer/test/sandboxtest"
)

// cast reads the fixtures once, for many files are looked at.
var cast = sync.OnceValues(func() ([]fixtures.Member, error) {
	members, _, err := fixtures.Members()
	return members, err
})

// said matches a code after a word that says what it is. Every place of a word
// is looked at by itself, for the reports are long.
var (
	said      = regexp.MustCompile(`^[「」をにがはへの=:"| ]{1,16}(\d{3,4})\b`)
	saidAfter = []string{"セキュリティコード", "暗証番号", "security_code", `"pin"`}
)

// codesSaid are the codes in a text that stand after such a word.
func codesSaid(text string) (codes []string) {
	for _, word := range saidAfter {
		for _, after := range strings.Split(text, word)[1:] {
			if m := said.FindStringSubmatch(after[:min(len(after), 64)]); m != nil {
				codes = append(codes, m[1])
			}
		}
	}
	return codes
}

// leaks returns the secrets that stand in a text: whole card numbers however
// they are grouped, passwords, and codes after a word that says what they are.
func leaks(t *testing.T, text string) []string {
	t.Helper()
	members, err := cast()
	if err != nil {
		t.Fatal(err)
	}
	numbers, passwords, codes := suite.SecretsOf(members)
	var found []string
	digits := strings.NewReplacer(" ", "", "-", "").Replace(text)
	for _, n := range numbers {
		if strings.Contains(digits, n) {
			found = append(found, n)
		}
		if strings.Contains(text, n[4:]) {
			found = append(found, n[4:])
		}
	}
	for _, p := range passwords {
		if strings.Contains(text, p) {
			found = append(found, p)
		}
	}
	for _, code := range codesSaid(text) {
		if slices.Contains(codes, code) {
			found = append(found, code+" after what it is")
		}
	}
	return found
}

// reportsWithoutSecrets greps every file of a folder that was written since, and
// what is embedded in the Cucumber JSON as base64. What an earlier run of other
// drivers left there is not this run's.
func reportsWithoutSecrets(t *testing.T, dir string, since time.Time) (files int) {
	t.Helper()
	err := fs.WalkDir(os.DirFS(dir), ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || path.Ext(name) == ".png" {
			return err
		}
		if about, err := entry.Info(); err != nil || about.ModTime().Before(since) {
			return err
		}
		files++
		text, err := os.ReadFile(path.Join(dir, name))
		if path.Ext(name) == ".zip" && err == nil {
			text = unpacked(t, text)
		}
		for _, leak := range leaks(t, string(text)) {
			t.Errorf("%s holds %q", name, leak)
		}
		if name == "cucumber.json" && err == nil {
			embedded(t, text)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// unpacked is all that an archive holds.
func unpacked(t *testing.T, archive []byte) (all []byte) {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(archive), int64(len(archive)))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range z.File {
		in, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(in)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, text...)
	}
	return all
}

func embedded(t *testing.T, report []byte) {
	t.Helper()
	if !json.Valid(report) {
		t.Fatal("cucumber.json is no JSON")
	}
	for _, m := range regexp.MustCompile(`"mime_type":"text/plain","name":"([^"]*)","data":"([^"]*)"`).FindAllSubmatch(report, -1) {
		text, err := base64.StdEncoding.DecodeString(string(m[2]))
		if err != nil {
			t.Fatal(err)
		}
		for _, leak := range leaks(t, string(text)) {
			t.Errorf("%s in cucumber.json holds %q", m[1], leak)
		}
	}
}

// TestNoReportHoldsASecret breaks a rule so that nearly every scenario fails with
// all that explains it, and greps every report and the log for every secret.
func TestNoReportHoldsASecret(t *testing.T) {
	for name, policy := range map[string]map[string]any{
		"at the form":     {"security_code_digits": 4, "security_code_digits_amex": 3, "pin_digits": 5},
		"after the codes": {"passcode_digits": 5, "pin_attempts": 1},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			var log bytes.Buffer
			v := suite.Options{Drivers: []string{"api"}, Out: dir, Setup: client.Setup{Policy: policy}}
			result, err := suite.On(t.Context(), sandboxtest.Start(t), v, &log)
			if err != nil {
				t.Fatal(err)
			}
			if n := len(result.Outcomes); result.OK() || n < 300 {
				t.Fatalf("%d outcomes, all is well %t", n, result.OK())
			}
			if files := reportsWithoutSecrets(t, dir, time.Time{}); files < 50 {
				t.Errorf("only %d files were looked at", files)
			}
			for _, leak := range leaks(t, log.String()) {
				t.Errorf("the log holds %q", leak)
			}
		})
	}
}

// TestNoTraceHoldsASecret does the same with browsers, which trace what they do.
func TestNoTraceHoldsASecret(t *testing.T) {
	if _, err := provision.Find(""); err != nil {
		if os.Getenv("CI") != "" {
			t.Fatalf("there must be a browser in CI: %v", err)
		}
		t.Skipf("no trace is made: %v", err)
	}
	dir := t.TempDir()
	v := suite.Options{Drivers: []string{"pc", "iphone"}, Out: dir, Trace: true,
		Select: runner.Selection{Rules: []string{"p34-2", "p13-1", "p16-2"}},
		Setup:  client.Setup{Policy: map[string]any{"passcode_digits": 5, "pin_digits": 5, "password_min": 20, "password_max": 20}}}
	result, err := suite.On(t.Context(), sandboxtest.Start(t), v, nil)
	if err != nil {
		t.Fatal(err)
	}
	traces := map[string]int{}
	for _, o := range result.Outcomes {
		if slices.ContainsFunc(o.Evidence, func(name string) bool { return path.Base(name) == "trace.zip" }) {
			traces[o.Driver]++
		} else if o.Verdict == runner.Failed {
			t.Errorf("%s %s failed without a trace: %v", o.Driver, o.ID(), o.Evidence)
		}
	}
	if traces["pc"] == 0 || traces["iphone"] == 0 {
		t.Errorf("traces: %v", traces)
	}
	reportsWithoutSecrets(t, dir, time.Time{})
}

func TestASecretInAReportIsFound(t *testing.T) {
	for text, want := range map[string]int{
		"4242 4200 0001 0017": 1, "「420000010017」": 1, "Secret-2026": 1, "セキュリティコードは「123」": 1,
		`"pin": "2580",`: 1, "暗証番号に「2580": 1, "暗証番号は4桁": 0, "123回": 0, "": 0,
	} {
		if found := leaks(t, text); len(found) != want {
			t.Errorf("%q: %q, want %d", text, found, want)
		}
	}
}
