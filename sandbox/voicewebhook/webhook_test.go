package voicewebhook_test

import (
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"example.com/netanswer/fixtures"
	"example.com/netanswer/mocks/clock"
	"example.com/netanswer/mocks/ivr"
	"example.com/netanswer/mocks/ivr/twiml"
	"example.com/netanswer/mocks/outbound"
	"example.com/netanswer/sandbox/registration"
	"example.com/netanswer/sandbox/store"
	"example.com/netanswer/sandbox/voicewebhook"
	"example.com/netanswer/sandbox/world"
)

const token = "a-token-of-the-tests"

// serve returns a webhook and the service behind it.
func serve(t *testing.T) (*world.Service, string) {
	t.Helper()
	s, err := world.New(
		world.Config{Machine: clock.Machine, Bounds: world.DefaultBounds(), Store: store.NewMemory(clock.Machine, world.DefaultBounds())},
	)
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(voicewebhook.New(s, token, slog.New(slog.DiscardHandler)))
	t.Cleanup(server.Close)
	return s, server.URL
}

// awaits brings 正さん to where his call is awaited.
func awaits(t *testing.T, s *world.Service, name string) (id string) {
	t.Helper()
	still := false
	if _, err := s.Control().Arrange(t.Context(), name, world.Setup{Clock: world.ClockMove{Running: &still}}); err != nil {
		t.Fatal(err)
	}
	return reaches(t, s, name, registration.Form{CardNumber: "4242420000010090", ExpiryMonth: "09", ExpiryYear: "31", SecurityCode: "890", NetAnswerID: "tadashi26"})
}

// reaches brings somebody, by what tells one from another in a form, to where a
// call is awaited.
func reaches(t *testing.T, s *world.Service, name string, form registration.Form) (id string) {
	t.Helper()
	first, err := s.Web().Start(t.Context(), name)
	if err != nil {
		t.Fatal(err)
	}
	id = first.Registration.ID
	form.Password, form.PasswordConfirmation, form.EmailPC, form.TermsAgreed = "Secret-2026", "Secret-2026", "x@example.jp", true
	for _, do := range []func() (world.Step, error){
		func() (world.Step, error) { return s.Web().Submit(t.Context(), name, id, form) },
		func() (world.Step, error) { return s.Web().Proceed(t.Context(), name, id) },
	} {
		step, err := do()
		if err != nil || step.Refused != nil {
			t.Fatal(err, step.Refused)
		}
	}
	return id
}

// confirmed tells whether the call has confirmed the registration.
func confirmed(t *testing.T, s *world.Service, name, id string) bool {
	t.Helper()
	m, err := s.Snapshot(t.Context(), name)
	if err != nil {
		t.Fatal(err)
	}
	r, err := m.Registration(id)
	if err != nil {
		t.Fatal(err)
	}
	return !r.Call.ConfirmedAt.IsZero()
}

// TestOfTwoScreensAtOneMomentTheLastIsMeant has two people of one telephone, whose
// screens appear while the clock stands still.
func TestOfTwoScreensAtOneMomentTheLastIsMeant(t *testing.T) {
	s, base := serve(t)
	for n := range 10 { // a choice by chance is right half the time
		name := fmt.Sprint("w", n)
		first := awaits(t, s, name)
		added, err := s.Control().AddMember(t.Context(), name, fixtures.Member{ID: "wife", Phone: "03-0000-1009"})
		if err != nil {
			t.Fatal(err)
		}
		card := added.Cards[0]
		last := reaches(t, s, name, registration.Form{CardNumber: card.Number, ExpiryMonth: card.Expiry[:2], ExpiryYear: card.Expiry[3:],
			SecurityCode: card.SecurityCode, NetAnswerID: "tadako26"})
		call := twiml.Call{SID: "CA1", From: "03-0000-1009", To: "0120-000111"}
		script, err := ask(t, base+"/voice/"+name, call, "")
		if err != nil {
			t.Fatal(err)
		}
		if _, err := ask(t, base+"/voice/"+name, call, script[1].Text); err != nil {
			t.Fatal(err)
		}
		ended(t, base+"/voice/"+name, call)
		if confirmed(t, s, name, first) || !confirmed(t, s, name, last) {
			t.Fatalf("%s: the screen that was shown first was confirmed", name)
		}
	}
}

func ask(t *testing.T, address string, c twiml.Call, action string) ([]ivr.Verb, error) {
	t.Helper()
	return twiml.NewTeller(outbound.NewRules().Client(twiml.Timeout)).
		Ask(t.Context(), twiml.Webhook{URL: address, AuthToken: token}, c, action, "")
}

func TestATelephoneIsToldWhatToSayAndConfirms(t *testing.T) {
	s, base := serve(t)
	id := awaits(t, s, "mine")
	call := twiml.Call{SID: "CA1", From: "03-0000-1009", To: "0120-000111"}
	script, err := ask(t, base+"/voice/mine", call, "")
	if err != nil || len(script) != 2 || !strings.HasPrefix(script[0].Text, "ご本人確認") || script[1].Kind != ivr.Redirect {
		t.Fatalf("%+v %v", script, err)
	}
	if confirmed(t, s, "mine", id) {
		t.Error("confirmed before it was heard")
	}
	end, err := ask(t, base+"/voice/mine", call, script[1].Text)
	if err != nil || len(end) != 1 || end[0].Kind != ivr.HangUp {
		t.Errorf("%+v %v", end, err)
	}
	if confirmed(t, s, "mine", id) {
		t.Error("confirmed while the caller is on the line")
	}
	ended(t, base+"/voice/mine", call)
	if !confirmed(t, s, "mine", id) {
		t.Error("heard out and hung up, and not confirmed")
	}
}

// TestACallConfirmsWhenItEnds tells the webhook of several calls in turn.
func TestACallConfirmsWhenItEnds(t *testing.T) {
	mine, other := twiml.Call{SID: "CA1"}, twiml.Call{SID: "CA2"}
	for name, tt := range map[string]struct {
		heard []twiml.Call
		ends  func(t *testing.T, address string)
		want  bool
	}{
		"heard out, and it has ended":  {[]twiml.Call{mine}, func(t *testing.T, at string) { ended(t, at, mine) }, true},
		"two, and the first has ended": {[]twiml.Call{mine, other}, func(t *testing.T, at string) { ended(t, at, mine) }, true},
		"another has ended":            {[]twiml.Call{mine}, func(t *testing.T, at string) { ended(t, at, other) }, false},
		"hung up before the end":       {nil, func(t *testing.T, at string) { ended(t, at, mine) }, false},
		"it goes on":                   {[]twiml.Call{mine}, func(t *testing.T, at string) { tell(t, at, "in-progress", 204) }, false},
		"the line failed":              {[]twiml.Call{mine}, func(t *testing.T, at string) { tell(t, at, "failed", 204); tell(t, at, "completed", 409) }, false},
		"the end is told again":        {[]twiml.Call{mine}, func(t *testing.T, at string) { ended(t, at, mine); tell(t, at, "completed", 204) }, true},
		"it fails after it has ended":  {[]twiml.Call{mine}, func(t *testing.T, at string) { ended(t, at, mine); tell(t, at, "failed", 409) }, true},
		"the failure is told again":    {[]twiml.Call{mine}, func(t *testing.T, at string) { tell(t, at, "failed", 204); tell(t, at, "busy", 204) }, false},
		"a status that is none":        {[]twiml.Call{mine}, func(t *testing.T, at string) { tell(t, at, "over", 422) }, false},
		"more than a registration keeps": {append([]twiml.Call{mine}, others(registration.MaxLines)...),
			func(t *testing.T, at string) { ended(t, at, mine) }, false},
		"as many as a registration keeps": {append([]twiml.Call{mine}, others(registration.MaxLines-1)...),
			func(t *testing.T, at string) { ended(t, at, mine) }, true},
		"heard out twice": {[]twiml.Call{mine, other, other, other, other}, func(t *testing.T, at string) { ended(t, at, mine) }, true},
	} {
		t.Run(name, func(t *testing.T) {
			s, base := serve(t)
			id := awaits(t, s, "mine")
			for _, call := range tt.heard {
				call.From, call.To = "03-0000-1009", "0120-000111"
				script, err := ask(t, base+"/voice/mine", call, "")
				if err != nil {
					t.Fatal(err)
				}
				if _, err := ask(t, base+"/voice/mine", call, script[1].Text); err != nil {
					t.Fatal(err)
				}
			}
			tt.ends(t, base+"/voice/mine")
			if got := confirmed(t, s, "mine", id); got != tt.want {
				t.Errorf("confirmed: %t", got)
			}
		})
	}
}

// others are calls of further names.
func others(n int) []twiml.Call {
	calls := make([]twiml.Call, n)
	for i := range calls {
		calls[i].SID = fmt.Sprint("CA-other-", i)
	}
	return calls
}

// TestATelephoneWithoutAStatusCallBackSaysSo confirms as the guidance was heard.
func TestATelephoneWithoutAStatusCallBackSaysSo(t *testing.T) {
	s, base := serve(t)
	id := awaits(t, s, "mine")
	call := twiml.Call{From: "03-0000-1009", To: "0120-000111"}
	script, err := ask(t, base+"/voice/mine?end=heard", call, "")
	if err != nil || len(script) != 2 {
		t.Fatalf("%+v %v", script, err)
	}
	if _, err := ask(t, base+"/voice/mine?end=heard", call, script[1].Text); err != nil || !confirmed(t, s, "mine", id) {
		t.Errorf("not confirmed: %v", err)
	}
	for _, way := range []string{"?end=", "?end=soon", "?end=heard&end=heard"} {
		if _, err := ask(t, base+"/voice/mine"+way, call, ""); err == nil {
			t.Errorf("%s was taken", way)
		}
	}
}

// ended tells the webhook's status call-back that a call has ended.
func ended(t *testing.T, address string, c twiml.Call) {
	t.Helper()
	if err := twiml.NewTeller(outbound.NewRules().Client(twiml.Timeout)).
		Tell(t.Context(), twiml.Webhook{URL: address, AuthToken: token, StatusCallback: address + "/ended"}, c, time.Minute); err != nil {
		t.Error(err)
	}
}

// tell tells a status of the call CA1, and expects an answer.
func tell(t *testing.T, address, status string, want int) {
	t.Helper()
	form := url.Values{"CallSid": {"CA1"}, "CallStatus": {status}}
	q, err := http.NewRequest(http.MethodPost, address+"/ended", strings.NewReader(form.Encode()))
	if err != nil {
		t.Fatal(err)
	}
	q.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	q.Header.Set("X-Twilio-Signature", twiml.Signature(token, address+"/ended", form))
	answer, err := http.DefaultClient.Do(q)
	if err != nil {
		t.Fatal(err)
	}
	if err := answer.Body.Close(); err != nil || answer.StatusCode != want {
		t.Errorf("%s: %d, want %d, %v", status, answer.StatusCode, want, err)
	}
}

func TestWhoConfirmsNothing(t *testing.T) {
	s, base := serve(t)
	id := awaits(t, s, "mine")
	for name, tt := range map[string]struct {
		call twiml.Call
		says string
	}{
		"another telephone":       {twiml.Call{SID: "CA1", From: "03-0000-1008", To: "0120-000111"}, "ご登録の電話番号を確認できませんでした"},
		"the number is withheld":  {twiml.Call{SID: "CA1", From: "03-0000-1009", To: "0120-000111", Withheld: true}, "番号"},
		"another number to call":  {twiml.Call{SID: "CA1", From: "03-0000-1009", To: "0120-999999"}, "ご登録の電話番号を確認できませんでした"},
		"no number at all to see": {twiml.Call{SID: "CA1"}, "番号"},
	} {
		script, err := ask(t, base+"/voice/mine", tt.call, "")
		if err != nil || !strings.Contains(script[0].Text, tt.says) {
			t.Fatalf("%s: %+v %v", name, script, err)
		}
		if _, err := ask(t, base+"/voice/mine", tt.call, script[1].Text); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		ended(t, base+"/voice/mine", tt.call)
		if confirmed(t, s, "mine", id) {
			t.Errorf("%s: confirmed", name)
		}
	}
}

func TestACallCountsFromWhenItWasPlaced(t *testing.T) {
	s, base := serve(t)
	id := awaits(t, s, "mine")
	call := twiml.Call{SID: "CA1", From: "03-0000-1009", To: "0120-000111"}
	for _, d := range []time.Duration{15*time.Minute - time.Second, time.Minute} {
		script, err := ask(t, base+"/voice/mine", call, "")
		if err != nil {
			t.Fatal(err)
		}
		if d == time.Minute { // placed within the fifteen minutes, heard out after them
			if _, err := s.Control().Arrange(t.Context(), "mine", world.Setup{Clock: world.ClockMove{Advance: d}}); err != nil {
				t.Fatal(err)
			}
			if _, err := ask(t, base+"/voice/mine", call, script[1].Text); err != nil {
				t.Fatal(err)
			}
			ended(t, base+"/voice/mine", call)
			continue
		}
		if _, err := s.Control().Arrange(t.Context(), "mine", world.Setup{Clock: world.ClockMove{Advance: d}}); err != nil {
			t.Fatal(err)
		}
	}
	if !confirmed(t, s, "mine", id) {
		t.Error("the call was placed in time")
	}
	future := "mine/heard?" + url.Values{"placed": {clock.Machine().Add(time.Hour).Format(time.RFC3339Nano)}}.Encode()
	for _, action := range []string{future, "mine/heard", "mine/heard?placed=soon"} {
		if _, err := ask(t, base+"/voice/mine", call, action); err == nil {
			t.Errorf("%s was taken", action)
		}
	}
	past := "mine/heard?" + url.Values{"placed": {clock.Machine().Add(-time.Hour).Format(time.RFC3339Nano)}}.Encode()
	for _, sid := range []string{"", strings.Repeat("C", 65)} {
		call.SID = sid
		if _, err := ask(t, base+"/voice/mine", call, past); err == nil {
			t.Errorf("CallSid %q was taken", sid)
		}
	}
}

func TestOnlyWhatIsSignedIsAnswered(t *testing.T) {
	_, base := serve(t)
	form := url.Values{"CallSid": {"CA1"}, "From": {"+81300001009"}, "To": {"+81120000111"}}
	post := func(address, signature string, body string) int {
		t.Helper()
		q, err := http.NewRequest(http.MethodPost, address, strings.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		q.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		q.Header.Set("X-Twilio-Signature", signature)
		answer, err := http.DefaultClient.Do(q)
		if err != nil {
			t.Fatal(err)
		}
		defer answer.Body.Close()
		if _, err := io.Copy(io.Discard, answer.Body); err != nil {
			t.Fatal(err)
		}
		return answer.StatusCode
	}
	address := base + "/voice/mine"
	good := twiml.Signature(token, address, form)
	behindTLS := twiml.Signature(token, strings.Replace(address, "http:", "https:", 1), form)
	for name, tt := range map[string]struct {
		address, signature, body string
		want                     int
	}{
		"signed":               {address, good, form.Encode(), 200},
		"signed, TLS in front": {address, behindTLS, form.Encode(), 200},
		"not signed":           {address, "", form.Encode(), 403},
		"another token":        {address, twiml.Signature("another-token", address, form), form.Encode(), 403},
		"another address":      {base + "/voice/other", good, form.Encode(), 403},
		"another caller":       {address, good, "From=%2B81300001008&To=%2B81120000111", 403},
		"no form":              {address, good, "%%%", 400},
		"too large":            {address, good, "From=" + strings.Repeat("1", 100_000), 413},
		"no such world":        {base + "/voice/No%20World", twiml.Signature(token, base+"/voice/No%20World", form), form.Encode(), 400},
	} {
		if got := post(tt.address, tt.signature, tt.body); got != tt.want {
			t.Errorf("%s: %d, want %d", name, got, tt.want)
		}
	}
}

// TestWhatIsNoWebhookIsAProblem: of what the telephone never asks, too.
func TestWhatIsNoWebhookIsAProblem(t *testing.T) {
	_, base := serve(t)
	for ask, want := range map[[2]string]int{
		{http.MethodGet, "/voice/mine"}: 405, {http.MethodPut, "/voice/mine/ended"}: 405, {http.MethodHead, "/voice/mine/heard"}: 405,
		{http.MethodPost, "/voice/mine/over"}: 404, {http.MethodPost, "/voice/"}: 404, {http.MethodGet, "/voice/mine/heard/again"}: 404,
	} {
		q, err := http.NewRequestWithContext(t.Context(), ask[0], base+ask[1], nil)
		if err != nil {
			t.Fatal(err)
		}
		answer, err := http.DefaultClient.Do(q)
		if err != nil {
			t.Fatal(err)
		}
		allow := map[int]string{405: http.MethodPost}[want]
		if err := answer.Body.Close(); err != nil || answer.StatusCode != want || answer.Header.Get("Content-Type") != "application/problem+json" ||
			answer.Header.Get("Allow") != allow {
			t.Errorf("%s: %d %v, want %d", ask, answer.StatusCode, answer.Header, want)
		}
	}
}
