package world

import (
	"context"
	"strconv"
	"time"

	"example.com/netanswer/sandbox/registration"
)

// sendPasscode hands the passcode of step over to a provider.
func (s *core) sendPasscode(ctx context.Context, ports Ports, step Step) (err error) {
	r, m := step.Registration, step.Snapshot
	switch r.Method {
	case registration.BySMS:
		err = ports.SMS.SendSMS(ctx, m.Name, r.Destination(),
			m.Say("sms.passcode", "passcode", r.Passcode.Code, "expires", r.Passcode.ExpiresAt.Format("01/02 15:04")))
	case registration.ByEmail:
		err = s.mail(ctx, ports, m, r.Destination(), m.Say("mail.passcode_subject"),
			m.Say("mail.passcode_body", "passcode", r.Passcode.Code, "minutes", minutes(m.Policy.PasscodeLifetime)))
	default:
		panic("world: no way to deliver by " + string(r.Method))
	}
	return err
}

// deliver hands the passcode of step over, unless a provider has taken it already, and
// takes it back where the provider refuses. did is what asked for it, if it has a key.
func (s *core) deliver(ctx context.Context, step Step, did command) (Step, error) {
	m, r := step.Snapshot, step.Registration
	o, owed := m.owed(r)
	if !owed {
		return step, nil
	}
	err := s.sendPasscode(owing(ctx, m.Name, o), s.ports, step)
	if err == nil && !s.keeps(m, o) {
		err = s.settled(ctx, m.Name, o)
		return step, err
	}
	if err == nil {
		return step, nil
	}
	undo := command{channel: r.Channel, world: m.Name, id: r.ID, what: "ワンタイムパスコードを送信できませんでした", key: did.key, op: did.op, undo: true,
		settles: o}
	undone, failed := s.execute(ctx, undo, func(_ *State, now registration.Registration, _ time.Time) (registration.Registration, error) {
		return now.Undelivered(r.Passcode.Code), errUnready()
	})
	return undone, failed
}

// minutes words a lifetime as the guide does, in whole minutes.
func minutes(d registration.Duration) string {
	return strconv.Itoa(int(d.Of() / time.Minute))
}
