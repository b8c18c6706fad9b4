package control_test

import (
	"strings"
	"testing"
)

func TestQueriesThatCannotBe(t *testing.T) {
	t.Parallel()
	s := newSandbox(t)
	for _, path := range []string{
		"/api/worlds/w/sms?from=090", "/api/worlds/w/sms?to=" + strings.Repeat("0", 255), "/api/worlds/w/sms/wait?within=5",
		"/api/worlds/w/sms/wait?within=-1s", "/api/worlds/w/sms/wait?within=61s", "/api/worlds/w/mail/wait?within=soon",
		"/api/worlds/w/mail/wait?after=" + strings.Repeat("x", 65), "/api/worlds/w/timeline?after=-1", "/api/worlds/w/timeline?after=x",
		"/api/worlds/w/registrations?limit=0", "/api/worlds?limit=all",
	} {
		if got := s.send(s.request("GET", path, "")); got.status != 422 || !strings.Contains(got.text, "query.") {
			t.Errorf("%s: status %d: %s", path, got.status, got.text)
		}
	}
	for _, name := range []string{"UPPER", "a%20b", "-a", "a_b", "%E3%81%82", strings.Repeat("a", 64)} {
		for _, path := range []string{"", "/clock", "/policy", "/texts", "/members", "/sms", "/sms/wait?within=0", "/mail", "/mail/wait?within=0", "/mail/mail-1/raw",
			"/registrations", "/enrolments", "/timeline", "/events"} {
			s.refused("GET", "/api/worlds/"+name+path, "", 400, "world_name")
		}
		for method, path := range map[string]string{"PUT": "", "PATCH": "/clock", "POST": "/members", "DELETE": "/sms"} {
			body := "{}"
			if method == "DELETE" {
				body = ""
			}
			s.refused(method, "/api/worlds/"+name+path, body, 400, "world_name")
		}
	}
}
