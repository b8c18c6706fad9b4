package gateway_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"example.com/netanswer/mocks/fault"
	"example.com/netanswer/mocks/ivr/twiml"
	"example.com/netanswer/mocks/sms/twilio"
	"example.com/netanswer/sandbox/gateway"
	"example.com/netanswer/sandbox/world"
)

// A restClient speaks Twilio's REST by hand, for what its own client hides.
type restClient struct {
	testing.TB
	base, account string
}

func (c restClient) do(method, path string, form url.Values, out any) int {
	c.Helper()
	status, err := c.try(method, path, form, out)
	if err != nil {
		c.Fatal(err)
	}
	return status
}

func (c restClient) try(method, path string, form url.Values, out any) (int, error) {
	q, err := http.NewRequestWithContext(c.Context(), method, c.base+path, strings.NewReader(form.Encode()))
	if err != nil {
		return 0, err
	}
	q.SetBasicAuth(c.account, "token")
	q.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	answer, err := http.DefaultClient.Do(q)
	if err != nil {
		return 0, err
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		return 0, err
	}
	if out != nil {
		if err := json.Unmarshal(body, out); err != nil {
			return 0, fmt.Errorf("%w: %s", err, body)
		}
	}
	return answer.StatusCode, nil
}

type restMessage struct {
	SID, Body, To string
	Status        any // a number where it is an error
	URI           string
	Code          int
	ErrorCode     int `json:"error_code"`
}

func (c restClient) send(to, body string, more ...string) (m restMessage, status int) {
	c.Helper()
	form := url.Values{"To": {to}, "From": {"NETANSWER"}, "Body": {body}}
	for i := 0; i < len(more); i += 2 {
		form.Set(more[i], more[i+1])
	}
	status = c.do("POST", "/2010-04-01/Accounts/"+c.account+"/Messages.json", form, &m)
	return m, status
}

func twilioOf(t testing.TB, g *gateway.Gateway, account string) restClient {
	server := httptest.NewServer(g.Twilio())
	t.Cleanup(server.Close)
	return restClient{t, server.URL, account}
}

func TestAnAccountOfNoWorldReachesWhoClaimedTheNumber(t *testing.T) {
	s, g := open(t)
	if _, err := s.Control().Claim(t.Context(), "mine", "090-0000-1001"); err != nil {
		t.Fatal(err)
	}
	for _, account := range []string{"ACnetanswer", "AC0123456789abcdef0123456789abcdef"} {
		c := twilioOf(t, g, account)
		for to, name := range map[string]string{"090-0000-1001": "mine", "090-0000-1002": "default"} {
			m, status := c.send(to, "for "+name)
			if status != 201 {
				t.Fatalf("%s: %d", to, status)
			}
			snapshot, err := s.Snapshot(t.Context(), name)
			if err != nil {
				t.Fatal(err)
			}
			if found, ok := snapshot.SMS.Latest(to, "", snapshot.Now); !ok || found.Body != "for "+name {
				t.Errorf("%s in %s: %+v", to, name, found)
			}
			var fetched restMessage
			if status := c.do("GET", m.URI, nil, &fetched); status != 200 || fetched.SID != m.SID {
				t.Errorf("fetched: %d %+v", status, fetched)
			}
		}
		var list struct{ Messages []restMessage }
		c.do("GET", "/2010-04-01/Accounts/"+account+"/Messages.json", nil, &list)
		if len(list.Messages) != 2 {
			t.Errorf("%s: %d listed, want what it sent itself", account, len(list.Messages))
		}
	}
	mine, err := s.Snapshot(t.Context(), "mine")
	if err != nil {
		t.Fatal(err)
	}
	if len(mine.SMS.Messages) != 2 {
		t.Errorf("%d in the world", len(mine.SMS.Messages))
	}
	if _, status := twilioOf(t, g, "ACother").send("090-0000-1001", "by credentials"); status != 201 {
		t.Error(status)
	}
	if other, _ := s.Snapshot(t.Context(), "other"); len(other.SMS.Messages) != 1 {
		t.Error("the credentials do not come before the recipient")
	}
}

func TestFaultsOverTwiliosREST(t *testing.T) {
	s, g := open(t, func(c *gateway.Config) { c.Limits.Hold = time.Millisecond })
	c := twilioOf(t, g, "ACmine")
	plan(
		t,
		s,
		"mine",
		world.ProviderSMS,
		fault.Fault{Kind: fault.Refuse, Times: 1},
		fault.Fault{Kind: fault.TimeOut, Times: 1},
		fault.Fault{Kind: fault.Lose, Times: 1, Reason: fault.Unreachable},
		fault.Fault{Kind: fault.Lose, Times: 1, Reason: fault.Filtered},
		fault.Fault{
			Kind:   fault.Lose,
			Times:  1,
			Reason: fault.Overflow,
		},
		fault.Fault{Kind: fault.Delay, Times: 1, By: 11 * time.Minute},
		fault.Fault{Kind: fault.Duplicate, Times: 1},
	)
	if m, status := c.send("090-0000-1001", "refused"); status != 503 || m.Code != 20503 {
		t.Errorf("%d %+v", status, m)
	}
	if status, err := c.try("POST", "/2010-04-01/Accounts/ACmine/Messages.json", url.Values{"To": {"090-0000-1001"}, "From": {"x"}, "Body": {"x"}}, nil); err == nil {
		t.Errorf("a provider that does not answer answered %d", status)
	}
	fetched := func(m restMessage) (f restMessage) {
		c.do("GET", m.URI, nil, &f)
		return f
	}
	for _, code := range []int{30003, 30007} {
		m, _ := c.send("090-0000-1001", "fails")
		if f := fetched(m); m.Status != "queued" || f.Status != "undelivered" || f.ErrorCode != code {
			t.Errorf("%+v, want %d", f, code)
		}
	}
	over, _ := c.send("090-0000-1001", "fails")
	var whole struct {
		Status   string
		DateSent *string `json:"date_sent"`
		Code     int     `json:"error_code"`
	}
	if c.do("GET", over.URI, nil, &whole); whole.Status != "failed" || whole.Code != 30001 || whole.DateSent != nil {
		t.Errorf("what never left the gateway: %+v", whole)
	}
	late, _ := c.send("090-0000-1001", "late")
	for _, step := range []struct {
		by   time.Duration
		want string
	}{{0, "queued"}, {time.Second, "sending"}, {time.Second, "sent"}, {11*time.Minute - 3*time.Second, "sent"}, {time.Second, "delivered"}} {
		advance(t, s, "mine", step.by)
		if f := fetched(late); f.Status != step.want {
			t.Errorf("after %s more: %s, want %s", step.by, f.Status, step.want)
		}
	}
	c.send("090-0000-1002", "twice")
	m, err := s.Snapshot(t.Context(), "mine")
	if err != nil {
		t.Fatal(err)
	}
	if n := len(m.SMS.List("090-0000-1002", m.Now)); n != 2 {
		t.Errorf("%d on the phone, want two", n)
	}
}

func TestCallBacksAndVoiceWebhooksAreOfHostsAndNetworksThatAreListed(t *testing.T) {
	s, g := openTo(t, []string{"backend", "10.9.0.0/16", "2001:db8::/32"})
	c := twilioOf(t, g, "ACmine")
	for host, want := range map[string]int{"backend": 201, "10.9.1.1": 201, "[::ffff:10.9.1.1]": 201, "[2001:db8::1]": 201, "127.0.0.1": 201,
		"10.8.1.1": 400, "10.9.1.1.example.com": 400, "backend.example.com": 400, "[2001:db9::1]": 400, "10.9": 400} {
		if m, status := c.send("090-0000-1001", "x", "StatusCallback", "http://"+host+":1/"); status != want {
			t.Errorf("%s: %d %+v", host, status, m)
		}
		address := "http://" + host + ":1/"
		for _, w := range []twiml.Webhook{{URL: address}, {URL: "http://127.0.0.1:1/", StatusCallback: address}} {
			if err := s.Telephone().SetVoice(t.Context(), "mine", w); errors.Is(err, world.ErrRequest) != (want == 400) ||
				want == 201 && err != nil {
				t.Errorf("%+v: %v", w, err)
			}
		}
	}
}

// TestNobodyIsToldAtTheSandboxItself: what would never be asked is refused when it is named.
func TestNobodyIsToldAtTheSandboxItself(t *testing.T) {
	s, g := openTo(t, []string{"10.9.0.0/16"})
	s.Outbound().Own(&net.TCPAddr{IP: net.IPv4zero, Port: 2525})
	c := twilioOf(t, g, "ACmine")
	for host, want := range map[string]int{"127.0.0.1:2525": 400, "localhost:2525": 400, "mine.localhost:2525": 400, "[::1]:2525": 400,
		"127.0.0.1:2526": 201, "10.9.1.1:2525": 201, "127.0.0.1:99999": 400, "localhost:0": 400} {
		address := "http://" + host + "/"
		if m, status := c.send("090-0000-1001", "x", "StatusCallback", address); status != want || want == 400 && m.Code != 21609 {
			t.Errorf("%s: %d %+v", host, status, m)
		}
		for _, w := range []twiml.Webhook{{URL: address}, {URL: "http://127.0.0.1:1/", StatusCallback: address}} {
			if err := s.Telephone().SetVoice(t.Context(), "mine", w); errors.Is(err, world.ErrRequest) != (want == 400) || want == 201 &&
				err != nil {
				t.Errorf("%+v: %v", w, err)
			}
		}
	}
}

func TestACallBackComesWhenTheClockSaysSo(t *testing.T) {
	s, g := open(t)
	c := twilioOf(t, g, "ACmine")
	told := make(chan string, 10)
	receiver := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		_ = r.ParseForm() // what cannot be read fails below
		if twilio.Sign("token", "http://"+r.Host+r.URL.String(), r.PostForm) != r.Header.Get(twilio.SignatureHeader) {
			t.Error("the signature is wrong")
		}
		told <- r.PostForm.Get("MessageStatus") + r.PostForm.Get("ErrorCode")
	}))
	defer receiver.Close()
	plan(t, s, "mine", world.ProviderSMS, fault.Fault{Kind: fault.Delay, Times: 1, By: time.Hour})
	c.send("090-0000-1001", "late", "StatusCallback", receiver.URL+"/late?a=b")
	c.send("03-0000-1009", "to a landline", "StatusCallback", receiver.URL+"/landline")
	if got := [2]string{<-told, <-told}; got != [2]string{"sent", "undelivered30006"} {
		t.Errorf("told %q", got)
	}
	advance(t, s, "mine", 2*time.Second)
	if got := <-told; got != "sent" {
		t.Errorf("told %q", got)
	}
	select {
	case got := <-told:
		t.Errorf("told %q too early", got)
	default:
	}
	advance(t, s, "mine", time.Hour)
	if got := <-told; got != "delivered" {
		t.Errorf("told %q", got)
	}
	if m, status := c.send("090-0000-1001", "x", "StatusCallback", "http://example.com/"); status != 400 || m.Code != 21609 {
		t.Errorf("a call-back to elsewhere: %d %+v", status, m)
	}
}

func TestABodyTooLargeIsRefused(t *testing.T) {
	_, g := open(t)
	if m, status := twilioOf(t, g, "ACmine").send("090-0000-1001", strings.Repeat("x", 1<<20)); status != 400 || m.Code != 20001 {
		t.Errorf("%d %+v", status, m)
	}
}

func FuzzTwilioRequestsNeverFailUs(f *testing.F) {
	f.Add("POST", "ACmine", "Messages.json", "To=%2B819000001001&From=x&Body=hello&StatusCallback=http%3A%2F%2Flocalhost%2F")
	f.Add("GET", "ACmine", "Messages.json?PageSize=2&Page=1&PageToken=PASM&DateSent%3C=2026-01-01", "")
	f.Add("GET", "ACnetanswer", "Messages/SM00000000000000000000000000000000.json", "")
	f.Add("POST", "AC", "Messages.json", "%zz;;=&=")
	_, g := open(f)
	h := g.Twilio()
	f.Fuzz(func(t *testing.T, method, account, rest, body string) {
		target := "/2010-04-01/Accounts/" + url.PathEscape(account) + "/" + rest
		r, err := http.NewRequest(method, target, bytes.NewBufferString(body))
		if err != nil {
			return // not a request at all
		}
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.SetBasicAuth(account, "token")
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		if w.Code >= 500 && w.Code != 503 {
			t.Errorf("%d %s", w.Code, w.Body)
		}
	})
}

func TestWhatIsWantingHasItsNumber(t *testing.T) {
	_, g := open(t)
	c := twilioOf(t, g, "ACmine")
	for name, tt := range map[string]struct {
		form url.Values
		want int
	}{
		"no To":         {url.Values{"From": {"x"}, "Body": {"x"}}, 21604},
		"an empty To":   {url.Values{"To": {""}, "From": {"x"}, "Body": {"x"}}, 21604},
		"To is none":    {url.Values{"To": {"hello"}, "From": {"x"}, "Body": {"x"}}, 21211},
		"no From":       {url.Values{"To": {"+819000001001"}, "Body": {"x"}}, 21603},
		"no Body":       {url.Values{"To": {"+819000001001"}, "From": {"x"}}, 21602},
		"Body too long": {url.Values{"To": {"+819000001001"}, "From": {"x"}, "Body": {strings.Repeat("あ", 2000)}}, 21617},
		"a bad address": {url.Values{"To": {"+819000001001"}, "From": {"x"}, "Body": {"x"}, "StatusCallback": {"ftp://x"}}, 21609},
	} {
		var m restMessage
		if status := c.do("POST", "/2010-04-01/Accounts/ACmine/Messages.json", tt.form, &m); status != 400 || m.Code != tt.want {
			t.Errorf("%s: %d %d, want %d", name, status, m.Code, tt.want)
		}
	}
}
