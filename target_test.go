package main

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"example.com/netanswer/fixtures"
	"example.com/netanswer/steps/control"
	"example.com/netanswer/steps/provision"
	"example.com/netanswer/steps/suite"
	"example.com/netanswer/steps/target"
)

// targetOf reads a file of that text.
func targetOf(t *testing.T, text string) (target.Target, []fixtures.Member) {
	t.Helper()
	file := filepath.Join(t.TempDir(), "target.yaml")
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	read, members, err := readTarget(file)
	if err != nil {
		t.Fatal(err)
	}
	return read, members
}

func TestTheREADMEsTargetsAreReadAlike(t *testing.T) {
	t.Setenv("QA_TOKEN", "token-of-qa")
	var both []target.Target
	for _, name := range []string{"README.md", "README.ja.md"} {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		_, rest, _ := strings.Cut(string(text), "```yaml\nweb:")
		block, _, _ := strings.Cut(rest, "```")
		read, _ := targetOf(t, "web:"+block)
		both = append(both, read)
	}
	if diff := cmp.Diff(both[0], both[1], cmp.AllowUnexported(target.Target{})); diff != "" {
		t.Errorf("README.md and README.ja.md differ (-en +ja):\n%s", diff)
	}
}

func TestATargetThatNamesWhatIsNotThereIsRefused(t *testing.T) {
	const good = "web: http://127.0.0.1:1/\nproviders: {world: qa}\ncan: [sms]\nmembers:\n  - called: 花子さん\n"
	for name, c := range map[string]struct{ text, want string }{
		"a place that nobody types": {good + "addresses: {どこか: /x}\n", "addresses の「どこか」は使えません"},
		"somebody of no card":       {good + "  - called: 一郎さん\n", "members の一郎さんは、この製品の試験用会員にいません"},
	} {
		file := filepath.Join(t.TempDir(), "target.yaml")
		if err := os.WriteFile(file, []byte(c.text), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, _, err := readTarget(file); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: got %v, want %q", name, err, c.want)
		}
	}
}

// TestWhatAScenarioQuotesOfAnotherCardIsNotAsked: its sentence is about ours.
func TestWhatAScenarioQuotesOfAnotherCardIsNotAsked(t *testing.T) {
	read, members := targetOf(t, `web: http://127.0.0.1:1/
providers: {world: qa}
can: [sms]
members:
  - {called: 花子さん, card: "4242429999990017", expiry: 11/35, code: "999", phone: 090-9999-1001, email: hanako@example.jp}
  - {called: 安奈さん}
`)
	strange := literalsOf(read, members)
	for sentence, want := range map[string]string{
		"花子さんが「クレジットカード番号」に「4242-4200-0001-001」を入力する": "カード番号",
		"花子さんのカードは「4242-42**-****-017」と示される":          "カード番号",
		"花子さんに *****1001 にお送りしたと示される":                 "電話番号",
		"花子さんの「セキュリティコード」に「123」が示される":                 "セキュリティコード",
		"花子さんの「永久不滅ポイント」に「12,345 ポイント」が示される":          "ポイント",
		"花子さんに「hanako@example.jp」のメールが届く":             "",
		"花子さんの「有効期限」に「11/35」が示される":                    "",
		"安奈さんが「クレジットカード番号」に「3782-8200-0010-049」を入力する": "",
	} {
		got := quotes(sentence, strange)
		if want == "" && got != "" || !strings.Contains(got, want) {
			t.Errorf("%s: got %q, want %q", sentence, got, want)
		}
	}
	cast := castAbroad(read, members)
	if p := cast["花子さん"]; p.Cards[0].Number != "4242429999990017" || p.Phone != "090-9999-1001" || p.ID != "han-2026" {
		t.Errorf("花子さん is %+v", p)
	}
	if p := cast["安奈さん"]; p.Cards[0].SecurityCode != "4567" {
		t.Errorf("安奈さん is %+v", p)
	}
}

// TestOneThatSpeaksOurAPIIsTriedByIt, which the reference backend does.
func TestOneThatSpeaksOurAPIIsTriedByIt(t *testing.T) {
	s := sandboxFor(t)
	file := filepath.Join(t.TempDir(), "target.yaml")
	text := strings.NewReplacer("%member%", s.MemberURL, "%console%", s.ConsoleURL).Replace(`api: "%member%"
instances: [{world: qa1}, {world: qa2}, {world: qa3}]
providers: {world: "{world}", console: "%console%"}
reset: {method: DELETE, url: "%console%/api/worlds/{world}"}
clock: {method: PATCH, url: "%console%/api/worlds/{world}/clock", body: '{"now": "{now}", "running": false}'}
can: [sms, email, call, faults]
members:
  - called: 花子さん
  - called: 正さん
`)
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	result, err := tryTarget(t.Context(), verification{target: file, choose: suite.Selection{Rules: []string{"p34", "p35", "a-15"}}}, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, o := range result.Outcomes {
		if o.Verdict == suite.Failed {
			t.Errorf("%s %s: %s", o.ID(), o.Name, o.Err)
		}
	}
	if got := result.Count(suite.Passed); got < 40 {
		t.Errorf("%d are green, want 40 at least", got)
	}
}

// TestAnAdapterOrClaimsTellWhatArrived: the implementation names no world of ours.
func TestAnAdapterOrClaimsTellWhatArrived(t *testing.T) {
	tr := secondImplementation(t)
	base := startSecond(t, clients(t, func(c provision.Clients) bool { return c.Node != "" && c.Modules != "" }), tr.providers, "nobody", nobodysAccount, nobodysUser)
	_, tail, _ := strings.Cut(tr.text, "\nweb:")
	tr.text = strings.ReplaceAll("web:"+tail, "{base}", base)
	controls := control.New(tr.providers.ConsoleURL)
	adapter := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		messages := []target.Arrival{}
		if r.URL.Path == "/sms" {
			found, err := controls.SMS(r.Context(), "default", r.URL.Query().Get("to"))
			if err != nil {
				t.Error(err)
			}
			for _, m := range found {
				messages = append(messages, target.Arrival{ID: m.ID, From: m.From, To: m.To, Body: m.Body})
			}
		}
		if err := json.NewEncoder(w).Encode(map[string]any{"messages": messages}); err != nil {
			t.Error(err)
		}
	}))
	defer adapter.Close()
	for _, way := range []string{"claim: qa", "adapter: " + adapter.URL} { // one that keeps what it claimed would take the other's messages
		result, log, err := tr.change(`world: "{world}"`, way).change("can: [sms, email, call, faults]", "can: [sms, email]").try(suite.Selection{Rules: []string{"p34-3"}}, "")
		if err != nil || !result.OK() || result.Count(suite.Skipped) > 0 {
			t.Errorf("by %s: %v\n%s", way, err, log)
		}
	}
}
