package second_test

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"example.com/netanswer/client"
	"example.com/netanswer/internal/suite"
	"example.com/netanswer/steps/runner"
	"example.com/netanswer/steps/target"
	"example.com/netanswer/test/sandboxtest"
)

// TestOneThatSpeaksOurAPIIsTriedByIt, which the reference backend does.
func TestOneThatSpeaksOurAPIIsTriedByIt(t *testing.T) {
	s := sandboxtest.Start(t)
	file := filepath.Join(t.TempDir(), "target.yaml")
	text := strings.NewReplacer("%member%", s.MemberURL, "%console%", s.ConsoleURL).Replace(`api: "%member%"
instances: [{world: qa1}, {world: qa2}, {world: qa3}]
providers: {world: "{world}", console: "%console%"}
reset: {method: DELETE, url: "%console%/api/worlds/{world}"}
clock: {method: PATCH, url: "%console%/api/worlds/{world}/clock", body: '{"now": "{now}", "running": false}'}
can: [sms, email, call, faults]
assumes: {a-06: true, a-07: true, a-08: true, a-10: true, a-14: true, a-15: true, a-19: true}
members:
  - called: 花子さん
  - called: 正さん
`)
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	result, err := suite.Verify(
		t.Context(),
		suite.Options{Target: file, Select: runner.Selection{Rules: []string{"p34", "p35", "a-15"}}},
		nil,
		io.Discard,
	)
	if err != nil {
		t.Fatal(err)
	}
	for _, o := range result.Outcomes {
		if o.Verdict == runner.Failed {
			t.Errorf("%s %s: %s", o.ID(), o.Name, o.Err)
		}
	}
	if got := result.Count(runner.Passed); got < 40 {
		t.Errorf("%d are green, want 40 at least", got)
	}
}

// TestWalksGoAtATarget, as far as it says what it can be asked; by the API in a moment.
func TestWalksGoAtATarget(t *testing.T) {
	s := sandboxtest.Start(t)
	file := filepath.Join(t.TempDir(), "target.yaml")
	text := strings.NewReplacer("%member%", s.MemberURL, "%console%", s.ConsoleURL).Replace(`api: "%member%"
instances: [{world: qa1}, {world: qa2}]
providers: {world: "{world}", console: "%console%"}
reset: {method: DELETE, url: "%console%/api/worlds/{world}"}
clock: {method: PATCH, url: "%console%/api/worlds/{world}/clock", body: '{"now": "{now}", "running": false}'}
can: [sms, email, call]
assumes: {a-03: true, a-06: true, a-07: true, a-08: true, a-14: true, a-20: true}
members: [{called: 花子さん}, {called: 安奈さん}, {called: 正さん}, {called: 美咲さん}]
`)
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	var said strings.Builder
	results, err := suite.Walks(t.Context(), suite.Options{Target: file, Walks: 30, Seed: 1}, &said, io.Discard)
	if err != nil || len(results) != 1 || results[0].Steps < 500 {
		t.Errorf("%v\n%s", err, said.String())
	}
	text = text[:strings.Index(text, "clock:")] + text[strings.Index(text, "can:"):]
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := suite.Walks(t.Context(), suite.Options{Target: file, Walks: 1, Seed: 1}, io.Discard, io.Discard); err == nil {
		t.Error("walks were gone without a clock")
	}
}

// TestAnAdapterOrClaimsTellWhatArrived: the implementation names no world of ours.
func TestAnAdapterOrClaimsTellWhatArrived(t *testing.T) {
	tr := secondImplementation(t)
	base := startSecond(t, sandboxtest.Node(t), tr.providers, "nobody", "", nobodysAccount, nobodysUser)
	_, tail, _ := strings.Cut(tr.text, "\nweb:")
	tr.text = strings.ReplaceAll("web:"+tail, "{base}", base)
	controls := client.New(tr.providers.ConsoleURL)
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
		result, log, err := tr.change(`world: "{world}"`, way).
			change("can: [sms, email, call, faults]", "can: [sms, email]").
			try(runner.Selection{Rules: []string{"p34-3"}, Names: []string{"正しいパスコードで", "違うパスコードでは"}}, "")
		if err != nil || !result.OK() || result.Count(runner.Passed) < 2 {
			t.Errorf("by %s: %v\n%s", way, err, log)
		}
	}
}
