package server_test

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"example.com/netanswer/client"
	"example.com/netanswer/sandbox/providerclient"
	"example.com/netanswer/sandbox/server"
	"example.com/netanswer/test/sandboxtest"
)

func TestTheCoreSystemIsServedAndTold(t *testing.T) {
	t.Parallel()
	s, _ := sandboxtest.Controlled(t, func(c *server.Config) {
		c.Issuer = "http://bank:a-password@127.0.0.1:1/base"
		c.IssuerRetry = providerclient.RetryPolicy{
			Try:      time.Second,
			Total:    2 * time.Second,
			Retries:  3,
			Wait:     time.Millisecond,
			Failures: 4,
			Rest:     time.Minute,
		}
	})
	for path, says := range map[string]string{"/issuer/v1/openapi.json": `"openapi":"3.1.0"`, "/issuer/v1/docs/": "/issuer/v1/openapi.json", "/issuer/v1/x": `"code":"not_found"`,
		"/2010-04-01/x": `"code":20404`} {
		if _, body := sandboxtest.Fetch(t, s.RESTURL+path, ""); !strings.Contains(body, says) {
			t.Errorf("%s does not say %s: %.300s", path, says, body)
		}
	}
	_, body := sandboxtest.Fetch(t, s.ConsoleURL+"/api/providers", "")
	var told struct{ Issuer json.RawMessage }
	if err := json.Unmarshal([]byte(body), &told); err != nil {
		t.Fatal(err)
	}
	const want = `{"address":"http://bank:xxxxx@127.0.0.1:1/base","try":"1s","question":"2s","retries":3,"wait":"1ms","failures":4,"rest":"1m0s"}`
	if string(told.Issuer) != want {
		t.Errorf("%s, want %s", told.Issuer, want)
	}
	own := sandboxtest.Start(t)
	if _, body := sandboxtest.Fetch(t, own.ConsoleURL+"/api/providers", ""); strings.Contains(body, `"issuer"`) {
		t.Errorf("one in process is told: %s", body)
	}
}

func TestOnlyProviders(t *testing.T) {
	s, controls := sandboxtest.Controlled(t, func(c *server.Config) { c.Only = server.OnlyProviders })
	if s.MemberURL != "" || slices.ContainsFunc(s.Listeners(), func(l server.Listener) bool { return l.Name == "member" }) {
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
	if status, body := sandboxtest.Fetch(t, s.ConsoleURL+"/", ""); status != http.StatusOK || strings.Contains(body, "会員の画面をひらく") {
		t.Errorf("console: %d %.300s", status, body)
	}
	if told, err := controls.Providers(t.Context()); err != nil || told.REST != s.RESTURL || told.SMTP != s.SMTP || told.IMAP != s.IMAP ||
		told.SMPP != s.SMPP ||
		told.SIP != s.SIP() {
		t.Errorf("%+v %v", told, err)
	}
	onlyTelephone(t, s, controls)
}

// onlyTelephone calls where no backend of ours is: by SIP, and a foreign backend
// decides what is heard.
func onlyTelephone(t *testing.T, s *server.Sandbox, controls *client.Client) {
	t.Helper()
	ctx := t.Context()
	if err := controls.PlanFaults(ctx, "mine", client.ProviderCall, client.Fault{Kind: "busy"}); err != nil {
		t.Fatal(err)
	}
	invite := "INVITE sip:0120000111@mine.localhost SIP/2.0\r\nVia: SIP/2.0/TCP 127.0.0.1:9;branch=z9hG4bKonly\r\nFrom: <sip:0300001009@x>;tag=1\r\nTo: <sip:0120000111@x>\r\n" +
		"Call-ID: only\r\nCSeq: 1 INVITE\r\nContact: <sip:0300001009@127.0.0.1:9;transport=tcp>\r\nContent-Type: application/sdp\r\n"
	offer := "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio 9 RTP/AVP 0\r\n"
	if err := sandboxtest.Answers(s.SIP(), fmt.Sprintf("%sContent-Length: %d\r\n\r\n%s", invite, len(offer), offer), "SIP/2.0 486"); err != nil {
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
