package gateway_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"testing"

	"github.com/google/go-cmp/cmp"

	"example.com/netanswer/mocks/fault"
	"example.com/netanswer/mocks/ivr"
	"example.com/netanswer/mocks/ivr/twiml"
)

// A placed is what the Calls resource answers.
type placed struct {
	SID, To, From, Direction, Duration, Message string
	Status                                      any // of the call, or of HTTP where it is an error
	Code                                        int
}

const spoken = `<Response><Say language="ja-JP">認証コードは、4、8、2、9、1、3、です。</Say></Response>`

// calling is a backend that places calls: what it was told, in order.
type calling struct {
	*httptest.Server
	told chan url.Values
}

func newCalling(t *testing.T) calling {
	c := calling{told: make(chan url.Values, 20)}
	c.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		form := url.Values{}
		if body, err := io.ReadAll(r.Body); err == nil {
			form, _ = url.ParseQuery(string(body)) // an error shows as fields that are not there
		}
		if r.Header.Get("X-Twilio-Signature") != twiml.Signature("token", "http://"+r.Host+r.URL.RequestURI(), form) {
			form.Set("Unsigned", "true")
		}
		form.Set("Path", r.Method+" "+r.URL.Path)
		c.told <- form
		w.Header().Set("Content-Type", "text/xml")
		_, _ = io.WriteString(w, spoken)
	}))
	t.Cleanup(c.Close)
	return c
}

// next is what the backend is told next, by the fields named.
func (c calling) next(t *testing.T, names ...string) map[string]string {
	t.Helper()
	select {
	case form := <-c.told:
		found := map[string]string{}
		for _, name := range names {
			found[name] = form.Get(name)
		}
		if form.Has("Unsigned") {
			t.Errorf("not signed: %v", form)
		}
		return found
	case <-t.Context().Done():
		return nil
	}
}

// TestACallOfABackendIsHeard follows the Calls resource as Twilio documents it.
func TestACallOfABackendIsHeard(t *testing.T) {
	s, g := open(t)
	c := twilioOf(t, g, "ACmine")
	for name, how := range map[string]url.Values{
		"a document": {"Twiml": {spoken}},
		"an address": {"Url": {"/voice"}},
		"by GET":     {"Url": {"/voice"}, "Method": {"GET"}},
	} {
		t.Run(name, func(t *testing.T) {
			backend := newCalling(t)
			form := url.Values{"To": {"+819000001001"}, "From": {"+15005550006"}, "StatusCallback": {backend.URL + "/status"},
				"StatusCallbackEvent": {"initiated", "ringing", "answered", "completed"}}
			for field, values := range how {
				form.Set(field, values[0])
			}
			if form.Has("Url") {
				form.Set("Url", backend.URL+form.Get("Url"))
			}
			var k placed
			if status := c.do("POST", "/2010-04-01/Accounts/ACmine/Calls.json", form, &k); status != 201 || k.Status != "queued" || k.Direction != "outbound-api" {
				t.Fatalf("%d %+v", status, k)
			}
			for _, status := range []string{"initiated", "ringing", "in-progress", "completed"} {
				if form.Has("Url") && status == "completed" {
					want := map[string]string{"CallSid": k.SID, "To": "+819000001001", "From": "+15005550006", "Direction": "outbound-api"}
					if form.Get("Method") == "GET" {
						<-backend.told // its form is in the query
					} else if diff := cmp.Diff(want, backend.next(t, "CallSid", "To", "From", "Direction")); diff != "" {
						t.Errorf("asked (-want +got):\n%s", diff)
					}
				}
				want := map[string]string{"Path": "POST /status", "CallSid": k.SID, "CallStatus": status}
				if diff := cmp.Diff(want, backend.next(t, "Path", "CallSid", "CallStatus")); diff != "" {
					t.Errorf("told (-want +got):\n%s", diff)
				}
			}
			heard, ok, err := s.Telephone().Await(t.Context(), "mine", "090-0000-1001", "", true)
			if err != nil || !ok || heard.Passcode == nil || heard.Passcode.Code != "482913" || !heard.HeardAll || !heard.Outgoing {
				t.Errorf("heard %+v %v", heard, err)
			}
			sid := k.SID
			if status := c.do("GET", "/2010-04-01/Accounts/ACmine/Calls/"+sid+".json", nil, &k); status != 200 || k.Status != "completed" || k.Duration == "" {
				t.Errorf("fetched: %d %+v", status, k)
			}
			if status := c.do("POST", "/2010-04-01/Accounts/ACmine/Calls/"+sid+".json", url.Values{"Status": {"completed"}}, &k); status != 400 || k.Code != 21220 {
				t.Errorf("changed: %d %+v", status, k)
			}
			if status := twilioOf(t, g, "ACother").do("GET", "/2010-04-01/Accounts/ACother/Calls/"+sid+".json", nil, &k); status != 404 {
				t.Errorf("another account fetched it: %d", status)
			}
		})
	}
}

func TestACallOfABackendThatNobodyAnswers(t *testing.T) {
	s, g := open(t)
	c := twilioOf(t, g, "ACmine")
	for kind, want := range map[fault.Kind]string{fault.Busy: "busy", fault.TimeOut: "no-answer", fault.Refuse: "failed"} {
		backend := newCalling(t)
		plan(t, s, "mine", "call", fault.Fault{Kind: kind, To: "090-0000-1001", Times: 1})
		var k placed
		form := url.Values{"To": {"09000001001"}, "From": {"0120-000-111"}, "Twiml": {spoken}, "StatusCallback": {backend.URL + "/status"}}
		if status := c.do("POST", "/2010-04-01/Accounts/ACmine/Calls.json", form, &k); status != 201 {
			t.Fatalf("%d %+v", status, k)
		}
		if got := backend.next(t, "CallStatus"); got["CallStatus"] != want {
			t.Errorf("%s: told %v, want %s", kind, got, want)
		}
	}
}

func TestACallThatIsNotPlaced(t *testing.T) {
	_, g := open(t)
	c := twilioOf(t, g, "ACmine")
	for name, tt := range map[string]struct {
		change url.Values
		code   int
	}{
		"nobody is called":        {url.Values{"To": {""}}, 21201},
		"nobody calls":            {url.Values{"From": {""}}, 21213},
		"no number is called":     {url.Values{"To": {"hanako"}}, 21211},
		"no number calls":         {url.Values{"From": {"SAISON"}}, 21212},
		"nothing is said":         {url.Values{"Twiml": {""}}, 21205},
		"no address":              {url.Values{"Url": {"voice.xml"}}, 21205},
		"another host":            {url.Values{"Url": {"http://example.com/voice"}}, 21205},
		"told at another host":    {url.Values{"StatusCallback": {"http://example.com/"}}, 21609},
		"an event of nothing":     {url.Values{"StatusCallbackEvent": {"answered hungup"}}, 21626},
		"a recording":             {url.Values{"Record": {"true"}}, 20001},
		"a machine is looked for": {url.Values{"MachineDetection": {"Enable"}}, 20001},
		"rings for ever":          {url.Values{"Timeout": {"6000"}}, 20001},
	} {
		form := url.Values{"To": {"+819000001001"}, "From": {"+15005550006"}, "Twiml": {spoken}}
		for field, values := range tt.change {
			form[field] = values
		}
		var k placed
		if status := c.do("POST", "/2010-04-01/Accounts/ACmine/Calls.json", form, &k); status < 400 || k.Code != tt.code {
			t.Errorf("%s: %d %+v, want %d", name, status, k, tt.code)
		}
	}
}

// TestACallOfABackendConfirmsNothing: only a call of the member does.
func TestACallOfABackendConfirmsNothing(t *testing.T) {
	s, g := open(t)
	c := twilioOf(t, g, "ACmine")
	var k placed
	form := url.Values{"To": {"0300001009"}, "From": {"0120000111"}, "Twiml": {`<Response><Sing/><Hangup/></Response>`}}
	if status := c.do("POST", "/2010-04-01/Accounts/ACmine/Calls.json", form, &k); status != 201 {
		t.Fatalf("%d %+v", status, k)
	}
	heard, _, err := s.Telephone().Await(t.Context(), "mine", "03-0000-1009", "", true)
	if err != nil || heard.Outcome != ivr.Answered || !heard.Scripted() {
		t.Errorf("%+v %v", heard, err)
	}
}
