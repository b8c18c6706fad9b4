package second_test

import (
	"bufio"
	"encoding/json"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"example.com/netanswer/fixtures"
	"example.com/netanswer/sandbox/server"
	"example.com/netanswer/test/sandboxtest"
)

// The second implementation as a process: how it starts, what its hooks refuse,
// how it ends, and that its data are the suite's.

// ask sends a request to the second implementation and returns what came.
func ask(t *testing.T, method, address, media, body string) (status int, kind, said string) {
	t.Helper()
	q, err := http.NewRequestWithContext(t.Context(), method, address, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	q.Header.Set("Content-Type", media)
	answer, err := http.DefaultClient.Do(q)
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	if err := answer.Body.Close(); err != nil {
		t.Fatal(err)
	}
	return answer.StatusCode, answer.Header.Get("Content-Type"), string(text)
}

func TestTheSecondImplementationsHooksRefuseInWords(t *testing.T) {
	t.Parallel()
	base := startSecond(t, sandboxtest.Node(t), &server.Sandbox{}, "hooks", "")
	const asJSON, asForm = "application/json", "application/x-www-form-urlencoded"
	card := func(number string) string {
		return `{"members":[{"name":"試験 太郎","cards":[{"number":"` + number + `","expiry":"01/33","security_code":"123"}]}]}`
	}
	for name, tt := range map[string]struct {
		method, path, media, body string
		status                    int
		detail                    string // "" where it is no refusal
	}{
		"its own members":           {"POST", "/hooks/reset", asJSON, `{"members":[]}`, 204, ""},
		"no members named":          {"POST", "/hooks/reset", asJSON, `{}`, 204, ""},
		"a member of the test's":    {"POST", "/hooks/reset", asJSON, card("4242420000019992"), 204, ""},
		"a moment":                  {"PUT", "/hooks/clock", asJSON, `{"now":"2026-11-24T10:00:00+09:00"}`, 204, ""},
		"the clock running again":   {"DELETE", "/hooks/clock", asJSON, ``, 204, ""},
		"a body that is no JSON":    {"POST", "/hooks/reset", asJSON, `{"members":[4242420000010017`, 400, "the body is no JSON"},
		"a body that is a list":     {"POST", "/hooks/reset", asJSON, `[]`, 400, "the body is no object"},
		"a form":                    {"POST", "/hooks/reset", asForm, `members=`, 415, "application/json is wanted"},
		"a field nobody knows":      {"POST", "/hooks/reset", asJSON, `{"member":[]}`, 422, "member is unknown"},
		"a member without cards":    {"POST", "/hooks/reset", asJSON, `{"members":[{"name":"a"}]}`, 422, "members[0].cards is missing"},
		"a card that is no test's":  {"POST", "/hooks/reset", asJSON, card("4111111111111111"), 422, "members[0].cards[0].number is no test card"},
		"a time of day":             {"PUT", "/hooks/clock", asJSON, `{"now":"10:00"}`, 422, "now is a moment by RFC 3339"},
		"a month that is none":      {"PUT", "/hooks/clock", asJSON, `{"now":"2026-13-24T10:00:00Z"}`, 422, "now is a moment by RFC 3339"},
		"a clock without a moment":  {"PUT", "/hooks/clock", asJSON, `{}`, 422, "now is a moment by RFC 3339"},
		"a hook that is asked for":  {"GET", "/hooks/clock", asJSON, ``, 405, ""},
		"a hook that there is none": {"POST", "/hooks/world", asJSON, `{}`, 404, ""},
		"more than it reads":        {"POST", "/hooks/reset", asJSON, `{"members":"` + strings.Repeat("a", 70_000) + `"}`, 413, "more than 65536 bytes"},
		"a call that is not signed": {"POST", "/voice", asForm, `From=%2B81300001009`, 403, "the signature is wrong"},
	} {
		t.Run(name, func(t *testing.T) {
			status, media, said := ask(t, tt.method, base+tt.path, tt.media, tt.body)
			if status != tt.status {
				t.Fatalf("returned %d, want %d: %s", status, tt.status, said)
			}
			if status < 300 {
				return
			}
			var problem struct {
				Type, Title, Detail string
				Status              int
			}
			if err := json.Unmarshal([]byte(said), &problem); err != nil || media != "application/problem+json" {
				t.Fatalf("%s is no problem of RFC 9457: %v", media, err)
			}
			if problem.Type != "about:blank" || problem.Title != http.StatusText(tt.status) &&
				tt.status != http.StatusRequestEntityTooLarge && tt.status != http.StatusUnprocessableEntity ||
				problem.Status != tt.status || !strings.Contains(problem.Detail, tt.detail) ||
				strings.Contains(said, "4242420000010017") {
				t.Errorf("says %s, want %q in it", said, tt.detail)
			}
		})
	}
}

func TestTheSecondImplementationSaysThatItIsForTests(t *testing.T) {
	t.Parallel()
	base := startSecond(t, sandboxtest.Node(t), &server.Sandbox{}, "pages", "")
	for _, path := range []string{"/", "/search", "/gate", "/film", "/apply/elsewhere", "/nowhere", "//"} {
		_, _, said := ask(t, http.MethodGet, base+path, "", "")
		for _, want := range []string{"サンドボックス（テスト環境）", `<meta name="robots" content="noindex, nofollow">`} {
			if !strings.Contains(said, want) {
				t.Errorf("%s does not say %s", path, want)
			}
		}
	}
}

// A process that is left alone would stay for ever: closing the pipe that it
// reads from ends it, as the death of whoever holds the other end does.
func TestTheSecondImplementationEndsWithItsPipe(t *testing.T) {
	t.Parallel()
	cmd := exec.CommandContext(t.Context(), sandboxtest.Node(t).Node, "implementation/server.mjs")
	cmd.Env = append(os.Environ(), "PORT=0")
	input, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	output, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	line, err := bufio.NewReader(output).ReadString('\n')
	if err != nil || !strings.HasPrefix(line, "listening http://127.0.0.1:") {
		t.Fatalf("says %q, %v", line, err)
	}
	if err := input.Close(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	late := time.NewTimer(20 * time.Second)
	defer late.Stop()
	select {
	case err := <-ended:
		if err != nil {
			t.Error(err)
		}
	case <-late.C:
		t.Errorf("it goes on without its pipe; ended by force: %v", cmd.Process.Kill())
		<-ended
	}
}

func TestTheSecondImplementationRefusesSettingsItDoesNotKnow(t *testing.T) {
	t.Parallel()
	node := sandboxtest.Node(t).Node
	for setting, want := range map[string]string{"PORT=many": "PORT is a number", "BREAK=everything": "BREAK=everything is unknown", "SMS_URL=nowhere": "SMS_URL is an http address",
		"SMTP_ADDRESS=nowhere": "SMTP_ADDRESS is host:port", "FREE_DIAL=nobody": "FREE_DIAL is a telephone number"} {
		cmd := exec.CommandContext(t.Context(), node, "implementation/server.mjs")
		cmd.Env = append(os.Environ(), setting)
		if said, err := cmd.CombinedOutput(); err == nil || !strings.Contains(string(said), want) {
			t.Errorf("%s: %v, want %q in\n%s", setting, err, want, said)
		}
	}
}

// TestTheSecondImplementationsCardsAreTheFixtures: what it knows of a member is
// what the scenarios know.
func TestTheSecondImplementationsCardsAreTheFixtures(t *testing.T) {
	t.Parallel()
	data, err := os.ReadFile("implementation/members.json")
	if err != nil {
		t.Fatal(err)
	}
	var got []fixtures.Member
	if err := json.Unmarshal(data, &got); err != nil {
		t.Fatal(err)
	}
	want, _, err := fixtures.Members()
	if err != nil {
		t.Fatal(err)
	}
	for i := range want { // what means nothing in the web registration is left out
		want[i].For = ""
		for k := range want[i].Cards {
			c := &want[i].Cards[k]
			*c = fixtures.Card{
				Number:       c.Number,
				Status:       c.Status,
				Product:      c.Product,
				Expiry:       c.Expiry,
				SecurityCode: c.SecurityCode,
				Points:       c.Points,
				Account:      c.Account,
			}
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("members.json (-fixtures +second):\n%s", diff)
	}
	terms, err := fixtures.Terms()
	if err != nil {
		t.Fatal(err)
	}
	theirs, err := os.ReadFile("implementation/terms.txt")
	if err != nil || string(theirs) != terms {
		t.Errorf("terms.txt differs from the fixtures': %v", err)
	}
}

// TestEveryBreakIsCarriedOutAndTiedToARule: a name in the list that no line asks
// for would break nothing.
func TestEveryBreakIsCarriedOutAndTiedToARule(t *testing.T) {
	t.Parallel()
	data, err := os.ReadFile("implementation/breaks.json")
	if err != nil {
		t.Fatal(err)
	}
	var breaks []struct {
		Name  string
		Rules []string
	}
	if err := json.Unmarshal(data, &breaks); err != nil {
		t.Fatal(err)
	}
	rules, err := fixtures.Rules()
	if err != nil {
		t.Fatal(err)
	}
	var code strings.Builder
	for _, pattern := range []string{"*.mjs", "pages/*.mjs"} {
		files, err := filepath.Glob(filepath.Join("implementation", pattern))
		if err != nil || len(files) == 0 {
			t.Fatal(pattern, err)
		}
		for _, name := range files {
			text, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			code.Write(text)
		}
	}
	for _, b := range breaks {
		if n := strings.Count(code.String(), "broken('"+b.Name+"')"); n == 0 {
			t.Errorf("nothing is broken by %s", b.Name)
		}
		for _, id := range b.Rules {
			if !slices.ContainsFunc(rules, func(r fixtures.Rule) bool { return r.ID == id }) {
				t.Errorf("%s breaks %s, which is no rule", b.Name, id)
			}
		}
		if len(b.Rules) == 0 {
			t.Errorf("%s breaks no rule", b.Name)
		}
	}
	if len(breaks) < 15 {
		t.Errorf("%d breaks, want 15 at least", len(breaks))
	}
}
