package control_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestPolicyIsPatched(t *testing.T) {
	t.Parallel()
	s := newSandbox(t)
	var before, after, seen map[string]any
	s.call("GET", "/api/worlds/w/policy", "", 200, &before)
	s.call("PATCH", "/api/worlds/w/policy", `{"passcode_lifetime":"90s","newsletter_default":false,"card_mask":"****-0000"}`, 200, &after)
	s.call("GET", "/api/worlds/w/policy", "", 200, &seen)
	want := map[string]any{}
	for name, value := range before {
		want[name] = value
	}
	want["passcode_lifetime"], want["newsletter_default"], want["card_mask"] = "1m30s", false, "****-0000"
	if diff := cmp.Diff(want, after); diff != "" {
		t.Errorf("answered (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(want, seen); diff != "" {
		t.Errorf("seen (-want +got):\n%s", diff)
	}
	var other map[string]any
	s.call("GET", "/api/worlds/other/policy", "", 200, &other)
	if diff := cmp.Diff(before, other); diff != "" {
		t.Errorf("another world's policy has changed (-want +got):\n%s", diff)
	}
}

func TestPolicyRefusesValuesThatCannotBe(t *testing.T) {
	t.Parallel()
	s := newSandbox(t)
	tests := map[string]struct{ body, code, says string }{
		"an unknown value":        {`{"passcode_colour":"red"}`, "malformed", "passcode_colour"},
		"null":                    {`{"passcode_digits":null}`, "malformed", "passcode_digits"},
		"a number as text":        {`{"passcode_digits":"6"}`, "malformed", "passcode_digits"},
		"half a digit":            {`{"passcode_digits":6.5}`, "malformed", "passcode_digits"},
		"a time as a number":      {`{"passcode_lifetime":600}`, "malformed", "passcode_lifetime"},
		"a time that is none":     {`{"passcode_lifetime":"soon"}`, "request_invalid", "soon"},
		"no time at all":          {`{"passcode_lifetime":"0s"}`, "request_invalid", "passcode_lifetime"},
		"too many digits":         {`{"passcode_digits":99}`, "request_invalid", "passcode_digits"},
		"least above most":        {`{"password_min":20}`, "request_invalid", "password_min"},
		"a mask with a digit":     {`{"card_mask":"1234"}`, "request_invalid", "card_mask"},
		"one right and one wrong": {`{"passcode_digits":8,"login_attempts":0}`, "request_invalid", "login_attempts"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			s := s.in(t)
			p := s.refused("PATCH", "/api/worlds/w/policy", test.body, 422, test.code)
			told := p.Detail
			for _, e := range p.Errors {
				told += e.Field + e.Detail
			}
			if !strings.Contains(told, test.says) {
				t.Errorf("%+v does not speak of %s", p, test.says)
			}
		})
	}
	var now map[string]any
	if s.call("GET", "/api/worlds/w/policy", "", 200, &now); now["passcode_digits"] != 6.0 {
		t.Errorf("the policy has changed: %v", now)
	}
}
