package console_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

type callAnswer struct {
	ID       string `json:"id"`
	Outcome  string `json:"outcome"`
	Guidance string `json:"guidance"`
	HeardAll bool   `json:"heard_all"`
	EndedAt  string `json:"ended_at"`
}

func TestACallIsPlacedAndHungUp(t *testing.T) {
	t.Parallel()
	s := newSandbox(t)
	s.call("PUT", "/api/worlds/w", `{"clock":{"running":false}}`, 201, nil)
	var c callAnswer
	s.call("POST", "/api/worlds/w/calls", `{"from":"03-0000-1009"}`, 201, &c)
	if c.Outcome != "answered" || c.Guidance == "" || c.EndedAt != "" {
		t.Fatalf("%+v", c)
	}
	s.call("PATCH", "/api/worlds/w/clock", `{"advance":"3s"}`, 200, nil)
	var early callAnswer
	s.call("POST", "/api/worlds/w/calls/"+c.ID+"/hang-up", "", 200, &early)
	if early.HeardAll || early.EndedAt == "" {
		t.Errorf("hung up after 3 s: %+v", early)
	}
	s.call("POST", "/api/worlds/w/calls", `{"from":"03-0000-1009","listen":"all"}`, 201, &c)
	if !c.HeardAll {
		t.Errorf("listened to the end: %+v", c)
	}
	var list struct{ Calls []callAnswer }
	if s.call("GET", "/api/worlds/w/calls", "", 200, &list); len(list.Calls) != 2 || list.Calls[0].ID != early.ID {
		t.Errorf("%+v", list)
	}
	if page := s.call("GET", "/worlds/w?tab=calls", "", 200, nil); !strings.Contains(page.text, "ガイダンスの途中で切りました") {
		t.Errorf("the page does not show the calls: %.300s", page.text)
	}
}

func TestCallsThatCannotBe(t *testing.T) {
	t.Parallel()
	s := newSandbox(t)
	s.refused("POST", "/api/worlds/w/calls", `{"from":"hanako"}`, 422, "request_invalid")
	s.refused("POST", "/api/worlds/w/calls", `{}`, 422, "malformed")
	s.refused("POST", "/api/worlds/w/calls", `{"from":"03-0000-1009","listen":"half"}`, 422, "malformed")
	s.refused("POST", "/api/worlds/w/calls/call-9/hang-up", "", 422, "request_invalid")
	s.refused("PATCH", "/api/worlds/w/calls", `{"busy_next":-1}`, 422, "malformed")
	s.call("PATCH", "/api/worlds/w/calls", `{"busy_next":1}`, 204, nil)
	var c callAnswer
	if s.call("POST", "/api/worlds/w/calls", `{"from":"03-0000-1009"}`, 201, &c); c.Outcome != "busy" || c.Guidance != "" {
		t.Errorf("engaged: %+v", c)
	}
}

func TestFaultsArePlannedAndUsedUp(t *testing.T) {
	t.Parallel()
	s := newSandbox(t)
	plan := `{"faults":[{"kind":"delay","to":"090-0000-1001","times":2,"by":"11m0s"}]}`
	s.call("PUT", "/api/worlds/w/faults/sms", plan, 200, nil)
	if got := s.call("GET", "/api/worlds/w/faults/sms", "", 200, nil); !strings.Contains(got.text, `"by":"11m0s"`) || !strings.Contains(got.text, `"times":2`) {
		t.Errorf("planned %s", got.text)
	}
	s.call("PUT", "/api/worlds/w/faults/sms", `{"faults":[]}`, 200, nil)
	if got := s.call("GET", "/api/worlds/w/faults/sms", "", 200, nil); !strings.Contains(got.text, `"faults":[]`) {
		t.Errorf("after taking it back %s", got.text)
	}
	s.refused("PUT", "/api/worlds/w/faults/sms", `{"faults":[{"kind":"explode"}]}`, 422, "malformed")
	s.refused("PUT", "/api/worlds/w/faults/sms", `{"faults":[{"kind":"delay","times":1}]}`, 422, "request_invalid")
	s.refused("PUT", "/api/worlds/w/faults/issuer", `{"faults":[{"kind":"duplicate","times":1}]}`, 422, "request_invalid")
	s.refused("PUT", "/api/worlds/w/faults/fax", `{"faults":[]}`, 422, "malformed")
	s.refused("PUT", "/api/worlds/w/reception", `{"address":"nobody","refused_domains":[]}`, 422, "request_invalid")
}

func TestAVoiceWebhookDecidesWhatIsHeard(t *testing.T) {
	t.Parallel()
	s := newSandbox(t)
	var digits []string
	backend := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/xml")
		answer := `<Response><Gather numDigits="4"><Say>暗証番号をどうぞ</Say></Gather><Say>入力がありません</Say></Response>`
		if r.FormValue("Digits") != "" {
			digits = append(digits, r.FormValue("Digits"))
			answer = `<Response><Pause/><Say>受け付けました</Say><Hangup/></Response>`
		}
		_, _ = io.WriteString(w, answer) // a caller who is gone shows below
	}))
	defer backend.Close()
	s.refused("PUT", "/api/worlds/w/voice", `{"url":"ftp://example.com"}`, 422, "request_invalid")
	s.refused("PUT", "/api/worlds/w/voice", `{"url":""}`, 422, "request_invalid")
	if got := s.call("PUT", "/api/worlds/w/voice", `{"url":"`+backend.URL+`/voice","auth_token":"secret-token"}`, 200, nil); strings.Contains(got.text, "secret-token") || !strings.Contains(got.text, `"signed":true`) {
		t.Errorf("answers %s", got.text)
	}
	var c struct {
		callAnswer
		Transcript []struct{ What, Says string }
	}
	s.call("POST", "/api/worlds/w/calls", `{"from":"03-0000-1009","listen":"all","digits":["12345"]}`, 201, &c)
	var heard []string
	for _, l := range c.Transcript {
		heard = append(heard, strings.TrimSpace(l.What+" "+l.Says))
	}
	note := "note この文の録音はありません。代わりに"
	want := []string{"ring", "answer", "gather", "say 暗証番号をどうぞ", note + "1.04sの音を流します", "digits 1234", "pause 1s", "say 受け付けました", note + "910msの音を流します", "hang_up"}
	if diff := cmp.Diff(want, heard); diff != "" || !c.HeardAll || c.Guidance != "暗証番号をどうぞ\n受け付けました" {
		t.Errorf("heard %t %q (-want +got):\n%s", c.HeardAll, c.Guidance, diff)
	}
	if diff := cmp.Diff([]string{"1234"}, digits); diff != "" {
		t.Errorf("digits (-want +got):\n%s", diff)
	}
	s.call("POST", "/api/worlds/w/calls", `{"from":"03-0000-1009","listen":"part"}`, 201, &c)
	if c.HeardAll || c.EndedAt == "" {
		t.Errorf("hung up early: %+v", c)
	}
	s.call("DELETE", "/api/worlds/w/voice", "", 204, nil)
	s.call("POST", "/api/worlds/w/calls", `{"from":"03-0000-1009","listen":"all"}`, 201, &c)
	if !strings.HasPrefix(c.Guidance, "ご登録の電話番号を確認できませんでした") {
		t.Errorf("without the webhook: %q", c.Guidance)
	}
}

func TestAVoiceWebhookThatFailsIsToldOf(t *testing.T) {
	t.Parallel()
	s := newSandbox(t)
	backend := httptest.NewServer(http.NotFoundHandler())
	defer backend.Close()
	s.call("PUT", "/api/worlds/w/voice", `{"url":"`+backend.URL+`/voice"}`, 200, nil)
	var c callAnswer
	got := s.call("POST", "/api/worlds/w/calls", `{"from":"","withheld":true,"listen":"all"}`, 201, &c)
	if c.HeardAll || !strings.Contains(got.text, "404 Not Found") {
		t.Errorf("answers %s", got.text)
	}
	if timeline := s.call("GET", "/api/worlds/w/timeline", "", 200, nil); !strings.Contains(timeline.text, "404 Not Found") {
		t.Errorf("timeline %s", timeline.text)
	}
}

func TestACallThatNobodyAnswers(t *testing.T) {
	t.Parallel()
	s := newSandbox(t)
	s.call("PATCH", "/api/worlds/w/calls", `{"busy_next":1,"ring_next":1}`, 204, nil)
	for _, want := range []string{"busy", "unanswered", "answered"} {
		var c callAnswer
		if s.call("POST", "/api/worlds/w/calls", `{"from":"03-0000-1009","listen":"all"}`, 201, &c); c.Outcome != want {
			t.Errorf("%s, want %s", c.Outcome, want)
		}
	}
	if page := s.call("GET", "/worlds/w?tab=calls", "", 200, nil); !strings.Contains(page.text, "応答なし") {
		t.Errorf("the page does not show it: %.300s", page.text)
	}
}
