package twiml_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"example.com/netanswer/mocks/ivr/twiml"
	"example.com/netanswer/mocks/outbound"
)

// The example of Twilio's documentation on validating requests.
func TestSignatureIsTwilios(t *testing.T) {
	form := url.Values{
		"CallSid": {"CA1234567890ABCDE"},
		"Caller":  {"+12349013030"},
		"Digits":  {"1234"},
		"From":    {"+12349013030"},
		"To":      {"+18005551212"},
	}
	if got := twiml.Signature("12345", "https://mycompany.com/myapp.php?foo=1&bar=2", form); got != "0/KCTR6DLpKmkAf8muzZqo1nDgQ=" {
		t.Error(got)
	}
}

func TestAWebhookIsTold(t *testing.T) {
	var told url.Values
	var signature, path string
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_ = r.ParseForm() // an empty form shows below
		told, signature, path = r.PostForm, r.Header.Get("X-Twilio-Signature"), r.URL.RequestURI()
		w.Header().Set("Content-Type", "text/xml")
		_, _ = w.Write([]byte(`<Response><Hangup/></Response>`)) // a caller who is gone shows below
	}))
	defer server.Close()
	hook := twiml.Webhook{URL: server.URL + "/voice", Account: "AC1", AuthToken: "secret"}
	script, err := twiml.NewTeller(outbound.NewRules().Client(twiml.Timeout)).
		Ask(t.Context(), hook, twiml.Call{SID: "CA1", From: "03-0000-1009", To: "0120-000111"}, "next?a=b", "42")
	if err != nil || len(script) != 1 {
		t.Fatal(script, err)
	}
	if path != "/next?a=b" || told.Get("From") != "+81300001009" || told.Get("To") != "+81120000111" || told.Get("Digits") != "42" {
		t.Errorf("told %s: %v", path, told)
	}
	if want := twiml.Signature("secret", server.URL+path, told); signature != want {
		t.Errorf("signature %q, want %q", signature, want)
	}
	if _, err := twiml.NewTeller(outbound.NewRules().Client(twiml.Timeout)).Ask(t.Context(), hook, twiml.Call{From: "03-0000-1009",
		Withheld: true}, "", ""); err != nil ||
		told.Get("From") != "anonymous" ||
		told.Has("Digits") {
		t.Errorf("withheld: %v %v", told, err)
	}
	if _, err := twiml.NewTeller(outbound.NewRules().Client(twiml.Timeout)).Ask(t.Context(), hook, twiml.Call{SID: "CA1",
		From: "03-0000-1009"}, "GET /g?a=b", "7"); err != nil ||
		!strings.HasPrefix(path, "/g?a=b&") ||
		!strings.Contains(path, "Digits=7") {
		t.Errorf("by GET: %v, %s", err, path)
	}
	if want := twiml.Signature("secret", server.URL+path, nil); signature != want { // the query is signed as well
		t.Errorf("by GET, signature %q, want %q", signature, want)
	}
	if _, err := twiml.NewTeller(outbound.NewRules().Client(twiml.Timeout)).Ask(t.Context(), hook, twiml.Call{}, "http://elsewhere.example/", "1"); err == nil ||
		!strings.Contains(err.Error(), "host") {
		t.Errorf("an action elsewhere: %v", err)
	}
}

func TestAWebhookThatDoesNotAnswerAsItShould(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/error":
			w.WriteHeader(http.StatusInternalServerError)
		case "/redirect":
			http.Redirect(w, r, "/ok", http.StatusFound)
		case "/json":
			w.Header().Set("Content-Type", "application/json")
		case "/endless":
			w.Header().Set("Content-Type", "text/xml")
			for range 1000 {
				if _, err := w.Write([]byte("<Response>" + strings.Repeat(" ", 1024))); err != nil {
					return // as it should: nobody reads on
				}
			}
		}
	}))
	defer server.Close()
	for path, want := range map[string]string{"/error": "500", "/redirect": "not followed", "/json": "application/json", "/endless": "longer than"} {
		_, err := twiml.NewTeller(outbound.NewRules().Client(twiml.Timeout)).
			Ask(t.Context(), twiml.Webhook{URL: server.URL + path}, twiml.Call{}, "", "")
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %q", path, err, want)
		}
	}
}

func TestWhereNobodyCanBeTold(t *testing.T) {
	for address, ok := range map[string]bool{
		"http://127.0.0.1:3000/voice": true, "https://example.com/": true, "": false, "/voice": false, "ftp://example.com/": false,
		"http://a:b@example.com/": false, "http://example.com/#a": false, "http:///voice": false, "http://example.com/" + strings.Repeat("a", 2048): false,
	} {
		if err := (twiml.Webhook{URL: address}).Check(); (err == nil) != ok {
			t.Errorf("%.50s: %v", address, err)
		}
	}
}
