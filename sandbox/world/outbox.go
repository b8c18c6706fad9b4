package world

import (
	"context"
	"crypto/sha256"
	"encoding/base32"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"example.com/netanswer/mocks/outbound"
	"example.com/netanswer/sandbox/registration"
)

// An Owed is something that is to be told outside, once. It is written in the change
// that makes it due, and taken out when it was told or refused: what is left of a
// sandbox that ended in between is told by whoever looks at the world next.
type Owed struct {
	What         string    `json:"what,omitempty"` // see below
	Registration string    `json:"registration"`
	Serial       int       `json:"serial,omitempty"` // tells it from what the same registration owes later
	Code         string    `json:"code,omitempty"`   // of a passcode
	Key          string    `json:"key,omitempty"`    // of the command that asked for a passcode
	Op           string    `json:"op,omitempty"`
	To           string    `json:"to,omitempty"`    // of a mail
	Words        string    `json:"words,omitempty"` // of a mail: the texts that begin so
	Since        time.Time `json:"since"`           // by the machine's clock: since when somebody tells it
	Again        bool      `json:"again,omitempty"` // somebody who ended may have told it
}

// What is owed. A passcode goes where its registration says.
const (
	owedPasscode  = ""
	owedEnrolment = "enrolment"
	owedMail      = "mail"
)

// How long whoever made something due, or found it left, has it for itself. Worlds'
// own providers take it at once; others are waited for (Config.Lease).
const (
	leaseHere  = 2 * time.Second
	leaseThere = time.Minute
)

// owe writes down that something is to be told.
func (st *State) owe(o Owed, machine time.Time) {
	o.Serial, o.Since = st.Timeline.Serial, machine.Round(0)
	st.Outbox = append(slices.Clone(st.Outbox), o)
}

// is tells whether two entries are the same one.
func (o Owed) is(other Owed) bool {
	return o.What == other.What && o.Registration == other.Registration && o.Code == other.Code && o.To == other.To &&
		(o.Serial == other.Serial || o.What == owedPasscode)
}

// settle takes something out of what is to be told. The slice of before belongs to
// snapshots.
func (st *State) settle(told Owed) {
	if st.owes(told) {
		st.Outbox = slices.DeleteFunc(slices.Clone(st.Outbox), told.is)
	}
	if len(st.Outbox) == 0 {
		st.Outbox = nil
	}
}

// owes tells whether something is still to be told.
func (st *State) owes(o Owed) bool { return slices.ContainsFunc(st.Outbox, o.is) }

// Owing tells whether there is something to tell in the world that nobody asks for: what
// a sandbox that has ended may have left.
func (st *State) Owing() bool { return len(st.Outbox) > 0 || st.SMS.Telling() }

type owedKey struct{}

// A handing is something owed on its way to a provider. What is handed over besides,
// as a defect does that sends twice, is none.
type handing struct {
	Owed
	over bool // a provider of the world's own has taken it
}

// owing says on the way to a provider what is handed over, so that a provider of
// the world's own takes it out of the outbox in the same change, and one over the wire
// knows it again.
func owing(ctx context.Context, world string, o Owed) context.Context {
	ctx = outbound.WithDelivery(ctx, outbound.Delivery{Key: o.key(world), Again: o.Again})
	return context.WithValue(ctx, owedKey{}, &handing{Owed: o})
}

// key is the same for each try to tell something, and for nothing else: not for the
// same in a fork.
func (o Owed) key(world string) string {
	sum := sha256.Sum256(fmt.Appendf(nil, "%s\n%s\n%s\n%d\n%s\n%s", world, o.What, o.Registration, o.Serial, o.Code, o.To))
	return strings.ToLower(base32.StdEncoding.EncodeToString(sum[:16])[:26])
}

// handOver does what a provider of the world's own does with what it is handed,
// once if it is owed.
func (st *State) handOver(ctx context.Context, take func() error) error {
	h, is := ctx.Value(owedKey{}).(*handing)
	is = is && !h.over
	if is && !st.owes(h.Owed) {
		return nil // whoever looked at the world has told it
	}
	err := take()
	if is && err == nil {
		st.settle(h.Owed)
	}
	return err
}

// handed notes that what was on its way is handed over, once that is committed.
func handed(ctx context.Context) {
	if h, is := ctx.Value(owedKey{}).(*handing); is {
		h.over = true
	}
}

// leaseOf is how long somebody has something for itself.
func (s *core) leaseOf(o Owed) time.Duration {
	if o.What == owedEnrolment {
		return s.leases.issuer
	}
	return s.leases.messages
}

// tellLeft tells what a sandbox that has ended was to tell, and returns whether there
// was any.
func (s *core) tellLeft(ctx context.Context, name string, st *State) (bool, error) {
	due := func(o Owed) bool { return s.machine().Sub(o.Since) >= s.leaseOf(o) }
	lent := s.machine().Add(-leaseThere)
	if !slices.ContainsFunc(st.Outbox, due) && !st.SMS.Overdue(lent) {
		return false, nil
	}
	var left []Owed
	m, err := s.update(ctx, name, func(st *State, _ time.Time) error {
		left = nil
		all := slices.Clone(st.Outbox)
		for i, o := range all {
			if due(o) {
				all[i].Since, all[i].Again = s.machine().Round(0), true
				left = append(left, all[i])
			}
		}
		st.Outbox = all
		st.SMS.TakeBack(lent)
		return nil
	})
	if err != nil {
		return false, err
	}
	ctx = context.WithoutCancel(ctx) // it is nothing of who looked
	for _, o := range left {
		if err := s.tellOne(ctx, m, o); err != nil {
			return false, err
		}
	}
	return true, nil
}

// tellOne tells one of what is left.
func (s *core) tellOne(ctx context.Context, m Snapshot, o Owed) error {
	if o.What != owedPasscode {
		return s.tell(ctx, m, o)
	}
	r, ok := m.Registrations.Get(o.Registration)
	if !ok || r.Passcode.Code != o.Code {
		return s.settled(ctx, m.Name, o)
	}
	_, err := s.deliver(ctx, Step{Snapshot: m, Registration: r}, command{key: o.Key, op: o.Op})
	return err
}

// owed is the entry of the passcode of a registration, if there is one.
func (m Snapshot) owed(r registration.Registration) (Owed, bool) {
	o := Owed{What: owedPasscode, Registration: r.ID, Code: r.Passcode.Code}
	i := slices.IndexFunc(m.Outbox, o.is)
	if i < 0 {
		return Owed{}, false
	}
	return m.Outbox[i], true
}

// settled takes something out of the outbox of a world, if it is still there.
func (s *core) settled(ctx context.Context, name string, o Owed) error {
	st, err := s.view(ctx, name)
	if err != nil || !st.owes(o) {
		return err
	}
	return s.write(ctx, name, func(st *State) error { st.settle(o); return nil })
}

// keeps tells whether the provider of something is the world's own, and nothing of this
// world's stands before it.
func (s *core) keeps(m Snapshot, o Owed) bool {
	return s.leaseOf(o) == leaseHere && len(m.Defects) == 0
}

// Sweep tells what sandboxes that have ended were to tell, in worlds that nobody looks
// at, and returns the worlds in which there is, or will be, something to tell. A world
// that cannot be read is no reason to leave the others.
func (s *Service) Sweep(ctx context.Context) (names []string, err error) {
	names, err = s.store.Owing(ctx)
	for _, name := range names {
		if ctx.Err() != nil {
			return names, ctx.Err()
		}
		_, failed := s.Snapshot(ctx, name)
		err = errors.Join(err, failed)
	}
	return names, err
}
