package control_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestClockMoves(t *testing.T) {
	t.Parallel()
	s := newSandbox(t)
	jst := start.Location()
	steps := []struct {
		name, body string
		want       clockState
	}{
		{"freezes", `{"running":false}`, clockState{start, false}},
		{"goes on to the millisecond", `{"advance":"9m59.999s"}`, clockState{start.Add(10*time.Minute - time.Millisecond), false}},
		{"goes back", `{"advance":"-9m59.999s"}`, clockState{start, false}},
		{"is set, in any time zone", `{"now":"2026-12-31T15:00:00Z"}`, clockState{time.Date(2027, 1, 1, 0, 0, 0, 0, jst), false}},
		{
			"is set, goes on and runs at once",
			`{"now":"2026-02-28T23:59:00+09:00","advance":"1m","running":true}`,
			clockState{time.Date(2026, 3, 1, 0, 0, 0, 0, jst), true},
		},
		{"stays for nothing", `{}`, clockState{time.Date(2026, 3, 1, 0, 0, 0, 0, jst), true}},
	}
	for _, step := range steps {
		var moved, seen clockState
		s.call("PATCH", "/api/worlds/w/clock", step.body, 200, &moved)
		s.call("GET", "/api/worlds/w/clock", "", 200, &seen)
		if diff := cmp.Diff(step.want, moved); diff != "" {
			t.Errorf("%s: moved (-want +got):\n%s", step.name, diff)
		}
		if diff := cmp.Diff(step.want, seen); diff != "" {
			t.Errorf("%s: seen (-want +got):\n%s", step.name, diff)
		}
	}
	s.machine.pass(time.Second)
	var ran clockState
	if s.call("GET", "/api/worlds/w/clock", "", 200, &ran); !ran.Now.Equal(time.Date(2026, 3, 1, 0, 0, 1, 0, jst)) {
		t.Errorf("after a second of the machine it shows %s", ran.Now)
	}
}

func TestClockRefusesWhatItCannotShow(t *testing.T) {
	t.Parallel()
	s := newSandbox(t)
	tests := map[string]struct {
		body, code string
		status     int
	}{
		"a time before 2000":        {`{"now":"1999-12-31T23:59:59+09:00"}`, "request_invalid", 422},
		"a time after 2099":         {`{"now":"2100-01-01T00:00:00+09:00"}`, "request_invalid", 422},
		"too long a way":            {`{"advance":"2000000h"}`, "request_invalid", 422},
		"a length nobody can count": {`{"advance":"99999999999h"}`, "malformed", 422},
		"a time without a zone":     {`{"now":"2026-11-01T10:00:00"}`, "malformed", 422},
		"a date that is none":       {`{"now":"2026-02-30T10:00:00+09:00"}`, "malformed", 422},
		"a length without a unit":   {`{"advance":"10"}`, "malformed", 422},
		"a length in Japanese":      {`{"advance":"10分"}`, "malformed", 422},
		"a length as a number":      {`{"advance":600}`, "malformed", 422},
		"running as text":           {`{"running":"yes"}`, "malformed", 422},
		"an unknown field":          {`{"speed":2}`, "malformed", 422},
		"a list":                    {`[]`, "malformed", 422},
		"nothing at all":            {``, "malformed", 400},
		"half of an object":         {`{"running":`, "malformed", 400},
		"two objects":               {`{} {}`, "malformed", 400},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			s := s.in(t)
			s.refused("PATCH", "/api/worlds/w/clock", test.body, test.status, test.code)
		})
	}
	var seen clockState
	if s.call("GET", "/api/worlds/w/clock", "", 200, &seen); !seen.Now.Equal(start) {
		t.Errorf("the clock has moved to %s", seen.Now)
	}
}
