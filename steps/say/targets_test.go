package say_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"example.com/netanswer/steps/say"
)

// TestWhatIsWrongWithATargetIsToldInEnglish reads the sources of what a target.yaml is
// refused with.
func TestWhatIsWrongWithATargetIsToldInEnglish(t *testing.T) {
	told := regexp.MustCompile(`(?:Errorf\(|errors\.New\(|Sprintf\(|r\.say\([^"]*(?:"[^"]*"[^"]*?)?|said := )"((?:[^"\\]|\\.)*)"`)
	values := regexp.MustCompile(`%[a-z]`)
	files, err := filepath.Glob("../target/*.go")
	if err != nil || len(files) == 0 {
		t.Fatal(err)
	}
	found := 0
	for _, file := range files {
		source, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if strings.HasSuffix(file, "_test.go") || strings.HasSuffix(file, "keys.go") {
			continue
		}
		for _, m := range told.FindAllStringSubmatch(string(source), -1) {
			if !japanese.MatchString(m[1]) || strings.HasSuffix(m[1], "まで") { // beside a reason of its own
				continue
			}
			found++
			filled := "target.yaml:7: " + values.ReplaceAllString(strings.ReplaceAll(m[1], "%d", "7"), "x")
			if got := say.English.Translate(filled); japanese.MatchString(strings.ReplaceAll(got, "花子さん", "")) {
				t.Errorf("%s: %q becomes %q", file, m[1], got)
			}
		}
	}
	if found < 40 {
		t.Errorf("only %d sentences were found", found)
	}
}

// TestTheDoctorIsToldInEnglish reads what `verify doctor` tells and advises.
func TestTheDoctorIsToldInEnglish(t *testing.T) {
	literal := regexp.MustCompile(`"((?:[^"\\\n]|\\.)*)"`)
	values := regexp.MustCompile(`%[a-z]`)
	quoted := regexp.MustCompile(`「[^」]*」|\{[^}]*\}|\S+さん|^(?:入力|セゾンPortal|、)$`)
	found := 0
	for _, file := range []string{"../external/examine.go", "../external/rounds.go", "../external/send.go"} {
		source, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(string(source)) {
			if strings.Contains(line, "language.Of(") { // both stand there
				continue
			}
			for _, m := range literal.FindAllStringSubmatch(line, -1) {
				if !japanese.MatchString(quoted.ReplaceAllString(m[1], "")) {
					continue
				}
				found++
				filled := strings.ReplaceAll(values.ReplaceAllString(strings.ReplaceAll(m[1], "%d", "7"), "x"), "%w", "x")
				if strings.HasPrefix(filled, "への") { // whom it is to stands before
					filled = "x" + filled
				} else if strings.HasSuffix(filled, " ") {
					filled += "x"
				}
				if got := say.English.Translate(filled); japanese.MatchString(quoted.ReplaceAllString(got, "")) {
					t.Errorf("%s: %q becomes %q", file, m[1], got)
				}
			}
		}
	}
	if found < 30 {
		t.Errorf("only %d sentences were found", found)
	}
}
