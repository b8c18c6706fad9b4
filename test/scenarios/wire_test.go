package scenarios_test

import (
	"bytes"
	"fmt"
	"net/http"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"example.com/netanswer/client"
	"example.com/netanswer/internal/suite"
	"example.com/netanswer/sandbox/providerclient"
	"example.com/netanswer/sandbox/server"
	"example.com/netanswer/steps/runner"
	"example.com/netanswer/test/sandboxtest"
)

// TestScenariosOverTheWire proves the same promises with a backend that sends
// its SMS by Twilio's REST and its mail by SMTP, answers calls by a voice
// webhook and asks the issuer over HTTP. It asks once, so that one planned fault is one that a member notices, and for
// ever, since a scenario may plan many.
func TestScenariosOverTheWire(t *testing.T) {
	s, controls := sandboxtest.Controlled(t, func(c *server.Config) {
		c.REST, c.SMTP = sandboxtest.Free(t), sandboxtest.Free(t)
		c.SMSGateway = "http://AC{world}:token@" + c.REST
		c.MailServer = "smtp+starttls://{world}:password@" + c.SMTP
		c.ProviderTimeout = time.Second
		c.Issuer = "http://" + c.REST
		c.IssuerRetry = providerclient.RetryPolicy{Try: time.Second, Total: time.Second, Rest: time.Second}
		c.Member, c.VoiceToken = sandboxtest.Free(t), "a-token-of-the-tests"
		c.VoiceWebhook = "http://AC{world}:" + c.VoiceToken + "@" + c.Member + "/voice/{world}"
	})
	var log bytes.Buffer
	result, err := suite.On(
		t.Context(),
		s,
		suite.Options{Drivers: []string{"api"}, Out: filepath.Join(sandboxtest.Reports(t), "wire")},
		&log,
	)
	if err != nil {
		t.Fatalf("%v\n%s", err, log.String())
	}
	for _, o := range result.Outcomes {
		if o.Verdict != runner.Passed {
			t.Run(fmt.Sprintf("%s/%s", o.ID(), o.Name), func(t *testing.T) { t.Errorf("%s: %v", o.Verdict, o.Err) })
		}
	}
	if len(result.Outcomes) < 100 {
		t.Errorf("only %d scenarios", len(result.Outcomes))
	}
	// They did go over the wire.
	register(t, s, "wired")
	found, err := controls.AwaitSMS(t.Context(), "wired", "090-0000-1001", "", 5*time.Second)
	if err != nil || found.Account != "ACwired" {
		t.Errorf("%+v %v", found, err)
	}
	if call, err := controls.PlaceCall(t.Context(), "wired", client.Dial{From: "03-0000-1009", Listen: "all"}); err != nil ||
		!redirected(call) {
		t.Errorf("%+v %v", call, err)
	}
	// So do the questions: a planned fault is told by both ends.
	if err := controls.PlanFaults(t.Context(), "asked", client.ProviderIssuer, client.Fault{Kind: "refuse", Times: 1}); err != nil {
		t.Fatal(err)
	}
	l := sandboxtest.Caller{World: "asked"}
	var r struct{ ID string }
	if err := l.Do(http.MethodPost, s.MemberURL+"/api/registrations", "", &r); err != nil {
		t.Fatal(err)
	}
	if err := l.Do(http.MethodPut, s.MemberURL+"/api/registrations/"+r.ID+"/form", sandboxtest.HanakosForm, &r); err == nil {
		t.Error("the fault was not noticed")
	}
	events, err := controls.Timeline(t.Context(), "asked")
	var told []string
	for _, e := range events {
		if e.Kind == "fault" {
			told = append(told, e.What)
		}
	}
	want := []string{"issuer の障害の計画: refuse×1", "fault as planned: refuse", "カードの確認: 発行元が受け付けませんでした（HTTP 503）"}
	if diff := cmp.Diff(want, told); err != nil || diff != "" {
		t.Errorf("%v (-want +got):\n%s", err, diff)
	}
}

// redirected tells whether the backend was asked over the wire how a call goes on.
func redirected(c client.Call) bool {
	return slices.ContainsFunc(c.Transcript, func(l client.Leg) bool { return l.What == "redirect" })
}

// register brings 花子さん to her passcode.
func register(t *testing.T, s *server.Sandbox, world string) {
	t.Helper()
	l := sandboxtest.Caller{World: world}
	var r struct{ ID string }
	registrations := s.MemberURL + "/api/registrations"
	for _, step := range []struct{ method, path, body string }{
		{http.MethodPost, "", ""},
		{http.MethodPut, "/%s/form", sandboxtest.HanakosForm},
		{http.MethodPost, "/%s/identity-check", ""},
	} {
		if err := l.Do(step.method, registrations+strings.Replace(step.path, "%s", r.ID, 1), step.body, &r); err != nil {
			t.Fatal(err)
		}
	}
}
