package control_test

import (
	"strings"
	"testing"
)

func TestChanceIsAskedForAndItsSeedIsTold(t *testing.T) {
	s := newSandbox(t)
	type plan struct {
		Faults []struct {
			Kind    string
			Percent int
			Reason  string
		}
		Seed uint64
	}
	var planned, read plan
	s.call("PUT", "/api/worlds/w/faults/sms", `{"faults":[{"kind":"lose","percent":40,"reason":"filtered","times":3}]}`, 200, &planned)
	if planned.Seed == 0 {
		t.Fatal("no seed is told")
	}
	s.call("GET", "/api/worlds/w/faults/sms", "", 200, &read)
	if read.Seed != planned.Seed || len(read.Faults) != 1 || read.Faults[0].Percent != 40 || read.Faults[0].Reason != "filtered" {
		t.Errorf("read %+v, planned %+v", read, planned)
	}
	if line := s.call("GET", "/api/worlds/w/timeline", "", 200, nil).text; !strings.Contains(line, "シード") {
		t.Errorf("the timeline does not tell the seed: %s", line)
	}
	var sure plan
	s.call("PUT", "/api/worlds/w/faults/sms", `{"faults":[{"kind":"lose"}]}`, 200, &sure)
	if sure.Seed != 0 {
		t.Errorf("a plan without chance has seed %d", sure.Seed)
	}
	s.refused("PUT", "/api/worlds/w/faults/mail", `{"faults":[{"kind":"lose","reason":"filtered"}]}`, 422, "request_invalid")
}
