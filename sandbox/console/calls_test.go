package console_test

import (
	"strings"
	"testing"
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
	s.refused("PUT", "/api/worlds/w/faults/issuer", `{"faults":[{"kind":"lose","times":1}]}`, 422, "request_invalid")
	s.refused("PUT", "/api/worlds/w/faults/fax", `{"faults":[]}`, 422, "malformed")
	s.refused("PUT", "/api/worlds/w/reception", `{"address":"nobody","refused_domains":[]}`, 422, "request_invalid")
}
