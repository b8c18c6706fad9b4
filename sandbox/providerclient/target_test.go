package providerclient_test

import (
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"example.com/netanswer/mocks/outbound"
	"example.com/netanswer/sandbox/providerclient"
)

func TestAddressesOfProviders(t *testing.T) {
	for _, tt := range []struct {
		sms, mail string
		ok        bool
	}{
		{"http://AC{world}:token@127.0.0.1:8091", "smtp://{world}:x@127.0.0.1:1025", true},
		{"https://ACmine:token@sms.example:8091/base?from=81", "smtp+starttls://127.0.0.1:25", true},
		{"http://127.0.0.1:8091", "smtp://127.0.0.1", false},
		{"ftp://AC:x@127.0.0.1", "http://127.0.0.1:1025", false},
		{"://", "%", false},
	} {
		if _, err := providerclient.NewSMS(tt.sms, time.Second, outbound.Owner{}); (err == nil) != tt.ok {
			t.Errorf("%s: %v", tt.sms, err)
		} else if err != nil && strings.Contains(err.Error(), "token@") {
			t.Errorf("the error tells the token: %v", err)
		}
		if _, err := providerclient.NewMail(tt.mail, time.Second); (err == nil) != tt.ok {
			t.Errorf("%s: %v", tt.mail, err)
		}
	}
}

func TestAnAddressThatCannotBeReadIsNotRepeated(t *testing.T) {
	for _, address := range []string{"http://ACmine:hush hush@127.0.0.1:8091", "smtp://mine:hush%zz@127.0.0.1:1025", "http://ACmine:hush@127.0.0.1:port"} {
		_, err1 := providerclient.NewSMS(address, time.Second, outbound.Owner{})
		_, err2 := providerclient.NewMail(address, time.Second)
		for _, err := range []error{err1, err2} {
			if err == nil || strings.Contains(err.Error(), "hush") {
				t.Errorf("%v", err)
			}
		}
	}
}

func TestAnSMSIsHandedOverOrRefused(t *testing.T) {
	status, form, user, path := http.StatusCreated, url.Values{}, "", ""
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_ = r.ParseForm() // what cannot be read fails below
		form, path = r.PostForm, r.URL.Path
		user, _, _ = r.BasicAuth()
		w.WriteHeader(status)
		_, _ = io.WriteString(w, `{"code":20503,"message":"Service unavailable"}`) // the client is this test
	}))
	defer server.Close()
	s, err := providerclient.NewSMS(strings.Replace(server.URL, "://", "://AC{world}:token@", 1), time.Second, outbound.Owner{})
	if err != nil {
		t.Fatal(err)
	}
	if err := s.SendSMS(t.Context(), "mine", "090-0000-1001", "パスコード"); err != nil {
		t.Fatal(err)
	}
	if user != "ACmine" || path != "/2010-04-01/Accounts/ACmine/Messages.json" || form.Get("To") != "+819000001001" ||
		form.Get("From") != "SAISON" ||
		form.Get("Body") != "パスコード" {
		t.Errorf("%s %s %v", user, path, form)
	}
	status = http.StatusServiceUnavailable
	if err := s.SendSMS(t.Context(), "mine", "090-0000-1001", "x"); err == nil ||
		!strings.Contains(err.Error(), "20503 Service unavailable") {
		t.Errorf("refused: %v", err)
	}
}

func TestAServerThatDoesNotAnswerIsNotWaitedForLong(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0") // and nobody accepts
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	m, err := providerclient.NewMail("smtp://mine:x@"+l.Addr().String(), 50*time.Millisecond)
	if err != nil {
		t.Fatal(err)
	}
	if err := m.SendMail(t.Context(), "mine", "a@example.jp", []byte("From: b@example.jp\r\n\r\nx")); err == nil {
		t.Error("it was accepted")
	}
	s, err := providerclient.NewSMS("http://ACmine:x@"+l.Addr().String(), 50*time.Millisecond, outbound.Owner{})
	if err != nil {
		t.Fatal(err)
	}
	if err := s.SendSMS(t.Context(), "mine", "090-0000-1001", "x"); err == nil {
		t.Error("it was accepted")
	}
}
