package scenarios_test

import (
	"strings"
	"testing"

	"example.com/netanswer/fixtures"
	"example.com/netanswer/internal/suite"
)

// TestNoScenarioNamesWhatIsAMembers: a target may have members of its own, and a
// scenario that writes the number of one of ours would then try nothing. It says
// whose it is. What only the sandbox is asked has our members.
func TestNoScenarioNamesWhatIsAMembers(t *testing.T) {
	all, err := suite.Scenarios("")
	if err != nil {
		t.Fatal(err)
	}
	theirs := ofMembers(t)
	for _, sc := range all {
		if sc.OfSandbox() || sc.OfProvider() {
			continue
		}
		for _, step := range sc.Steps {
			text := step.Text + " " + step.Doc
			for _, row := range step.Rows {
				text += " " + strings.Join(row, " ")
			}
			for value, whose := range theirs {
				bare := strings.ReplaceAll(text, "-", "")
				if strings.Contains(text, value) || strings.Contains(bare, value) && !strings.Contains(value, "@") {
					t.Errorf("%s:%d: %s is of %s: %s", sc.File, step.Line, value, whose, step.Text)
				}
			}
		}
	}
}

// ofMembers are the numbers and addresses of our members, without hyphens, and
// whose they are.
func ofMembers(t *testing.T) map[string]string {
	t.Helper()
	members, _, err := fixtures.Members()
	if err != nil {
		t.Fatal(err)
	}
	theirs := map[string]string{}
	for _, m := range members {
		for _, value := range []string{m.Phone, m.Email} {
			if value != "" {
				theirs[strings.ReplaceAll(value, "-", "")] = m.Called
			}
		}
		for _, c := range m.Cards {
			theirs[c.Number] = m.Called
		}
	}
	return theirs
}
