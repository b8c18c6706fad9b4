package world_test

import (
	"testing"
	"time"

	"example.com/netanswer/mocks/sms"
	"example.com/netanswer/sandbox/store"
	"example.com/netanswer/sandbox/world"
)

// TestAReportThatNobodyToldIsToldByWhoeverIsAlive has a sandbox end between getting a
// report and telling it.
func TestAReportThatNobodyToldIsToldByWhoeverIsAlive(t *testing.T) {
	machine := noon
	c := world.Config{Machine: func() time.Time { return machine }, Bounds: world.DefaultBounds()}
	c.Store = store.NewMemory(c.Machine, c.Bounds)
	s, err := world.New(c)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Providers().TakeSMS(t.Context(), "a", sms.Draft{From: "x", To: "090-0000-1001", Body: "x",
		Wish: sms.Wish{By: "rest", URL: "http://127.0.0.1/"}}); err != nil {
		t.Fatal(err)
	}
	due := func() []sms.Report {
		t.Helper()
		names, err := s.Sweep(t.Context())
		if err != nil || len(names) != 1 {
			t.Errorf("worlds in which there is something to tell: %v %v", names, err)
		}
		all, err := s.Providers().ReportsDue(t.Context(), "a", "rest", "", 10)
		if err != nil {
			t.Fatal(err)
		}
		return all
	}
	if machine = machine.Add(time.Hour); len(due()) != 1 {
		t.Fatal("there is nothing to tell")
	}
	if machine = machine.Add(59 * time.Second); len(due()) != 0 {
		t.Error("another one got it while somebody may be telling it")
	}
	machine = machine.Add(time.Second)
	again := due()
	if len(again) != 1 || again[0].Status != sms.Delivered {
		t.Fatalf("after a minute: %v", again)
	}
	if err := s.Providers().ReportsTold(t.Context(), "a", again, "told", ""); err != nil {
		t.Fatal(err)
	}
	machine = machine.Add(time.Hour)
	if names, err := s.Sweep(t.Context()); err != nil || len(names) != 0 {
		t.Errorf("told, and still to be told: %v %v", names, err)
	}
}
