package external_test

import (
	"fmt"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"

	"example.com/netanswer/steps/driver"
	"example.com/netanswer/steps/external"
	"example.com/netanswer/steps/say"
	"example.com/netanswer/steps/target"
)

// foreignWords are two words of English in a row, which nobody reads in a run that is
// told in Japanese.
var foreignWords = regexp.MustCompile(`[a-z]{3,} [a-z]{3,}`)

// TestAConsoleThatIsOffIsToldInJapanese: the providers of a target do not run.
func TestAConsoleThatIsOffIsToldInJapanese(t *testing.T) {
	off := httptest.NewServer(nil)
	off.Close()
	it := newTheirs(t)
	text := "web: " + it.url + "/\nproviders: {console: " + off.URL + ", world: mine}\n" +
		"members: [{called: 花子さん, card: \"4242420000010017\", expiry: 11/35, code: \"123\", phone: 090-0000-1001}]\n"
	read, err := target.Read("target.yaml", []byte(text), func(string) (string, bool) { return "", false })
	if err != nil {
		t.Fatal(err)
	}
	outcome := try(t, read, nil, "前提 花子さんがホームページを開いている")[0]
	told := map[string]string{"the scenario": say.Japanese.Failure(outcome.Err)}

	environment, err := external.New(read, now)
	if err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	same := func(text string) string { return text }
	environment.Examine(t.Context(), &out, same, false, say.Japanese, func(string) (driver.Driver, error) { return idle{}, nil })
	told["the doctor"] = out.String()
	told["the run"] = say.Japanese.Failure(fmt.Sprint(environment.Ready(t.Context())))

	for who, text := range told {
		if !strings.Contains(text, "につながりません") || foreignWords.MatchString(strings.ReplaceAll(text, "netanswer serve -only providers", "")) {
			t.Errorf("%s says %q", who, text)
		}
	}
}
