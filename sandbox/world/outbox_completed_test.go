package world_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"example.com/netanswer/mocks/issuer"
	"example.com/netanswer/mocks/outbound"
	"example.com/netanswer/sandbox/registration"
	"example.com/netanswer/sandbox/store"
	"example.com/netanswer/sandbox/world"
)

// A wire is providers over the wire. The sandbox that hands them the one of that number
// is killed: before the provider takes it, or after.
type wire struct {
	number int
	before bool
	told   []string // to whom, and with which key; each try
}

func (w *wire) take(what string) {
	w.number--
	if w.number == 0 && w.before {
		panic("killed")
	}
	w.told = append(w.told, what)
	if w.number == 0 {
		panic("killed")
	}
}

func (w *wire) SendMail(ctx context.Context, _, to string, raw []byte) error {
	key := outbound.DeliveryOf(ctx).Key
	if !strings.Contains(string(raw), "Message-Id: <"+key+"@") || !strings.Contains(string(raw), "Idempotency-Key: "+key+"\r\n") {
		return errors.New("the mail has not the key " + key + ": " + string(raw))
	}
	w.take(to + " " + key)
	return nil
}

// wiredIssuer is a core system over the wire.
type wiredIssuer struct {
	issuer.API
	w *wire
}

func (i wiredIssuer) Enrol(ctx context.Context, name string, q issuer.EnrolmentQuestion) (issuer.Enrolment, error) {
	i.w.take("enrolment " + q.Key)
	return i.API.Enrol(ctx, name, q)
}

// fleet is two sandboxes over the same worlds, of which one is to be killed. sound has
// the worlds' own providers.
type fleet struct {
	machine             time.Time
	worlds              *store.Memory
	sound, dying, alive *world.Service
}

func begins(t *testing.T, w *wire) *fleet {
	t.Helper()
	f := &fleet{machine: noon}
	c := world.Config{Machine: func() time.Time { return f.machine }, Bounds: world.DefaultBounds(), Lease: 20 * time.Second, AnyCard: true}
	f.worlds = store.NewMemory(c.Machine, c.Bounds)
	c.Store = f.worlds
	made := func() *world.Service {
		s, err := world.New(c)
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	f.sound = made()
	c.Ports.Mail, c.Ports.Issuer = w, world.ByIssuerAPI(wiredIssuer{f.sound.IssuerAPI(), w})
	f.dying, f.alive = made(), made()
	return f
}

// kept is a world as it is kept, which nobody looks at by that.
func (f *fleet) kept(t *testing.T, name string) world.State {
	t.Helper()
	st, err := f.worlds.View(t.Context(), name)
	if err != nil {
		t.Fatal(err)
	}
	return st
}

// completed is a world in which a registration with two addresses was completed, by a
// sandbox that was killed then.
func (f *fleet) completed(t *testing.T) string {
	t.Helper()
	form := hanako()
	form.EmailMobile = "hanako@phone.example.jp"
	id := confirmed(t, f.sound, "a", form)
	if _, err := f.sound.Web().Proceed(t.Context(), "a", id); err != nil {
		t.Fatal(err)
	}
	code := f.kept(t, "a").SMS.Messages[0].Carried().Code
	killed := false
	func() {
		defer func() { killed = recover() != nil }() // as a kill: nobody is told
		_, _ = f.dying.Web().Enter(t.Context(), "a", id, code)
	}()
	st := f.kept(t, "a")
	if r, _ := st.Registrations.Get(id); !killed || r.State != registration.Completed {
		t.Fatalf("killed: %v, the registration is %s", killed, r.State)
	}
	return "a"
}

// sweep lets a sandbox look for what is left, after so long.
func (f *fleet) sweep(t *testing.T, s *world.Service, after time.Duration) {
	t.Helper()
	f.machine = f.machine.Add(after)
	if _, err := s.Sweep(t.Context()); err != nil {
		t.Fatal(err)
	}
}

// TestWhatFollowsACompletionIsToldByWhoeverIsAlive kills a sandbox before each of what
// follows. Nobody looks at the world then.
func TestWhatFollowsACompletionIsToldByWhoeverIsAlive(t *testing.T) {
	for number := 1; number <= 3; number++ {
		w := &wire{number: number, before: true}
		f := begins(t, w)
		name := f.completed(t)
		f.sweep(t, f.sound, time.Second)
		if st := f.kept(t, name); len(st.Outbox) != 4-number || len(st.Mailbox.Mails) > 0 {
			t.Errorf("while somebody may be telling it, %d: owed %+v", number, st.Outbox)
		}
		for range 2 {
			f.sweep(t, f.sound, 3*time.Second)
		}
		st := f.kept(t, name)
		told := slices.Clone(w.told)
		for _, m := range st.Mailbox.Mails {
			told = append(told, m.To+" ")
		}
		for i := range told {
			told[i], _, _ = strings.Cut(told[i], " ")
		}
		if number == 1 {
			told = append(told, "enrolment") // by the world's own issuer
		}
		slices.Sort(told)
		want := []string{"enrolment", "hanako@example.jp", "hanako@phone.example.jp"}
		if !slices.Equal(told, want) || st.Issuer.Enrolled.Len() != 1 || len(st.Outbox) > 0 {
			t.Errorf("killed before %d: %v, %d enrolled, owed %+v", number, told, st.Issuer.Enrolled.Len(), st.Outbox)
		}
	}
}

// TestWhatIsToldTwiceOverTheWireHasOneKey kills a sandbox after a provider has taken what
// it was handed, and before that is noted.
func TestWhatIsToldTwiceOverTheWireHasOneKey(t *testing.T) {
	for number := 1; number <= 3; number++ {
		w := &wire{number: number}
		f := begins(t, w)
		name := f.completed(t)
		f.sweep(t, f.alive, 19*time.Second)
		if len(w.told) != number {
			t.Errorf("within the lease: %v", w.told)
		}
		for range 2 {
			f.sweep(t, f.alive, 2*time.Second)
		}
		f.sweep(t, f.alive, time.Minute)
		each := slices.Compact(slices.Sorted(slices.Values(w.told)))
		if len(each) != 3 || len(w.told) != 4 {
			t.Errorf("killed after %d: %v", number, w.told)
		}
		if st := f.kept(t, name); len(st.Outbox) > 0 || st.Issuer.Enrolled.Len() != 1 {
			t.Errorf("owed %+v, %d enrolled", st.Outbox, st.Issuer.Enrolled.Len())
		}
	}
}

// away is a mail server that takes nothing.
type away struct{ tries int }

func (a *away) SendMail(context.Context, string, string, []byte) error {
	a.tries++
	return errors.New("421")
}

func TestARefusalIsAnAnswer(t *testing.T) {
	a := &away{}
	s := with(t, world.Config{Ports: world.Ports{Mail: a}})
	id, code := awaited(t, s, "a")
	if step, err := s.Web().Enter(t.Context(), "a", id, code); err != nil || step.Refused != nil {
		t.Fatal(err, step.Refused)
	}
	m := snapshot(t, s, "a")
	if last := m.Timeline.Events[len(m.Timeline.Events)-1]; a.tries != 1 || len(m.Outbox) > 0 || !strings.Contains(last.What, "421") {
		t.Errorf("%d tries, owed %+v, in the timeline %q", a.tries, m.Outbox, last.What)
	}
}
