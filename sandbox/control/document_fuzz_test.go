package control_test

import (
	"bytes"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"

	"example.com/netanswer/mocks/clock"
	"example.com/netanswer/sandbox/control"
	"example.com/netanswer/sandbox/store"
	"example.com/netanswer/sandbox/world"
)

// FuzzDocument imports documents of worlds that nobody wrote: each is taken or
// refused, and in a world that is made of one that is taken everything can be
// looked at and goes on.
func FuzzDocument(f *testing.F) {
	bounds := world.DefaultBounds()
	service, err := world.New(world.Config{Machine: clock.Machine, Bounds: bounds, Store: store.NewMemory(clock.Machine, bounds),
		Snapshots: store.NewSnapshots(bounds), Documents: store.Documents{}})
	if err != nil {
		f.Fatal(err)
	}
	api := control.New(control.Config{Service: service, Log: slog.New(slog.DiscardHandler), MemberURL: func(string) string { return "" }})
	ask := func(method, path, body string) (int, string) {
		var in io.Reader
		if body != "" {
			in = strings.NewReader(body)
		}
		r := httptest.NewRequest(method, "http://127.0.0.1"+path, in)
		r.Header.Set("Content-Type", "application/json")
		w := httptest.NewRecorder()
		api.ServeHTTP(w, r)
		return w.Code, w.Body.String()
	}
	for _, step := range [][3]string{
		{"PUT", "/api/worlds/a", `{"clock":{"running":false}}`},
		{"POST", "/api/worlds/a/registrations", `{"at":"passcode"}`},
		{"POST", "/api/worlds/a/calls", `{"from":"03-0000-1009","listen":"all"}`},
		{"PUT", "/api/worlds/a/faults/sms", `{"faults":[{"kind":"delay","by":"1m"}]}`},
	} {
		if status, body := ask(step[0], step[1], step[2]); status >= 300 {
			f.Fatalf("%v: %d %s", step, status, body)
		}
	}
	_, text := ask("GET", "/api/worlds/a/document", "")
	f.Add(text)
	number, when, word := regexp.MustCompile(`: \d+`), regexp.MustCompile(`"20\d\d-[^"]*"`), regexp.MustCompile(`: "[^"]*"`)
	for _, bad := range []struct {
		what *regexp.Regexp
		with []string
	}{
		{number, []string{`: -1`, `: 9223372036854775807`, `: 1e400`, `: null`}},
		{when, []string{`"0001-01-01T00:00:00Z"`, `"9999-12-31T23:59:59Z"`, `"soon"`}},
		{word, []string{`: ""`, `: null`, `: "\u0000"`, `: []`}},
	} {
		for _, with := range bad.with {
			for at := range min(12, len(bad.what.FindAllStringIndex(text, -1))) { // each of the first, one at a time
				place := bad.what.FindAllStringIndex(text, -1)[at]
				f.Add(text[:place[0]] + with + text[place[1]:])
			}
		}
	}
	f.Fuzz(func(t *testing.T, document string) {
		status, body := ask("PUT", "/api/snapshots/s/document?replace=true", document)
		if status >= 500 {
			t.Fatalf("import: %d %s", status, body)
		}
		if status >= 300 {
			return
		}
		defer ask("DELETE", "/api/worlds/f", "")
		for _, look := range [][3]string{
			{"POST", "/api/snapshots/s/forks", `{"into":"f"}`}, {"GET", "/api/worlds/f", ""}, {"GET", "/api/worlds/f/registrations", ""},
			{"GET", "/api/worlds/f/members", ""}, {"GET", "/api/worlds/f/sms", ""}, {"GET", "/api/worlds/f/mail", ""}, {"GET", "/api/worlds/f/calls", ""},
			{"GET", "/api/worlds/f/timeline", ""}, {"GET", "/api/worlds/f/policy", ""}, {"GET", "/api/worlds/f/document", ""},
			{"PATCH", "/api/worlds/f/clock", `{"advance":"1m"}`}, {"POST", "/api/worlds/f/registrations", `{"at":"passcode"}`},
			{"POST", "/api/worlds/f/calls", `{"from":"03-0000-1009","listen":"all"}`},
		} {
			if status, body := ask(look[0], look[1], look[2]); status >= 500 && status != http.StatusServiceUnavailable {
				t.Errorf("%s %s: %d %s", look[0], look[1], status, body)
			}
		}
		if _, again := ask("GET", "/api/snapshots/s/document", ""); !bytes.HasPrefix([]byte(again), []byte("{")) {
			t.Errorf("written again it is %.100s", again)
		}
	})
}
