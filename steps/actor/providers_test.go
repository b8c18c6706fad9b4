package actor_test

import (
	"errors"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"example.com/netanswer/client"
	"example.com/netanswer/steps/actor"
)

// controls is a control API of the world w that gives these answers, by method and
// path: a problem where one has a code, and status 500 to whatever else it is asked.
func controls(t *testing.T, answers map[string]string) *client.Client {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		answer, known := answers[r.Method+" "+strings.TrimPrefix(r.URL.Path, "/api/worlds/w")]
		switch {
		case strings.HasPrefix(answer, `{"code"`):
			w.Header().Set("Content-Type", "application/problem+json")
			w.WriteHeader(http.StatusNotFound)
		case !known:
			w.WriteHeader(http.StatusInternalServerError)
		}
		_, _ = io.WriteString(w, answer) // a client that is gone shows in what it gets
	}))
	t.Cleanup(server.Close)
	return client.New(server.URL)
}

const (
	somebodysTexts = `{"messages":[{"id":"1","from":"SAISON","to":"090","body":"ad"},{"id":"2","body":"code","passcode":{"code":"123456"}}]}`
	somebodysMails = `{"mails":[{"id":"3","from":"a@b","subject":"件名","text":"本文","passcode":null}]}`
)

func TestWhatProvidersTell(t *testing.T) {
	around := actor.Providers{Controls: controls(t, map[string]string{
		"GET /sms":      somebodysTexts,
		"GET /mail":     somebodysMails,
		"GET /sms/wait": `{"code":"nothing_arrived","detail":"nothing"}`,
		"GET /enrolments": `{"enrolments":[{"card":"4000-12**-****-012"},{"card":"4000-12**-****-013"},
			{"card":"4000-12**-****-012"}]}`,
	})}
	texts, err := around.Texts(t.Context(), "w", "090")
	want := []actor.Message{{ID: "1", From: "SAISON", To: "090", Body: "ad"}, {ID: "2", Body: "code", Passcode: "123456"}}
	if diff := cmp.Diff(want, texts); err != nil || diff != "" {
		t.Errorf("%v (-want +got)\n%s", err, diff)
	}
	mails, err := around.Mails(t.Context(), "w", "a@example.jp")
	if diff := cmp.Diff([]actor.Message{{ID: "3", From: "a@b", Subject: "件名", Body: "本文"}}, mails); err != nil || diff != "" {
		t.Errorf("%v (-want +got)\n%s", err, diff)
	}
	if m, err := around.NextText(t.Context(), "w", "090", "2"); !errors.Is(err, client.ErrNothingArrived) || m != (actor.Message{}) {
		t.Errorf("%+v, %v", m, err)
	}
	if m, err := around.NextMail(t.Context(), "w", "090", "2"); err == nil || errors.Is(err, client.ErrNothingArrived) {
		t.Errorf("a fault is read as %+v, %v", m, err)
	}
	if times, err := around.Enrolments(t.Context(), "w", "4000123456789012"); times != 2 || err != nil {
		t.Errorf("enrolled %d times, %v", times, err)
	}
}

func TestRecordsAreWholeOrNone(t *testing.T) {
	answers := map[string]string{"GET /timeline": `{"events":[{"what":"4000-12**"}]}`, "GET /registrations": `{"registrations":[{"id":"r1"}]}`}
	records := func(without string) (string, error) {
		some := maps.Clone(answers)
		delete(some, without)
		return actor.Providers{Controls: controls(t, some)}.Records(t.Context(), "w")
	}
	if got, err := records(""); err != nil || !strings.Contains(got, "4000-12**") || !strings.Contains(got, "r1") {
		t.Errorf("%s, %v", got, err)
	}
	for missing := range answers { // in half of them a secret would not be found
		if got, err := records(missing); err == nil {
			t.Errorf("without %s they are %s", missing, got)
		}
	}
}

// TestWhatWasReceivedIsKept has a provider that does not answer: the others' is kept, and that is told.
func TestWhatWasReceivedIsKept(t *testing.T) {
	found := actor.Received(t.Context(), controls(t, map[string]string{"GET /sms": somebodysTexts, "GET /mail": somebodysMails, "GET /timeline": `{}`}), "w")
	got := map[string]string{}
	for _, e := range found {
		got[e.Name] = string(e.Bytes)
	}
	for name, want := range map[string]string{"sms.txt": "ad\n", "mail.txt": "Subject: 件名\n\n本文", "calls.txt": "500"} {
		if !strings.Contains(got[name], want) {
			t.Errorf("%s is %q, want %q", name, got[name], want)
		}
	}
	if len(got) != 3 {
		t.Errorf("%d are kept, of nothing one as well", len(got))
	}
}
