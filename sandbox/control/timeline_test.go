package control_test

import (
	"strconv"
	"testing"
	"time"
)

func TestTimelineIsInOrderAndReadOnFromASerial(t *testing.T) {
	t.Parallel()
	s := newSandbox(t)
	id, _ := s.proceed("w", hanako)
	var all, rest struct {
		Serial, Dropped int
		Events          []struct {
			Serial          int
			Kind, What, Ref string
			At              time.Time
		}
	}
	s.call("GET", "/api/worlds/w/timeline", "", 200, &all)
	for i, e := range all.Events {
		if e.Serial != i+1 || e.What == "" || e.Kind == "" || !e.At.Equal(start) {
			t.Errorf("event %d: %+v", i, e)
		}
	}
	if len(all.Events) < 4 || all.Serial != len(all.Events) || all.Events[0].Ref != id {
		t.Fatalf("%+v", all)
	}
	s.step(s.service.Web().Start(t.Context(), "w"))
	s.call("GET", "/api/worlds/w/timeline?after="+strconv.Itoa(all.Serial), "", 200, &rest)
	if len(rest.Events) == 0 || rest.Events[0].Serial != all.Serial+1 {
		t.Errorf("after %d: %+v", all.Serial, rest)
	}
	if s.call("GET", "/api/worlds/w/timeline?after=9999", "", 200, &rest); len(rest.Events) != 0 || rest.Events == nil {
		t.Errorf("after the end: %+v", rest)
	}
}
