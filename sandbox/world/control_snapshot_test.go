package world_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"example.com/netanswer/mocks/sms"
	"example.com/netanswer/sandbox/registration"
	"example.com/netanswer/sandbox/store"
	"example.com/netanswer/sandbox/world"
)

// timed is a service by a machine whose clock the test moves.
func timed(t *testing.T, bounds world.Bounds) (s *world.Service, pass func(time.Duration)) {
	t.Helper()
	now := noon
	machine := func() time.Time { return now }
	s, err := world.New(
		world.Config{Machine: machine, Bounds: bounds, Store: store.NewMemory(machine, bounds), Snapshots: store.NewSnapshots(bounds)},
	)
	if err != nil {
		t.Fatal(err)
	}
	return s, func(d time.Duration) { now = now.Add(d) }
}

func take(t *testing.T, s *world.Service, name string, of world.Taking) world.Snapshot {
	t.Helper()
	m, _, err := s.Control().Take(t.Context(), name, of)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func TestASnapshotIsKeptWhateverTimeAndItsWorldDo(t *testing.T) {
	s, pass := timed(t, world.DefaultBounds())
	id, code := awaited(t, s, "a")
	pass(time.Minute)
	take(t, s, "sent", world.Taking{World: "a", Note: "パスコードが届いたところ"})
	pass(48 * time.Hour)
	text(t, s, "a", "later")
	if err := s.Control().Delete(t.Context(), "a"); err != nil {
		t.Fatal(err)
	}
	kept, err := s.Control().Kept(t.Context(), "sent")
	if err != nil || kept.Name != "sent" || kept.Taken != (world.Taken{World: "a", At: noon.Add(time.Minute), Note: "パスコードが届いたところ"}) {
		t.Errorf("kept %+v: %v", kept.Taken, err)
	}
	if !kept.Now.Equal(noon.Add(time.Minute)) || len(kept.SMS.Messages) != 1 {
		t.Errorf("it shows %s and %d SMS", kept.Now, len(kept.SMS.Messages))
	}
	for _, name := range []string{"b", "c"} {
		m, err := s.Control().ForkKept(t.Context(), "sent", name)
		if err != nil || !m.Now.Equal(noon.Add(time.Minute)) || m.From.Snapshot != "sent" || m.Taken != (world.Taken{}) {
			t.Fatalf("%s begins at %s of %+v: %v", name, m.Now, m.From, err)
		}
	}
	pass(8 * time.Minute) // nine of the passcode's ten
	step, err := s.Web().Enter(t.Context(), "b", id, code)
	if err != nil || step.Refused != nil || step.Registration.State != registration.Completed {
		t.Errorf("the registration is %s: %v %v", step.Registration.State, err, step.Refused)
	}
	pass(time.Minute)
	if r, err := snapshot(t, s, "c").Registration(id); err != nil || r.State != registration.Expired {
		t.Errorf("after ten minutes the registration is %s: %v", r.State, err)
	}
}

func TestAWorldIsRestored(t *testing.T) {
	s := service(t)
	if _, err := s.Control().Claim(t.Context(), "a", "090-0000-1001"); err != nil {
		t.Fatal(err)
	}
	id, code := awaited(t, s, "a")
	take(t, s, "sent", world.Taking{World: "a"})
	before := snapshot(t, s, "a")
	text(t, s, "a", "later")
	journeyOn(t, s, "a", id, code)
	changed, err := s.Control().Changed(t.Context(), "a")
	if err != nil {
		t.Fatal(err)
	}
	last := snapshot(t, s, "a")
	if _, err := s.Control().Restore(t.Context(), "a", "sent"); err != nil {
		t.Fatal(err)
	}
	select {
	case <-changed:
	default:
		t.Error("who waits is not told")
	}
	m := snapshot(t, s, "a")
	if diff := cmp.Diff(bodies(before), bodies(m)); diff != "" || m.Name != "a" || m.Claims.Len() != 1 {
		t.Errorf("%s has %d claims and SMS (-before +restored):\n%s", m.Name, m.Claims.Len(), diff)
	}
	if next := text(t, s, "a", "after"); next.ID == last.SMS.Messages[1].ID {
		t.Errorf("the id %s is given twice", next.ID)
	}
	if m.Timeline.Serial <= last.Timeline.Serial || len(m.Timeline.Since(last.Timeline.Serial)) == 0 {
		t.Errorf("the timeline goes back from %d to %d", last.Timeline.Serial, m.Timeline.Serial)
	}
	journeyOn(t, s, "a", id, code) // once more
}

// journeyOn completes a registration whose passcode was sent.
func journeyOn(t *testing.T, s *world.Service, name, id, code string) {
	t.Helper()
	step, err := s.Web().Enter(t.Context(), name, id, code)
	if err != nil || step.Refused != nil || step.Registration.State != registration.Completed {
		t.Fatal(step.Registration.State, err, step.Refused)
	}
}

func TestWhatASenderWasToldIsNotToldAgain(t *testing.T) {
	s := service(t)
	wish := sms.Wish{By: "rest", URL: "http://localhost/", Progress: true}
	if _, err := s.Providers().TakeSMS(t.Context(), "a", sms.Draft{From: "x", To: "090-0000-1001", Body: "hello", Wish: wish}); err != nil {
		t.Fatal(err)
	}
	take(t, s, "accepted", world.Taking{World: "a"})
	restored := func() []sms.Report {
		m, err := s.Control().Restore(t.Context(), "a", "accepted")
		if err != nil {
			t.Fatal(err)
		}
		return m.SMS.Reports
	}
	if left := restored(); len(left) != 2 {
		t.Errorf("before it was told there is left to tell: %+v", left)
	}
	if due, err := s.Providers().ReportsDue(t.Context(), "a", "rest", "", 1); len(due) != 1 || err != nil {
		t.Fatal(due, err)
	}
	if left := restored(); len(left) != 1 {
		t.Errorf("after half of it was told there is left to tell: %+v", left)
	}
	if _, err := s.Control().Restore(t.Context(), "b", "accepted"); err != nil || len(snapshot(t, s, "b").SMS.Reports) != 0 {
		t.Errorf("another world tells it: %v", err)
	}
}

func TestASnapshotThatCannotBe(t *testing.T) {
	bounds := world.DefaultBounds()
	bounds.Snapshots = 2
	s, _ := timed(t, bounds)
	text(t, s, "a", "hello")
	take(t, s, "one", world.Taking{World: "a"})
	control := s.Control()
	tests := map[string]struct {
		name string
		of   world.Taking
		want error
	}{
		"of no world":             {"two", world.Taking{World: "nobody"}, world.ErrNoWorld},
		"of a name that is taken": {"one", world.Taking{World: "a"}, world.ErrSnapshotExists},
		"a name that cannot be":   {"a b", world.Taking{World: "a"}, world.ErrName},
		"a note without end":      {"two", world.Taking{World: "a", Note: strings.Repeat("長", 201)}, world.ErrRequest},
	}
	for name, test := range tests {
		if _, _, err := control.Take(t.Context(), test.name, test.of); !errors.Is(err, test.want) {
			t.Errorf("%s: error %v, want %v", name, err, test.want)
		}
	}
	take(t, s, "two", world.Taking{World: "a"})
	if _, _, err := control.Take(t.Context(), "three", world.Taking{World: "a"}); !errors.Is(err, world.ErrWorlds) {
		t.Errorf("one too many: %v", err)
	}
	text(t, s, "a", "again")
	if m, fresh, err := control.Take(t.Context(), "one", world.Taking{World: "a", Replace: true}); fresh || err != nil ||
		len(m.SMS.Messages) != 2 {
		t.Errorf("replaced: fresh %t, %d SMS, %v", fresh, len(m.SMS.Messages), err)
	}
	if err := errors.Join(control.Forget(t.Context(), "two"), control.Forget(t.Context(), "two")); err != nil {
		t.Error(err)
	}
	all, err := control.AllKept(t.Context())
	if err != nil || len(all) != 1 || all[0].Name != "one" {
		t.Errorf("there are %d: %v", len(all), err)
	}
	_, forked := control.ForkKept(t.Context(), "two", "b")
	_, restored := control.Restore(t.Context(), "a", "two")
	if !errors.Is(forked, world.ErrNoSnapshot) || !errors.Is(restored, world.ErrNoSnapshot) || len(snapshot(t, s, "a").SMS.Messages) != 2 {
		t.Errorf("of none: fork %v, restore %v", forked, restored)
	}
}
