package world

import (
	"context"
	"time"

	"example.com/netanswer/sandbox/registration"
)

// Proceed goes on to the identity check and sends the passcode, once (p33-2,
// p34-1). If it cannot be handed over, the member is back at the confirmation
// with everything entered still there (a-15).
func (s Web) Proceed(ctx context.Context, world, id string) (Step, error) {
	m, err := s.Snapshot(ctx, world)
	if err != nil {
		return Step{}, err
	}
	code, send := s.source.Passcode(m.Policy.PasscodeDigits), false
	d := command{channel: registration.Web, world: world, id: id, what: "ご本人様確認へ進みました", op: "proceed",
		sends: func() bool { return send }}
	step, err := s.execute(
		ctx,
		d,
		func(st *State, r registration.Registration, now time.Time) (registration.Registration, error) {
			after, toSend, err := r.Proceed(st.Policy, now, code)
			send = toSend
			return after, err
		},
	)
	if err != nil || !send {
		return step, err
	}
	return s.deliver(ctx, step, command{})
}

// Reissue sends another passcode; the one before is void (p34-4, a-07).
func (s Web) Reissue(ctx context.Context, world, id string) (Step, error) {
	m, err := s.Snapshot(ctx, world)
	if err != nil {
		return Step{}, err
	}
	code := s.source.Passcode(m.Policy.PasscodeDigits)
	d := command{channel: registration.Web, world: world, id: id, what: "ワンタイムパスコードを再発行しました", op: "reissue",
		sends: func() bool { return true }}
	step, err := s.execute(
		ctx,
		d,
		func(st *State, r registration.Registration, now time.Time) (registration.Registration, error) {
			return r.Reissue(st.Policy, now, code)
		},
	)
	if err != nil || step.Refused != nil {
		return step, err
	}
	return s.deliver(ctx, step, command{})
}

// Enter checks a passcode; the right one completes the registration.
func (s Web) Enter(ctx context.Context, world, id, code string) (Step, error) {
	m, err := s.Snapshot(ctx, world)
	if err != nil {
		return Step{}, err
	}
	in := PasscodeEntry{Registration: id, Code: code}
	s.entered(&m, &in)
	return s.identify(
		ctx,
		world,
		id,
		"passcode",
		"ワンタイムパスコードを入力しました",
		func(r registration.Registration, p registration.Policy, now time.Time) (registration.Registration, error) {
			return r.Enter(p, now, in.Code)
		},
	)
}
