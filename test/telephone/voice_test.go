package telephone_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"example.com/netanswer/client"
	"example.com/netanswer/mocks/ivr/sip"
	"example.com/netanswer/mocks/ivr/twiml"
	"example.com/netanswer/test/sandboxtest"
)

func TestAForeignBackendDecidesWhatASIPCallerHears(t *testing.T) {
	t.Run("keys in INFO", func(t *testing.T) { foreignBackend(t, "informs.xml") })
	t.Run("keys as telephone events", func(t *testing.T) {
		if os.Geteuid() != 0 {
			t.Skip("sipp sends telephone events by a raw socket, which only root may open")
		}
		foreignBackend(t, "presses.xml")
	})
}

// foreignBackend has a caller of sipp hear what a signed voice webhook says, and
// press keys when asked.
func foreignBackend(t *testing.T, scenario string) {
	t.Helper()
	limits := sip.DefaultLimits()
	limits.Linger = 200 * time.Millisecond
	s, controls := telephoneFor(t, limits)
	const token = "0123456789abcdef0123456789abcdef"
	var digits []string
	var backend *httptest.Server
	backend = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if err := r.ParseForm(); err != nil ||
			r.Header.Get("X-Twilio-Signature") != twiml.Signature(token, backend.URL+r.URL.RequestURI(), r.PostForm) {
			w.WriteHeader(http.StatusForbidden)
			return
		}
		w.Header().Set("Content-Type", "text/xml")
		answer := `<Response><Gather action="/digits" timeout="20"><Say>暗証番号を入力し、シャープを押してください</Say></Gather></Response>`
		if r.URL.Path == "/digits" {
			digits = append(digits, r.PostForm.Get("From")+" "+r.PostForm.Get("Digits"))
			answer = `<Response><Say>受け付けました</Say></Response>`
		}
		_, _ = io.WriteString(w, answer) // a caller who is gone shows below
	}))
	defer backend.Close()
	if err := controls.Arrange(t.Context(), "voice", client.Setup{Clock: sandboxtest.Frozen()}); err != nil {
		t.Fatal(err)
	}
	finish := awaitsCall(t, s, "voice")
	if err := controls.SetVoice(t.Context(), "voice", client.Voice{URL: backend.URL + "/voice", AuthToken: token}); err != nil {
		t.Fatal(err)
	}
	callsFrom(t, s, scenario, []string{"0300001009;voice;sipp@127.0.0.1"})
	found, err := controls.Calls(t.Context(), "voice")
	if err != nil || len(found) != 1 {
		t.Fatal(found, err)
	}
	var heard []string
	for _, l := range found[0].Transcript {
		if l.What != "note" { // that a tone was heard instead
			heard = append(heard, strings.TrimSpace(l.What+" "+l.Says))
		}
	}
	want := []string{"ring", "answer", "gather", "say 暗証番号を入力し、シャープを押してください", "digits 42", "say 受け付けました", "hang_up"}
	if diff := cmp.Diff(want, heard); diff != "" || !found[0].HeardAll {
		t.Errorf("heard %t (-want +got):\n%s", found[0].HeardAll, diff)
	}
	if diff := cmp.Diff([]string{"+81300001009 42"}, digits); diff != "" {
		t.Errorf("digits (-want +got):\n%s", diff)
	}
	if state := finish(); state == "completed" {
		t.Error("the foreign backend's call confirms a registration of the sandbox")
	}
}
