package control_test

import (
	"encoding/json"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"example.com/netanswer/sandbox/control"
	"example.com/netanswer/sandbox/registration"
	"example.com/netanswer/sandbox/world"
)

func TestAWorldIsWrittenAndReadAsADocument(t *testing.T) {
	t.Parallel()
	s := newSandbox(t)
	id, passcode := s.proceed("a", hanako)
	s.complete("a", misaki)
	s.call("PUT", "/api/worlds/a", `{"clock":{"running":false},"policy":{"passcode_lifetime":"5m"},"texts":{"confirm.heading":"ご確認"}}`, 200, nil)
	s.call("PUT", "/api/worlds/a/voice", `{"url":"http://127.0.0.1:9/voice","auth_token":"a-secret-token"}`, 200, nil)
	got := s.call("GET", "/api/worlds/a/document", "", 200, nil)
	if ct, as := got.header.Get("Content-Type"), got.header.Get("Content-Disposition"); ct != "application/json" ||
		!strings.Contains(as, "a.netanswer.json") {
		t.Errorf("it is %q, %q", ct, as)
	}
	for _, secret := range []string{"Secret-2026", "Ryoko-2020", "a-secret-token"} {
		if strings.Contains(got.text, secret) {
			t.Errorf("%s is in it", secret)
		}
	}
	var kept, again snapshotAnswer
	s.call("PUT", "/api/snapshots/b/document", got.text, 201, &kept)
	if kept.World != "a" || kept.Counts.Registrations != 2 || kept.Counts.SMS != 1 || kept.Counts.Mail != 2 || !kept.Clock.Now.Equal(start) {
		t.Errorf("kept %+v", kept)
	}
	s.refused("PUT", "/api/snapshots/b/document", got.text, 409, "snapshot_exists")
	s.call("PUT", "/api/snapshots/b/document?replace=true", got.text, 200, &again)
	if diff := cmp.Diff(kept, again); diff != "" {
		t.Error(diff)
	}
	s.call("POST", "/api/snapshots/b/forks", `{"into":"c"}`, 201, nil)
	if step := s.step(s.service.Web().Enter(t.Context(), "c", id, passcode)); step.Registration.State != registration.Completed {
		t.Errorf("in the fork it is %s", step.Registration.State)
	}
	whole := regexp.MustCompile(`(?s)"head": \{.*?\n \},`)
	once, twice := whole.ReplaceAllString(got.text, ""), whole.ReplaceAllString(s.call("GET", "/api/snapshots/b/document", "", 200, nil).text, "")
	if diff := cmp.Diff(once, twice); diff != "" {
		t.Errorf("written again it differs:\n%s", diff)
	}
	s.refused("GET", "/api/worlds/nobody/document", "", 404, "no_such_world")
	s.refused("GET", "/api/snapshots/nobody/document", "", 404, "no_such_snapshot")
}

// TestDocumentsThatCannotBe are refused with the place, and change nothing.
func TestDocumentsThatCannotBe(t *testing.T) {
	t.Parallel()
	s := newSandbox(t)
	id, _ := s.proceed("a", hanako)
	text := s.call("GET", "/api/worlds/a/document", "", 200, nil).text
	edited := func(old, with string) string {
		t.Helper()
		if !strings.Contains(text, old) {
			t.Fatalf("%s is not in %s", old, text)
		}
		return strings.Replace(text, old, with, 1)
	}
	for name, c := range map[string]struct{ body, told string }{
		"a later program's":              {edited(`"version": 1`, `"version": 2`), "version 2 is of a later program; this one reads up to 1"},
		"no version":                     {edited(`"version": 1,`, ``), "there is no version 0"},
		"another format":                 {`{"format":"x","version":1}`, `format is "x"`},
		"cut off":                        {text[:len(text)/2], "line "},
		"no JSON":                        {"\n\nworld: a", "line 3"},
		"nothing but its name":           {`{"format":"netanswer-world","version":1}`, "head or policy is missing"},
		"no parts":                       {regexp.MustCompile(`(?s),\s*"parts": .*`).ReplaceAllString(text, "}"), "parts is missing"},
		"a part that is null":            {edited(`"registrations": {`, `"registrations": null, "ignored": {`), "is null"},
		"an unknown key":                 {edited(`"version": 1`, `"version": 1, "extra": 1`), `unknown field "extra"`},
		"an unknown part":                {edited(`"registrations": {`, `"regestrations": {`), `a part "regestrations"`},
		"an unknown field":               {edited(`"channel": "web"`, `"channel": "web", "chanel": "app"`), "registrations/" + id + "/chanel: is not known"},
		"an id under another":            {edited(`"id": "`+id+`"`, `"id": "reg-other"`), "registrations/" + id},
		"a state that cannot be":         {edited(`"state": "passcode"`, `"state": "pin"`), `no registration of "web" is ever in state "pin"`},
		"completed without an account":   {edited(`"state": "passcode"`, `"state": "completed"`), "its card has no account"},
		"a registration that is not":     {edited(`"4242420000010017": "`+id, `"4242420000010017": "reg-none`), `journeys/424242…: there is no registration "reg-none"`},
		"a card that is no test card":    {edited(`"card_number": "4242420000010017"`, `"card_number": "4111111111111111"`), "its card is no test card"},
		"a message that was not counted": {edited(`"id": "sms-1"`, `"id": "sms-7"`), "sms/"},
		"more than can be counted":       {edited(`"serial": `, `"serial": 922337203685477580`), "were counted, want 0 to"},
		"an event that comes twice":      {edited(`"serial": 2`, `"serial": 1`), "events/"},
		"fewer points than none":         {edited(`"points": 1`, `"points": -1`), "want points and limits of 0 and more"},
		"a policy that cannot be":        {edited(`"passcode_digits": 6`, `"passcode_digits": -6`), "policy: "},
		"fewer members than none":        {edited(`"generated": 0`, `"generated": -1`), "head/issuer: -1 generated members"},
		"more members than there can be": {edited(`"generated": 0`, `"generated": 1000001`), "head/issuer: 1000001 generated members"},
		"a defect that is not":           {edited(`"sms": {`, `"defects": ["none"], "sms": {`), `head/defects`},
	} {
		t.Run(name, func(t *testing.T) {
			if told := s.in(t).refused("PUT", "/api/snapshots/b/document", c.body, 422, "document_invalid").Detail; !strings.Contains(told, c.told) {
				t.Errorf("it is told %q, want %q", told, c.told)
			}
		})
	}
	s.refused("GET", "/api/snapshots/b", "", 404, "no_such_snapshot")
}

// TestADocumentIsNoWayAroundTheMask puts the number of a card where only a tester's
// own hand can write it, behind a byte-order mark.
func TestADocumentIsNoWayAroundTheMask(t *testing.T) {
	t.Parallel()
	s := newSandbox(t)
	s.proceed("a", hanako)
	text := s.call("GET", "/api/worlds/a/document", "", 200, nil).text
	edited := regexp.MustCompile(`"what": "[^"]*"`).ReplaceAllString(text, `"what": "4242 4200 0001 0017"`)
	s.call("PUT", "/api/snapshots/b/document", "\ufeff"+edited, 201, nil)
	s.call("POST", "/api/snapshots/b/forks", `{"into":"c"}`, 201, nil)
	if told := s.call("GET", "/api/worlds/c/timeline", "", 200, nil).text; strings.Contains(told, "0001 0017") || !strings.Contains(told, "424242") {
		t.Errorf("it tells %s", told)
	}
}

func TestADocumentMayBeLargerThanARequestButNotAnySize(t *testing.T) {
	t.Parallel()
	s := newSandbox(t, func(c *world.Config, _ *control.Config) {
		c.Bounds.Body, c.Bounds.Document = 4<<10, 30<<10
	})
	s.call("PUT", "/api/worlds/a", `{}`, 201, nil)
	text := s.call("GET", "/api/worlds/a/document", "", 200, nil).text
	if len(text) < 4<<10 || len(text) > 30<<10 {
		t.Fatalf("%d bytes are no test", len(text))
	}
	s.call("PUT", "/api/snapshots/b/document", text, 201, nil)
	s.refused("PUT", "/api/snapshots/c/document", text+strings.Repeat(" ", 30<<10), 413, "too_large")
	s.refused("GET", "/api/snapshots/c", "", 404, "no_such_snapshot")
}

// TestDocumentsOfEarlierProgramsAreRead reads what version 1 wrote first.
func TestDocumentsOfEarlierProgramsAreRead(t *testing.T) {
	t.Parallel()
	s := newSandbox(t)
	var whole map[string]any
	s.proceed("a", hanako)
	if err := json.Unmarshal([]byte(s.call("GET", "/api/worlds/a/document", "", 200, nil).text), &whole); err != nil {
		t.Fatal(err)
	}
	delete(whole["policy"].(map[string]any), "pin_attempts") // a number that came later
	earlier, err := json.Marshal(whole)
	if err != nil {
		t.Fatal(err)
	}
	s.call("PUT", "/api/snapshots/b/document", string(earlier), 201, nil)
	var fork struct{ Policy map[string]any }
	s.call("POST", "/api/snapshots/b/forks", `{"into":"c"}`, 201, &fork)
	if fork.Policy["pin_attempts"] != 3.0 {
		t.Errorf("pin_attempts %v", fork.Policy["pin_attempts"])
	}
}
