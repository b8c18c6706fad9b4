package main

import (
	"bytes"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"example.com/netanswer/client"
	"example.com/netanswer/sandbox/providerclient"
	"example.com/netanswer/steps/runner"
)

// free is an address that nobody listens on.
func free(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	return l.Addr().String()
}

// TestScenariosOverTheWire proves the same promises with a backend that sends
// its SMS by Twilio's REST and its mail by SMTP, answers calls by a voice
// webhook and asks the issuer over HTTP. It asks once, so that one planned fault is one that a member notices, and for
// ever, since a scenario may plan many.
func TestScenariosOverTheWire(t *testing.T) {
	s, controls := withProviders(t, func(c *config) {
		c.REST, c.SMTP = free(t), free(t)
		c.SMSGateway = "http://AC{world}:token@" + c.REST
		c.MailServer = "smtp+starttls://{world}:password@" + c.SMTP
		c.Patience = time.Second
		c.Issuer = "http://" + c.REST
		c.IssuerRetry = providerclient.RetryPolicy{Try: time.Second, Total: time.Second, Rest: time.Second}
		c.Member, c.VoiceToken = free(t), "a-token-of-the-tests"
		c.VoiceWebhook = "http://AC{world}:" + c.VoiceToken + "@" + c.Member + "/voice/{world}"
	})
	var log bytes.Buffer
	result, err := verify(t.Context(), s, verification{drivers: []string{"api"}, out: filepath.Join(reportsDir(), "wire")}, &log)
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
	if call, err := controls.PlaceCall(t.Context(), "wired", client.Dial{From: "03-0000-1009", Listen: "all"}); err != nil || !redirected(call) {
		t.Errorf("%+v %v", call, err)
	}
	// So do the questions: a planned fault is told by both ends.
	if err := controls.PlanFaults(t.Context(), "asked", client.ProviderIssuer, client.Fault{Kind: "refuse", Times: 1}); err != nil {
		t.Fatal(err)
	}
	l := &load{http: http.DefaultClient, s: s, world: "asked"}
	var r struct{ ID string }
	if err := l.do(http.MethodPost, s.MemberURL+"/api/registrations", "", &r); err != nil {
		t.Fatal(err)
	}
	if err := l.do(http.MethodPut, s.MemberURL+"/api/registrations/"+r.ID+"/form", hanakosForm, &r); err == nil {
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
func register(t *testing.T, s *sandbox, world string) {
	t.Helper()
	l := &load{http: http.DefaultClient, s: s, world: world}
	var r struct{ ID string }
	registrations := s.MemberURL + "/api/registrations"
	for _, step := range []struct{ method, path, body string }{
		{http.MethodPost, "", ""},
		{http.MethodPut, "/%s/form", `{"card_number":"4242420000010017","expiry_month":"11","expiry_year":"35","security_code":"123","net_answer_id":"hanako2026",` +
			`"password":"Secret-2026","password_confirmation":"Secret-2026","email_pc":"hanako@example.jp","terms_agreed":true}`},
		{http.MethodPost, "/%s/identity-check", ""},
	} {
		if err := l.do(step.method, registrations+strings.Replace(step.path, "%s", r.ID, 1), step.body, &r); err != nil {
			t.Fatal(err)
		}
	}
}

func TestOnlyProviders(t *testing.T) {
	s, controls := withProviders(t, func(c *config) { c.Only = onlyProviders })
	if s.MemberURL != "" || s.member != nil {
		t.Error("members are served")
	}
	answer, err := http.PostForm(strings.Replace(s.RESTURL, "://", "://ACmine:token@", 1)+"/2010-04-01/Accounts/ACmine/Messages.json",
		url.Values{"To": {"+819000001001"}, "From": {"x"}, "Body": {"hello"}})
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	if found, err := controls.SMS(t.Context(), "mine", ""); answer.StatusCode != http.StatusCreated || err != nil || len(found) != 1 {
		t.Errorf("%s %+v %v", answer.Status, found, err)
	}
	if status, body := fetch(t, s.ConsoleURL+"/", ""); status != http.StatusOK || strings.Contains(body, "会員の画面をひらく") {
		t.Errorf("console: %d %.300s", status, body)
	}
	if told, err := controls.Providers(t.Context()); err != nil || told.REST != s.RESTURL || told.SMTP != s.SMTP || told.IMAP != s.IMAP || told.SMPP != s.SMPP || told.SIP != s.phone.Addr() {
		t.Errorf("%+v %v", told, err)
	}
	onlyTelephone(t, s, controls)
	var said bytes.Buffer
	greet(&said, s)
	for _, want := range []string{"テスト専用", s.RESTURL, s.SMTP, s.IMAP, s.SMPP, s.phone.Addr(), s.ConsoleURL} {
		if !strings.Contains(said.String(), want) {
			t.Errorf("the greeting does not say %q:\n%s", want, said.String())
		}
	}
}

// onlyTelephone calls where no backend of ours is: by SIP, and a foreign backend
// decides what is heard.
func onlyTelephone(t *testing.T, s *sandbox, controls *client.Client) {
	t.Helper()
	ctx := t.Context()
	if err := controls.PlanFaults(ctx, "mine", client.ProviderCall, client.Fault{Kind: "busy"}); err != nil {
		t.Fatal(err)
	}
	invite := "INVITE sip:0120000111@mine.localhost SIP/2.0\r\nVia: SIP/2.0/TCP 127.0.0.1:9;branch=z9hG4bKonly\r\nFrom: <sip:0300001009@x>;tag=1\r\nTo: <sip:0120000111@x>\r\n" +
		"Call-ID: only\r\nCSeq: 1 INVITE\r\nContact: <sip:0300001009@127.0.0.1:9;transport=tcp>\r\nContent-Type: application/sdp\r\n"
	offer := "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio 9 RTP/AVP 0\r\n"
	if err := answers(s.phone.Addr(), fmt.Sprintf("%sContent-Length: %d\r\n\r\n%s", invite, len(offer), offer), "SIP/2.0 486"); err != nil {
		t.Error(err)
	}
	backend := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/xml")
		_, _ = io.WriteString(w, "<Response><Say>見本の店です</Say></Response>") // a caller who is gone shows below
	}))
	defer backend.Close()
	if err := controls.SetVoice(ctx, "mine", client.Voice{URL: backend.URL}); err != nil {
		t.Fatal(err)
	}
	if _, err := controls.PlaceCall(ctx, "mine", client.Dial{From: "03-0000-1009", Listen: "all"}); err != nil {
		t.Fatal(err)
	}
	calls, err := controls.Calls(ctx, "mine")
	if err != nil || len(calls) != 2 || calls[0].Outcome != "busy" || calls[1].Guidance != "見本の店です" || !calls[1].HeardAll {
		t.Errorf("%+v %v", calls, err)
	}
}
