package world

import (
	"context"
	"slices"
	"time"

	"example.com/netanswer/sandbox/registration"
)

// An Owed is a passcode that is to be sent. It is written in the change that makes
// the passcode up, and taken out when the passcode was handed over or taken back: what
// is left of a sandbox that ended in between is sent by whoever looks at the world
// next.
type Owed struct {
	Registration string    `json:"registration"`
	Code         string    `json:"code"`
	Key          string    `json:"key,omitempty"` // of the command that asked for it
	Op           string    `json:"op,omitempty"`
	Since        time.Time `json:"since"` // by the machine's clock: since when somebody sends it
}

// How long whoever made up a passcode, or found it left, has it for itself. Worlds'
// own providers take it at once; others are waited for.
const (
	leaseHere  = 2 * time.Second
	leaseThere = time.Minute
)

// owe writes down that the passcode of a registration is to be sent.
func (st *State) owe(r registration.Registration, d command, machine time.Time) {
	owed := Owed{Registration: r.ID, Code: r.Passcode.Code, Key: d.key, Op: d.op, Since: machine.Round(0)}
	st.Outbox = append(slices.Clone(st.Outbox), owed)
}

// settle takes out that a passcode of a registration is to be sent.
func (st *State) settle(id, code string) {
	if left := st.otherOwed(id, code); len(left) < len(st.Outbox) {
		st.Outbox = left
	}
}

// otherOwed is what is to be sent besides a passcode, in a slice of its own: that of
// before belongs to snapshots.
func (st *State) otherOwed(id, code string) (left []Owed) {
	for _, o := range st.Outbox {
		if o.Registration != id || o.Code != code {
			left = append(left, o)
		}
	}
	return left
}

// owes tells whether a passcode is still to be sent.
func (st *State) owes(id, code string) bool {
	return slices.ContainsFunc(st.Outbox, func(o Owed) bool { return o.Registration == id && o.Code == code })
}

type owedKey struct{}

// A handing is a passcode on its way to a provider. What is handed over besides, as
// a defect does that sends twice, is none.
type handing struct {
	Owed
	over bool // a provider of the world's own has taken it
}

// owing says on the way to a provider which passcode is handed over, so that a
// provider of the world's own takes it out of the outbox in the same change.
func owing(ctx context.Context, r registration.Registration) context.Context {
	return context.WithValue(ctx, owedKey{}, &handing{Owed: Owed{Registration: r.ID, Code: r.Passcode.Code}})
}

// handOver does what a provider of the world's own does with what it is handed,
// once if it is a passcode.
func (st *State) handOver(ctx context.Context, take func() error) error {
	o, is := ctx.Value(owedKey{}).(*handing)
	is = is && !o.over
	if is && !st.owes(o.Registration, o.Code) {
		return nil // whoever looked at the world has sent it
	}
	err := take()
	if is && err == nil {
		st.settle(o.Registration, o.Code)
	}
	return err
}

// handed notes that what was on its way is handed over, once that is committed.
func handed(ctx context.Context) {
	if o, is := ctx.Value(owedKey{}).(*handing); is {
		o.over = true
	}
}

// sendLeft sends what a sandbox that has ended was to send, and tells whether there
// was any.
func (s *core) sendLeft(ctx context.Context, name string, st *State) (bool, error) {
	due := func(o Owed) bool { return s.machine().Sub(o.Since) >= s.lease }
	if !slices.ContainsFunc(st.Outbox, due) {
		return false, nil
	}
	var left []Owed
	m, err := s.update(ctx, name, func(st *State, _ time.Time) error {
		left = nil
		all := slices.Clone(st.Outbox)
		for i, o := range all {
			if due(o) {
				left = append(left, o)
				all[i].Since = s.machine().Round(0)
			}
		}
		st.Outbox = all
		return nil
	})
	if err != nil {
		return false, err
	}
	ctx = context.WithoutCancel(ctx) // it is nothing of who looked
	for _, o := range left {
		r, ok := m.Registrations.Get(o.Registration)
		if !ok || r.Passcode.Code != o.Code {
			if err := s.settled(ctx, name, o.Registration, o.Code); err != nil {
				return false, err
			}
			continue
		}
		if _, err := s.deliver(ctx, Step{Snapshot: m, Registration: r}, command{key: o.Key, op: o.Op}); err != nil {
			return false, err
		}
	}
	return len(left) > 0, nil
}

// settled takes a passcode out of the outbox of a world, if it is still there.
func (s *core) settled(ctx context.Context, name, id, code string) error {
	st, err := s.view(ctx, name)
	if err != nil || !st.owes(id, code) {
		return err
	}
	return s.write(ctx, name, func(st *State) error { st.settle(id, code); return nil })
}

// keeps tells whether the providers are the worlds' own, and nothing of this world's
// stands before them.
func (s *core) keeps(m Snapshot) bool { return s.lease == leaseHere && len(m.Defects) == 0 }
