package world_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"example.com/netanswer/mocks/fault"
	"example.com/netanswer/sandbox/registration"
	"example.com/netanswer/sandbox/store"
	"example.com/netanswer/sandbox/world"
)

// counted counts changes.
type counted struct {
	world.Store
	n int
}

func (c *counted) Update(ctx context.Context, name string, change func(*world.State) error) error {
	c.n++
	return c.Store.Update(ctx, name, change)
}

// TestWhatIsDueIsTakenInTheChangeThatMakesItDue counts the changes of a registration:
// a store that waits for a disk waits as often.
func TestWhatIsDueIsTakenInTheChangeThatMakesItDue(t *testing.T) {
	b := world.DefaultBounds()
	c := &counted{Store: store.NewMemory(func() time.Time { return noon }, b)}
	s := with(t, world.Config{Store: c})
	id, code := awaited(t, s, "a")
	if step, err := s.Web().Enter(t.Context(), "a", id, code); err != nil || step.Registration.State != registration.Completed {
		t.Fatal(err, step.Registration.State)
	}
	m := snapshot(t, s, "a")
	if c.n != 4 || len(m.SMS.Messages) != 1 || len(m.Mailbox.Mails) != 1 || m.Issuer.Enrolled.Len() != 1 || len(m.Outbox) > 0 {
		t.Errorf("%d changes, %d SMS, %d mails, %d enrolled, owed %v", c.n, len(m.SMS.Messages), len(m.Mailbox.Mails), m.Issuer.Enrolled.Len(), m.Outbox)
	}
}

// TestACompletionStandsWhereItsMailDoesNotFit has no room for the mail in the world, and
// in all worlds together.
func TestACompletionStandsWhereItsMailDoesNotFit(t *testing.T) {
	for name, s := range map[string]*world.Service{"the world": bounded(t, 2500, 0), "all worlds": bounded(t, 0, 2500)} {
		id, code := awaited(t, s, "a")
		step, err := s.Web().Enter(t.Context(), "a", id, code)
		m := snapshot(t, s, "a")
		last := m.Timeline.Events[len(m.Timeline.Events)-1]
		if err != nil || step.Registration.State != registration.Completed || len(m.Mailbox.Mails) != 0 || m.Issuer.Enrolled.Len() != 1 ||
			len(m.Outbox) > 0 || !strings.Contains(last.What, "送信できませんでした") {
			t.Errorf("%s: %v %s, %d mails, %d enrolled, owed %v: %s", name, err, step.Registration.State, len(m.Mailbox.Mails),
				m.Issuer.Enrolled.Len(), m.Outbox, last.What)
		}
	}
}

// TestAPlannedFaultStrikesOnce plans a refusal: it is used up by the one SMS, and the
// next is taken.
func TestAPlannedFaultStrikesOnce(t *testing.T) {
	s := service(t)
	if err := s.Control().PlanFaults(t.Context(), "a", "sms", []fault.Fault{{Kind: fault.Refuse, Times: 1}}); err != nil {
		t.Fatal(err)
	}
	id := confirmed(t, s, "a", hanako())
	first, err := s.Web().Proceed(t.Context(), "a", id)
	if err != nil || first.Refused == nil || first.Registration.State != registration.Confirm {
		t.Errorf("refused: %v %v %s", err, first.Refused, first.Registration.State)
	}
	second, err := s.Web().Proceed(t.Context(), "a", id)
	if m := snapshot(t, s, "a"); err != nil || second.Refused != nil || len(m.SMS.Messages) != 1 || len(m.Outbox) > 0 {
		t.Errorf("then: %v %v, %d SMS, owed %v", err, second.Refused, len(m.SMS.Messages), m.Outbox)
	}
}
