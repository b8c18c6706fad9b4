package server_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"example.com/netanswer/client"
	"example.com/netanswer/mocks/outbound"
	"example.com/netanswer/sandbox/server"
	"example.com/netanswer/test/sandboxtest"
)

// TestEveryHandlerIsGuarded sends what a page elsewhere could make a browser send to
// every HTTP listener.
func TestEveryHandlerIsGuarded(t *testing.T) {
	t.Parallel()
	s := sandboxtest.Start(t)
	for _, target := range []struct{ method, url string }{
		{"POST", s.RESTURL + "/2010-04-01/Accounts/ACmine/Messages.json"},
		{"POST", s.RESTURL + "/issuer/v1/card-verifications"},
		{"GET", s.RESTURL + "/2010-04-01/Accounts/ACmine/Messages.json"},
		{"POST", s.MemberURL + "/api/registrations"}, // without a body
		{"DELETE", s.MemberURL + "/api/sessions/current"},
		{"POST", s.MemberURL + "/login"},
		{"POST", s.MemberURL + "/app/start"},
		{"DELETE", s.ConsoleURL + "/api/worlds/default"},
		{"GET", s.ConsoleURL + "/api/worlds/mine/sms/wait?within=1s"},
		{"POST", s.ConsoleURL + "/worlds/default/delete"},
	} {
		for _, header := range [][2]string{{"Sec-Fetch-Site", "cross-site"}, {"Sec-Fetch-Site", "same-site"}, {"Origin", "http://evil.example"}, {"Origin", "null"}} {
			status, _, text := ask(t, target.method, target.url, func(r *http.Request) { r.Header.Set(header[0], header[1]) })
			if status != 403 {
				t.Errorf("%s %s with %v: %d %.200s", target.method, target.url, header, status, text)
			}
		}
		status, _, _ := ask(t, target.method, target.url, func(r *http.Request) { r.Host = "evil.example" })
		if status != http.StatusMisdirectedRequest {
			t.Errorf("%s %s as another host: %d", target.method, target.url, status)
		}
	}
	for _, target := range []string{s.RESTURL + "/2010-04-01/Accounts/ACmine/Messages.json", s.ConsoleURL + "/api/worlds"} {
		if status, _, _ := ask(t, "POST", target, func(r *http.Request) { r.Header.Set(outbound.Header, "1") }); status != 403 {
			t.Errorf("%s as a call-back: %d", target, status)
		}
	}
	status, _, _ := ask(t, "GET", s.ConsoleURL+"/", func(r *http.Request) {
		r.Header.Set("Sec-Fetch-Site", "cross-site")
		r.Header.Set("Sec-Fetch-Mode", "navigate")
	})
	if status != 200 {
		t.Errorf("a link to the console: %d", status)
	}
	status, _, text := ask(t, "POST", s.MemberURL+"/api/registrations", func(r *http.Request) {
		r.Header.Set("Sec-Fetch-Site", "same-site")
		r.Header.Set("Origin", "http://localhost:3000")
	})
	if status != 201 {
		t.Errorf("a frontend on this machine: %d %s", status, text)
	}
}

// TestACallBackNeverGoesToTheSandboxItself names each of the sandbox's listeners as
// where a status call-back goes.
func TestACallBackNeverGoesToTheSandboxItself(t *testing.T) {
	t.Parallel()
	s, c := sandboxtest.Controlled(t, func(c *server.Config) { c.CallBackHosts = []string{"0.0.0.0/0"} })
	told := make(chan struct{}, 10)
	other := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { told <- struct{}{} }))
	t.Cleanup(other.Close)
	for _, address := range []string{s.ConsoleURL + "/worlds/mine/delete", s.RESTURL, s.MemberURL, "http://" + s.SMTP, "http://" + s.SIP(),
		strings.Replace(s.ConsoleURL, "127.0.0.1", "any.localhost", 1) + "/worlds/mine/delete", other.URL} {
		form := url.Values{"To": {"+819000001001"}, "From": {"SAISON"}, "Body": {"hello"}, "StatusCallback": {address}}
		answer, err := http.PostForm(
			strings.Replace(s.RESTURL, "://", "://ACmine:token@", 1)+"/2010-04-01/Accounts/ACmine/Messages.json",
			form,
		)
		if err != nil {
			t.Fatal(err)
		}
		want := http.StatusBadRequest
		if address == other.URL {
			want = http.StatusCreated
		}
		if answer.Body.Close() != nil || answer.StatusCode != want {
			t.Errorf("%s: %s, want %d", address, answer.Status, want)
		}
		if err := c.SetVoice(t.Context(), "mine", client.Voice{URL: address}); (err != nil) != (want == http.StatusBadRequest) {
			t.Errorf("a voice webhook at %s: %v", address, err)
		}
	}
	<-told
}
