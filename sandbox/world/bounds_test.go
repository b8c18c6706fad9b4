package world_test

import (
	"bytes"
	"errors"
	"fmt"
	"testing"

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
