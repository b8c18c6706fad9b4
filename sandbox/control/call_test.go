package control_test

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
}

func TestCallsThatCannotBe(t *testing.T) {
	t.Parallel()
	s := newSandbox(t)
	s.refused("POST", "/api/worlds/w/calls", `{"from":"hanako"}`, 422, "request_invalid")
	s.refused("POST", "/api/worlds/w/calls", `{}`, 422, "malformed")
	s.refused("POST", "/api/worlds/w/calls", `{"from":"03-0000-1009","listen":"half"}`, 422, "malformed")
	s.refused("POST", "/api/worlds/w/calls/call-9/hang-up", "", 422, "request_invalid")
	s.refused("PUT", "/api/worlds/w/faults/call", `{"faults":[{"kind":"duplicate"}]}`, 422, "request_invalid")
	s.refused("PUT", "/api/worlds/w/faults/call", `{"faults":[{"kind":"busy","to":"0120000111"}]}`, 422, "request_invalid")
	s.refused("PUT", "/api/worlds/w/faults/sms", `{"faults":[{"kind":"busy"}]}`, 422, "request_invalid")
	s.refused("PUT", "/api/worlds/w/faults/sms", `{"faults":[{"kind":"lose","from":"0300001009"}]}`, 422, "request_invalid")
	s.refused("GET", "/api/worlds/w/calls/wait?within=2m", "", 422, "request_invalid")
}

func TestFaultsArePlannedAndUsedUp(t *testing.T) {
	t.Parallel()
	s := newSandbox(t)
	plan := `{"faults":[{"kind":"delay","to":"090-0000-1001","times":2,"by":"11m0s"}]}`
	s.call("PUT", "/api/worlds/w/faults/sms", plan, 200, nil)
	if got := s.call("GET", "/api/worlds/w/faults/sms", "", 200, nil); !strings.Contains(got.text, `"by":"11m0s"`) ||
		!strings.Contains(got.text, `"times":2`) {
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
	if got := s.call("PUT", "/api/worlds/w/voice", `{"url":"`+backend.URL+`/voice","auth_token":"secret-token"}`, 200, nil); strings.Contains(
		got.text,
		"secret-token",
	) ||
		!strings.Contains(got.text, `"signed":true`) {
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
	want := []string{
		"ring",
		"answer",
		"gather",
		"say 暗証番号をどうぞ",
		note + "1.04sの音を流します",
		"digits 1234",
		"pause 1s",
		"say 受け付けました",
		note + "910msの音を流します",
		"hang_up",
	}
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

func TestWhatIsPlannedHappensToCalls(t *testing.T) {
	t.Parallel()
	s := newSandbox(t)
	s.call("PATCH", "/api/worlds/w/clock", `{"running":false}`, 200, nil)
	plan := `{"faults":[{"kind":"busy"},{"kind":"time_out"},{"kind":"refuse","from":"03-0000-1009"},{"kind":"lose"},{"kind":"delay","by":"20s"}]}`
	if got := s.call("PUT", "/api/worlds/w/faults/call", plan, 200, nil); !strings.Contains(got.text, `"from":"03-0000-1009"`) {
		t.Errorf("planned %s", got.text)
	}
	for i, want := range []struct {
		outcome string
		heard   bool
	}{{"busy", false}, {"unanswered", false}, {"refused", false}, {"answered", false}, {"answered", true}} {
		var c callAnswer
		s.call("POST", "/api/worlds/w/calls", `{"from":"03-0000-1009","listen":"all"}`, 201, &c)
		if c.Outcome != want.outcome || c.HeardAll != want.heard || c.EndedAt == "" {
			t.Errorf("call %d: %+v, want %+v", i, c, want)
		}
	}
	if got := s.call("GET", "/api/worlds/w/faults/call", "", 200, nil); !strings.Contains(got.text, `"faults":[]`) {
		t.Errorf("left %s", got.text)
	}
}

func TestChanceOfCallsHasASeed(t *testing.T) {
	t.Parallel()
	s := newSandbox(t)
	draw := func(world string) (outcomes []string) {
		s.call("PUT", "/api/worlds/"+world+"/faults/call", `{"seed":7,"faults":[{"kind":"busy","percent":50,"times":100}]}`, 200, nil)
		for range 20 {
			var c callAnswer
			s.call("POST", "/api/worlds/"+world+"/calls", `{"from":"03-0000-1009","listen":"all"}`, 201, &c)
			outcomes = append(outcomes, c.Outcome)
		}
		return outcomes
	}
	first := draw("one")
	if diff := cmp.Diff(first, draw("two")); diff != "" {
		t.Errorf("the same seed does not do the same (-one +two):\n%s", diff)
	}
	if text := strings.Join(first, " "); !strings.Contains(text, "busy") || !strings.Contains(text, "answered") {
		t.Errorf("%s", text)
	}
}

func TestACallIsWaitedForAndForgotten(t *testing.T) {
	t.Parallel()
	s := newSandbox(t)
	s.call("PATCH", "/api/worlds/w/clock", `{"running":false}`, 200, nil)
	if p := s.refused("GET", "/api/worlds/w/calls/wait?from=0300001009&within=0", "", 404, "nothing_arrived"); !strings.Contains(
		p.Detail,
		"no call from 0300001009",
	) ||
		!strings.Contains(p.Detail, "0 going on") {
		t.Errorf("detail %q", p.Detail)
	}
	waiting := s.wait("/api/worlds/w/calls/wait?from=0300001009&within=60s")
	var c, other callAnswer
	s.call("POST", "/api/worlds/w/calls", `{"from":"03-0000-1008"}`, 201, &other)
	select {
	case got := <-waiting:
		t.Fatalf("somebody else's call: %s", got.text)
	default:
	}
	s.call("POST", "/api/worlds/w/calls", `{"from":"03-0000-1009"}`, 201, &c)
	if got := <-waiting; got.status != 200 || !strings.Contains(got.text, `"id":"`+c.ID+`"`) {
		t.Errorf("status %d: %s", got.status, got.text)
	}
	s.refused("GET", "/api/worlds/w/calls/wait?within=0&after="+c.ID, "", 404, "nothing_arrived")
	if p := s.refused("GET", "/api/worlds/w/calls/wait?within=0&ended=true", "", 404, "nothing_arrived"); !strings.Contains(
		p.Detail,
		"2 going on",
	) {
		t.Errorf("detail %q", p.Detail)
	}
	ending := s.wait("/api/worlds/w/calls/wait?ended=true&within=60s")
	s.call("POST", "/api/worlds/w/calls/"+other.ID+"/hang-up", "", 200, nil)
	if got := <-ending; got.status != 200 || !strings.Contains(got.text, `"id":"`+other.ID+`"`) {
		t.Errorf("status %d: %s", got.status, got.text)
	}
	s.call("DELETE", "/api/worlds/w/calls?from=03-0000-1008", "", 204, nil)
	var left struct {
		Calls []callAnswer
		Going int
	}
	if s.call("GET", "/api/worlds/w/calls", "", 200, &left); len(left.Calls) != 1 || left.Calls[0].ID != c.ID || left.Going != 1 {
		t.Errorf("left %+v", left)
	}
	s.call("DELETE", "/api/worlds/w/calls", "", 204, nil)
	if s.call("GET", "/api/worlds/w/calls?from=0300001009", "", 200, &left); len(left.Calls) != 0 {
		t.Errorf("left %+v", left)
	}
}

func TestALineThatIsLostByTheClockEndsAWait(t *testing.T) {
	t.Parallel()
	s := newSandbox(t)
	s.call("PATCH", "/api/worlds/w/clock", `{"running":false}`, 200, nil)
	s.call("PUT", "/api/worlds/w/faults/call", `{"faults":[{"kind":"lose"}]}`, 200, nil)
	var c callAnswer
	s.call("POST", "/api/worlds/w/calls", `{"from":"03-0000-1009"}`, 201, &c)
	ending := s.wait("/api/worlds/w/calls/wait?ended=true&within=60s")
	s.call("PATCH", "/api/worlds/w/clock", `{"advance":"1.999s"}`, 200, nil)
	select {
	case got := <-ending:
		t.Fatalf("a millisecond too early: %s", got.text)
	default:
	}
	s.call("PATCH", "/api/worlds/w/clock", `{"advance":"1ms"}`, 200, nil)
	if got := <-ending; got.status != 200 || !strings.Contains(got.text, `"cut":true`) {
		t.Errorf("status %d: %s", got.status, got.text)
	}
}

func TestAWebhookIsAskedAgainWhenAllWasHeard(t *testing.T) {
	t.Parallel()
	s := newSandbox(t)
	asked := make(chan string, 10)
	backend := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked <- r.URL.Path
		w.Header().Set("Content-Type", "text/xml")
		answer := `<Response><Say>お待ちください</Say><Redirect>/heard</Redirect></Response>`
		if r.URL.Path == "/heard" {
			answer = `<Response><Hangup/></Response>`
		}
		_, _ = io.WriteString(w, answer) // a caller who is gone shows below
	}))
	defer backend.Close()
	s.call("PATCH", "/api/worlds/w/clock", `{"running":false}`, 200, nil)
	s.call("PUT", "/api/worlds/w/voice", `{"url":"`+backend.URL+`/voice"}`, 200, nil)
	told := func() (paths []string) {
		for len(asked) > 0 {
			paths = append(paths, <-asked)
		}
		return paths
	}
	for name, tt := range map[string]struct {
		listen string
		wait   string // until the caller hangs up who stays on the line
		heard  bool
		want   []string
	}{
		"heard out":           {"all", "", true, []string{"/voice", "/heard"}},
		"heard in part":       {"part", "", false, []string{"/voice"}},
		"hung up too early":   {"", "900ms", false, []string{"/voice"}},
		"hung up when it may": {"", "1s", true, []string{"/voice", "/heard"}},
	} {
		var c callAnswer
		listen := ""
		if tt.listen != "" {
			listen = `,"listen":"` + tt.listen + `"`
		}
		s.call("POST", "/api/worlds/w/calls", `{"from":"03-0000-1009"`+listen+`}`, 201, &c)
		if tt.listen == "" {
			s.call("PATCH", "/api/worlds/w/clock", `{"advance":"`+tt.wait+`"}`, 200, nil)
			s.call("POST", "/api/worlds/w/calls/"+c.ID+"/hang-up", "", 200, &c)
			s.call("POST", "/api/worlds/w/calls/"+c.ID+"/hang-up", "", 200, nil) // twice changes nothing
		}
		if diff := cmp.Diff(tt.want, told()); diff != "" || c.HeardAll != tt.heard {
			t.Errorf("%s: heard %t, asked (-want +got):\n%s", name, c.HeardAll, diff)
		}
	}
}
