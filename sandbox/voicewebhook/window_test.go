package voicewebhook_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"example.com/netanswer/fixtures"
	"example.com/netanswer/mocks/clock"
	"example.com/netanswer/mocks/ivr/twiml"
	"example.com/netanswer/sandbox/registration"
	"example.com/netanswer/sandbox/world"
)

// A held call is one that was heard out and has not ended.
type held struct{ hangUp func(t *testing.T) }

// ways are how a call comes to a world: one contract holds for all of them.
func ways(s *world.Service, base string) map[string]func(t *testing.T) held {
	return map[string]func(t *testing.T) held{
		"in process": func(t *testing.T) held {
			c, err := s.Telephone().Place(t.Context(), "mine", world.CallRequest{From: "03-0000-1009", Listen: "stay"})
			if err != nil {
				t.Fatal(err)
			}
			return held{func(t *testing.T) {
				if _, err := s.Telephone().HangUp(t.Context(), "mine", c.ID); err != nil {
					t.Fatal(err)
				}
			}}
		},
		"over the wire": func(t *testing.T) held {
			call := twiml.Call{SID: "CA1", From: "03-0000-1009", To: "0120-000111"}
			script, err := ask(t, base+"/voice/mine", call, "")
			if err != nil {
				t.Fatal(err)
			}
			if _, err := ask(t, base+"/voice/mine", call, script[1].Text); err != nil {
				t.Fatal(err)
			}
			return held{func(t *testing.T) { ended(t, base+"/voice/mine", call) }}
		},
	}
}

func advance(t *testing.T, s *world.Service, d time.Duration) {
	t.Helper()
	if _, err := s.Control().Arrange(t.Context(), "mine", world.Setup{Clock: world.ClockMove{Advance: d}}); err != nil {
		t.Fatal(err)
	}
}

var tadashi = registration.Form{CardNumber: "4242420000010090", ExpiryMonth: "09", ExpiryYear: "31", SecurityCode: "890", NetAnswerID: "tadashi26"}

// TestACallConfirmsTheRegistrationItWasPlacedFor has another registration of the
// same telephone begin while a call is held.
func TestACallConfirmsTheRegistrationItWasPlacedFor(t *testing.T) {
	for way := range ways(nil, "") {
		for name, tt := range map[string]struct {
			later     time.Duration // until the other registration
			otherCard bool
			first     bool // whether the first one is confirmed
		}{
			"of the same card, after the window": {16 * time.Minute, false, false},
			"of the same card, at once":          {0, false, false},
			"of another card, at once":           {0, true, true},
			"of another card, after the window":  {16 * time.Minute, true, true},
		} {
			t.Run(way+", "+name, func(t *testing.T) {
				s, base := serve(t)
				first := awaits(t, s, "mine")
				call := ways(s, base)[way](t)
				advance(t, s, tt.later)
				form := tadashi
				if tt.otherCard {
					added, err := s.Control().AddMember(t.Context(), "mine", fixtures.Member{ID: "wife", Phone: "03-0000-1009"})
					if err != nil {
						t.Fatal(err)
					}
					card := added.Cards[0]
					form = registration.Form{CardNumber: card.Number, ExpiryMonth: card.Expiry[:2], ExpiryYear: card.Expiry[3:],
						SecurityCode: card.SecurityCode, NetAnswerID: "tadako26"}
				}
				other := reaches(t, s, "mine", form)
				call.hangUp(t)
				if confirmed(t, s, "mine", other) {
					t.Error("a call that was placed before its screen confirmed the later registration")
				}
				if got := confirmed(t, s, "mine", first); got != tt.first {
					t.Errorf("the registration the call was placed for is confirmed: %t", got)
				}
				if told, want := confirmations(t, s), map[bool]int{true: 1}[tt.first]; told != want {
					t.Errorf("the timeline tells of %d confirmations, want %d", told, want)
				}
			})
		}
	}
}

// confirmations is how many of them the timeline tells of.
func confirmations(t *testing.T, s *world.Service) (told int) {
	t.Helper()
	m, err := s.Snapshot(t.Context(), "mine")
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range m.Timeline.Events {
		if strings.Contains(e.What, "電話でご本人様を確認しました") {
			told++
		}
	}
	return told
}

// TestAConfirmationIsToldOnce has two calls of one registration heard out.
func TestAConfirmationIsToldOnce(t *testing.T) {
	s, base := serve(t)
	awaits(t, s, "mine")
	for _, way := range ways(s, base) {
		way(t).hangUp(t)
	}
	if told := confirmations(t, s); told != 1 {
		t.Errorf("told %d times", told)
	}
}

// signedPost sends a signed request as it stands and returns the status.
func signedPost(t *testing.T, address string, form url.Values) int {
	t.Helper()
	q, err := http.NewRequest(http.MethodPost, address, strings.NewReader(form.Encode()))
	if err != nil {
		t.Fatal(err)
	}
	q.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	q.Header.Set("X-Twilio-Signature", twiml.Signature(token, address, form))
	answer, err := http.DefaultClient.Do(q)
	if err != nil {
		t.Fatal(err)
	}
	if err := answer.Body.Close(); err != nil {
		t.Fatal(err)
	}
	if answer.StatusCode >= 400 && answer.Header.Get("Content-Type") != "application/problem+json" {
		t.Errorf("%s: %d as %s", address, answer.StatusCode, answer.Header.Get("Content-Type"))
	}
	return answer.StatusCode
}

// TestWhatWasSignedForOneCallServesNoOther sends the requests of a call again,
// byte for byte, when a later registration of the telephone waits.
func TestWhatWasSignedForOneCallServesNoOther(t *testing.T) {
	s, base := serve(t)
	awaits(t, s, "mine")
	address := base + "/voice/mine"
	form := func(status string) url.Values {
		return url.Values{"CallSid": {"CA1"}, "From": {"+81300001009"}, "To": {"+81120000111"}, "CallStatus": {status}}
	}
	script, err := ask(t, address, twiml.Call{SID: "CA1", From: "03-0000-1009", To: "0120-000111"}, "")
	if err != nil {
		t.Fatal(err)
	}
	heard := base + "/voice/" + script[1].Text
	if got := signedPost(t, heard, form("in-progress")); got != 200 {
		t.Fatalf("heard: %d", got)
	}
	if got := signedPost(t, address+"/ended", form("completed")); got != 204 {
		t.Fatalf("ended: %d", got)
	}
	advance(t, s, 16*time.Minute)
	other := reaches(t, s, "mine", tadashi)
	long := address + "/heard?placed=2001-01-01T00:00:00Z"
	elsewhere := func(sid string) url.Values {
		f := form("in-progress")
		f.Set("CallSid", sid)
		return f
	}
	for _, again := range []struct {
		name, address string
		form          url.Values
		want          int
	}{
		{"asked again", address, form("ringing"), 409},
		{"heard again", heard, form("in-progress"), 409},
		{"ended again", address + "/ended", form("completed"), 204},
		{"lost after it has ended", address + "/ended", form("failed"), 409},
		{"placed long ago", long, elsewhere("CA2"), 409},
		{"placed long ago, ended", address + "/ended", func() url.Values { f := elsewhere("CA2"); f.Set("CallStatus", "completed"); return f }(), 204},
		{"placed now, and never asked", address + "/heard?" + url.Values{"placed": {clock.Machine().Format(time.RFC3339Nano)}}.Encode(), elsewhere("CA3"), 409},
		{"heard as another call", heard, elsewhere("CA4"), 409},
		{"placed is none", address + "/heard?placed=soon", elsewhere("CA5"), 422},
	} {
		if got := signedPost(t, again.address, again.form); got != again.want {
			t.Errorf("%s: %d, want %d", again.name, got, again.want)
		}
		if confirmed(t, s, "mine", other) {
			t.Fatalf("%s: confirmed the later registration", again.name)
		}
	}
}

// TestWithoutAnEndAReplayServesNoOther is the same for a telephone that tells no
// end of a call, and no name of it.
func TestWithoutAnEndAReplayServesNoOther(t *testing.T) {
	s, base := serve(t)
	first := awaits(t, s, "mine")
	call := twiml.Call{From: "03-0000-1009", To: "0120-000111"}
	script, err := ask(t, base+"/voice/mine?end=heard", call, "")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := ask(t, base+"/voice/mine?end=heard", call, script[1].Text); err != nil || !confirmed(t, s, "mine", first) {
		t.Fatal("not confirmed", err)
	}
	advance(t, s, 16*time.Minute)
	other := reaches(t, s, "mine", tadashi)
	for _, action := range []string{script[1].Text, "mine/heard?end=heard&placed=2001-01-01T00:00:00Z"} {
		if _, err := ask(t, base+"/voice/mine?end=heard", call, action); err == nil || confirmed(t, s, "mine", other) {
			t.Errorf("%s was taken: %v", action, err)
		}
	}
}
