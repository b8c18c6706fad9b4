package world_test

import (
	"context"
	"testing"
	"time"

	"example.com/netanswer/sandbox/registration"
	"example.com/netanswer/sandbox/store"
	"example.com/netanswer/sandbox/world"
)

// killed is a gateway in whose sandbox nothing happens any more once it is asked.
type killed struct{}

func (killed) SendSMS(context.Context, string, string, string) error { panic("killed") }

// TestAPasscodeIsSentByWhoeverIsAlive has a sandbox end between making up a passcode
// and sending it.
func TestAPasscodeIsSentByWhoeverIsAlive(t *testing.T) {
	machine := noon
	c := world.Config{Machine: func() time.Time { return machine }, Bounds: world.DefaultBounds()}
	c.Store = store.NewMemory(c.Machine, c.Bounds)
	alive, err := world.New(c)
	if err != nil {
		t.Fatal(err)
	}
	c.Ports.SMS = killed{}
	dying, err := world.New(c)
	if err != nil {
		t.Fatal(err)
	}
	id := confirmed(t, dying, "a", hanako())
	func() {
		defer func() { _ = recover() }() // as a kill: nobody is told
		_, _ = dying.Web().Proceed(t.Context(), "a", id)
	}()
	if m := snapshot(t, alive, "a"); len(m.SMS.Messages) != 0 {
		t.Fatalf("sent while somebody may be sending it: %v", bodies(m))
	}
	machine = machine.Add(3 * time.Second)
	for range 2 {
		if m := snapshot(t, alive, "a"); len(m.SMS.Messages) != 1 {
			t.Fatalf("the passcode was sent %d times, want once; to send: %v", len(m.SMS.Messages), m.Outbox)
		}
	}
	m := snapshot(t, alive, "a")
	step, err := alive.Web().Enter(t.Context(), "a", id, m.SMS.Messages[0].Carried().Code)
	if err != nil || step.Refused != nil || step.Registration.State != registration.Completed {
		t.Errorf("the registration is %s: %v %v", step.Registration.State, err, step.Refused)
	}
}
