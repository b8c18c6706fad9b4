package world_test

import (
	"bytes"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"example.com/netanswer/mocks/clock"
	"example.com/netanswer/mocks/fault"
	"example.com/netanswer/mocks/mailbox"
	"example.com/netanswer/mocks/sms"
	"example.com/netanswer/sandbox/store"
	"example.com/netanswer/sandbox/world"
)

// bounded is a service of worlds of at most so many bytes.
func bounded(t *testing.T, one, all int64) *world.Service {
	t.Helper()
	b := world.DefaultBounds()
	b.Bytes, b.AllBytes = one, all
	s, err := world.New(world.Config{Machine: clock.Machine, Bounds: b, Store: store.NewMemory(clock.Machine, b)})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestTheBytesOfAWorldAndOfAllAreBounded(t *testing.T) {
	t.Parallel()
	raw := append([]byte("Subject: x\r\n\r\n"), bytes.Repeat([]byte("a line of text\r\n"), 1000)...) // 32 kB with its text
	s := bounded(t, 100_000, 150_000)
	take := func(name string) error {
		_, err := s.Providers().TakeMail(t.Context(), name, "a@example.jp", raw)
		return err
	}
	for i := range 2 {
		if err := take("one"); err != nil {
			t.Fatal(i, err)
		}
	}
	if err := errors.Join(take("one"), take("one")); !errors.Is(err, mailbox.ErrFull) || !errors.Is(err, world.ErrWorlds) {
		t.Errorf("a full world: %v", err)
	}
	if err := take("two"); err != nil { // another world is not full
		t.Error(err)
	}
	if err := errors.Join(take("two"), take("two")); !errors.Is(err, mailbox.ErrFull) {
		t.Errorf("all worlds together: %v", err)
	}
	if err := s.Control().Delete(t.Context(), "one"); err != nil {
		t.Fatal(err)
	}
	if err := take("two"); err != nil { // what is gone makes room
		t.Error(err)
	}
	if _, err := bounded(t, 100, 0).Providers().TakeSMS(t.Context(), "w", sms.Draft{From: "x", To: "09000001001", Body: "y"}); !errors.Is(
		err,
		sms.ErrFull,
	) {
		t.Errorf("an SMS: %v", err)
	}
}

func TestAMailToManyCountsOnce(t *testing.T) {
	t.Parallel()
	raw := append([]byte("Subject: x\r\n\r\n"), bytes.Repeat([]byte("a line of text\r\n"), 10_000)...)
	s := bounded(t, 600_000, 0)
	m, err := mailbox.Parse(raw)
	if err != nil {
		t.Fatal(err)
	}
	for i := range 100 {
		if _, err := s.Providers().DeliverMail(t.Context(), "w", fmt.Sprintf("a%d@example.jp", i), m, fault.Fault{}); err != nil {
			t.Fatal(i, err)
		}
	}
}

// TestEverythingAWorldHoldsHasABound walks the document of a world: every table
// and list in it has to be among its holdings.
func TestEverythingAWorldHoldsHasABound(t *testing.T) {
	t.Parallel()
	var got []string
	for _, h := range world.DefaultBounds().Holdings() {
		if h.Most < 1 {
			t.Errorf("%s: at most %d", h.Name, h.Most)
		}
		got = append(got, h.Name)
	}
	want := holds(reflect.TypeFor[world.State](), "")
	slices.Sort(got)
	slices.Sort(want)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("holdings (-in the document +bounded):\n%s", diff)
	}
}

// holds are the paths of the tables and lists of a document.
func holds(of reflect.Type, at string) (all []string) {
	for i := range of.NumField() {
		f := of.Field(i)
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		path := strings.TrimPrefix(at+"."+name, ".")
		switch {
		case f.Type.Kind() == reflect.Slice, strings.HasPrefix(f.Type.Name(), "Table["):
			all = append(all, path)
		case f.Type.Kind() == reflect.Struct && f.Type != reflect.TypeFor[time.Time]():
			all = append(all, holds(f.Type, path)...)
		}
	}
	return all
}

func TestAWorldDoesNotGrowBeyondABound(t *testing.T) {
	t.Parallel()
	b := world.DefaultBounds()
	b.Messages = 2
	s, err := world.New(world.Config{Machine: clock.Machine, Bounds: b, Store: store.NewMemory(clock.Machine, b)})
	if err != nil {
		t.Fatal(err)
	}
	twice := []fault.Fault{{Kind: fault.Duplicate, Times: 3}}
	if err := s.Control().PlanFaults(t.Context(), "w", world.ProviderSMS, twice); err != nil {
		t.Fatal(err)
	}
	take := func(to string) error {
		_, err := s.Providers().TakeSMS(t.Context(), "w", sms.Draft{From: "x", To: to, Body: "y"})
		return err
	}
	if err := take("09000001001"); err != nil {
		t.Fatal(err)
	}
	if err := take("09000001001"); !errors.Is(err, sms.ErrFull) {
		t.Errorf("one more: %v", err)
	}
	if err := s.Control().ForgetSMS(t.Context(), "w", ""); err != nil {
		t.Fatal(err)
	}
	m, err := s.Snapshot(t.Context(), "w")
	if err != nil || m.Bytes() != 0 {
		t.Errorf("what was forgotten takes %d bytes, %v", m.Bytes(), err)
	}
	if err := take("09000001001"); err != nil {
		t.Errorf("what was forgotten makes no room: %v", err)
	}
}

func TestATimelineIsBoundedInBytes(t *testing.T) {
	t.Parallel()
	s := service(t)
	long := strings.Repeat("x", 5000)
	for range 1200 {
		if err := s.Providers().Record(t.Context(), "w", world.KindRequest, long, ""); err != nil {
			t.Fatal(err)
		}
	}
	m, err := s.Snapshot(t.Context(), "w")
	if err != nil || m.Timeline.Bytes > 4<<20 || m.Timeline.Dropped == 0 || len(m.Timeline.Events)+m.Timeline.Dropped < 1200 {
		t.Errorf("%d bytes, %d events, %d dropped, %v", m.Timeline.Bytes, len(m.Timeline.Events), m.Timeline.Dropped, err)
	}
}
