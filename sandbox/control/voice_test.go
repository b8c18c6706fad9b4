package control_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"example.com/netanswer/mocks/ivr/twiml"
)

func TestTheEndOfACallIsTold(t *testing.T) {
	t.Parallel()
	s := newSandbox(t)
	const token = "secret-token"
	var told []string
	var backend *httptest.Server
	backend = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if err := r.ParseForm(); err != nil ||
			r.Header.Get("X-Twilio-Signature") != twiml.Signature(token, backend.URL+r.URL.RequestURI(), r.PostForm) {
			t.Errorf("%s: %v, not signed as it should be", r.URL, err)
		}
		told = append(
			told,
			strings.TrimSpace(r.URL.Path+" "+r.PostForm.Get("From")+" "+r.PostForm.Get("CallStatus")+" "+r.PostForm.Get("CallDuration")),
		)
		w.Header().Set("Content-Type", "text/xml")
		answer := `<Response/>`
		if r.URL.Path == "/voice" {
			answer = `<Response><Say>もしもし</Say><Redirect>/heard</Redirect></Response>`
		}
		_, _ = io.WriteString(w, answer) // a caller who is gone shows below
	}))
	defer backend.Close()
	s.refused("PUT", "/api/worlds/w/voice", `{"url":"`+backend.URL+`/voice","status_callback":"/ended"}`, 422, "request_invalid")
	s.call(
		"PUT",
		"/api/worlds/w/voice",
		`{"url":"`+backend.URL+`/voice","auth_token":"`+token+`","status_callback":"`+backend.URL+`/ended"}`,
		200,
		nil,
	)
	s.call("PATCH", "/api/worlds/w/clock", `{"running":false}`, 200, nil)
	const place = "/api/worlds/w/calls"
	var c callAnswer
	steps := []struct {
		name    string
		command func()
		want    []string
	}{
		{"hung up before the end", func() { s.call("POST", place, `{"from":"03-0000-1009","listen":"part"}`, 201, &c) },
			[]string{"/voice +81300001009 in-progress", "/ended +81300001009 completed 0"}},
		{"heard out", func() { s.call("POST", place, `{"from":"03-0000-1009","listen":"all"}`, 201, &c) },
			[]string{"/voice +81300001009 in-progress", "/heard +81300001009 in-progress", "/ended +81300001009 completed 0"}},
		{"going on", func() { s.call("POST", place, `{"from":"03-0000-1009"}`, 201, &c) },
			[]string{"/voice +81300001009 in-progress"}},
		{"ended later", func() {
			s.call("PATCH", "/api/worlds/w/clock", `{"advance":"90s"}`, 200, nil)
			s.call("POST", place+"/"+c.ID+"/hang-up", "", 200, &c)
			s.call("POST", place+"/"+c.ID+"/hang-up", "", 200, &c) // once more is nothing new
		}, []string{"/heard +81300001009 in-progress", "/ended +81300001009 completed 90"}},
		{"heard out, going on", func() { s.call("POST", place, `{"from":"03-0000-1009","listen":"stay"}`, 201, &c) },
			[]string{"/voice +81300001009 in-progress", "/heard +81300001009 in-progress"}},
		{"ended at once", func() {
			s.call("POST", place+"/"+c.ID+"/hang-up", "", 200, &c)
			if !c.HeardAll {
				t.Error("who heard it out and stayed is told to have hung up before the end")
			}
		},
			[]string{"/ended +81300001009 completed 0"}},
		{"never answered", func() {
			s.call("PUT", "/api/worlds/w/faults/call", `{"faults":[{"kind":"busy"}]}`, 200, nil)
			s.call("POST", place, `{"from":"03-0000-1009","listen":"all"}`, 201, &c)
		}, nil},
	}
	for _, step := range steps {
		told = nil
		step.command()
		if diff := cmp.Diff(step.want, told); diff != "" {
			t.Errorf("%s (-want +got):\n%s", step.name, diff)
		}
	}
	backend.Close()
	told = nil
	s.call("POST", place, `{"from":"03-0000-1009","listen":"part"}`, 201, &c)
	if timeline := s.call("GET", "/api/worlds/w/timeline", "", 200, nil); !strings.Contains(timeline.text, "電話が終わったことを知らせられませんでした") {
		t.Errorf("timeline %s", timeline.text)
	}
}

// Numbers of cards get into addresses by mistake, and what is told of a call is shown to
// many.
func TestACallDoesNotTellACardInTheAddressOfAWebhook(t *testing.T) {
	t.Parallel()
	s := newSandbox(t)
	var told []string
	backend := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		told = append(told, r.URL.Path)
		w.Header().Set("Content-Type", "text/xml")
		_, _ = io.WriteString(w, `<Response><Say>もしもし</Say></Response>`) // a caller who is gone shows below
	}))
	defer backend.Close()
	address := backend.URL + "/4242420000010017"
	s.call("PUT", "/api/worlds/w/voice", `{"url":"`+address+`","status_callback":"`+address+`/ended"}`, 200, nil)
	var c callAnswer
	s.call("POST", "/api/worlds/w/calls", `{"from":"03-0000-1009","listen":"all"}`, 201, &c)
	if diff := cmp.Diff([]string{"/4242420000010017", "/4242420000010017/ended"}, told); diff != "" || c.Guidance != "もしもし" {
		t.Errorf("%q, and the webhook was told (-want +got):\n%s", c.Guidance, diff)
	}
	backend.Close()
	s.call("POST", "/api/worlds/w/calls", `{"from":"03-0000-1009","listen":"all"}`, 201, &c)
	for _, of := range []string{"/calls", "/timeline"} {
		said := s.call("GET", "/api/worlds/w"+of, "", 200, nil).text
		if strings.Contains(said, "4242420000010017") || !strings.Contains(said, "424242*******017") {
			t.Errorf("%s tells %s", of, said)
		}
	}
}
