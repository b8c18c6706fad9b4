package control_test

import (
	"net/http"
	"strings"
	"testing"
)

// TestJSONThatReadersUnderstandDifferentlyIsRefused: with the place, and nothing is done.
func TestJSONThatReadersUnderstandDifferentlyIsRefused(t *testing.T) {
	s := newSandbox(t)
	const path = "/api/worlds/strict/texts"
	for body, field := range map[string]string{
		`{"input.heading":"a","input.heading":"b"}`:                 "body.input.heading",
		`{"input.heading":"\u0000"}`:                                "body.input.heading",
		`{"input.heading":"\ud83d"}`:                                "body.input.heading",
		"{\"input.heading\":\"\xff\"}":                              "body.input.heading",
		`{"input.heading":"a"} {}`:                                  "body",
		`{"input.heading":"a"},`:                                    "body",
		`{"a":` + strings.Repeat("[", 9000) + `}`:                   "body",
		strings.Repeat(`{"a":`, 70) + "1" + strings.Repeat("}", 70): "body" + strings.Repeat(".a", 64),
	} {
		got := s.refused(http.MethodPatch, path, body, http.StatusBadRequest, "malformed")
		want := strings.Replace(field, "body.input.heading", "body/input.heading", 1)
		want = "#" + strings.ReplaceAll(strings.TrimPrefix(want, "body"), ".a", "/a")
		if strings.Count(want, "/a") == 64 {
			want = "#/" + strings.TrimPrefix(field, "body.") // of a table whose names may have dots
		}
		if len(got.Errors) != 1 || got.Errors[0].Field != field || got.Errors[0].Pointer != want {
			t.Errorf("%.80s: %+v, want %s", body, got.Errors, want)
		}
	}
	for path, body := range map[string]string{
		"/api/worlds/strict/clock/advance": `{"BY":"1m"}`,
		"/api/worlds/strict/policy":        `{"Passcode_Attempts":4}`,
		"/api/worlds/strict/faults":        `{"scope":"sms","kind":"refuse","times":"1"}`,
	} {
		r := s.send(s.request(map[bool]string{true: http.MethodPatch, false: http.MethodPost}[strings.HasSuffix(path, "policy")], path, body))
		if r.status/100 != 4 {
			t.Errorf("%s %s: %d %s", path, body, r.status, r.text)
		}
	}
}
