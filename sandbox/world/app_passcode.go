package world

import (
	"context"
	"time"

	"example.com/netanswer/sandbox/registration"
)

// RequestPasscode sends the passcode to the telephone on file, once (p13-3). If
// it cannot be handed over, the member is back at the destination (a-15).
func (s App) RequestPasscode(ctx context.Context, a AppStep) (Step, error) {
	return s.sending(ctx, a.command("passcode_request", "「認証」で、ワンタイムパスコードの送信を求めました"),
		func(r registration.Registration, p registration.Policy, now time.Time, code string) (registration.Registration, bool, error) {
			return r.RequestPasscode(p, now, code)
		})
}

// Reissue sends another passcode; the one before is void (a-07).
func (s App) Reissue(ctx context.Context, a AppStep) (Step, error) {
	return s.sending(ctx, a.command("reissue", "ワンタイムパスコードを再発行しました"),
		func(r registration.Registration, p registration.Policy, now time.Time, code string) (registration.Registration, bool, error) {
			after, err := r.Reissue(p, now, code)
			return after, err == nil, err
		})
}

// sending does what may send a passcode.
func (s App) sending(
	ctx context.Context,
	d command,
	do func(r registration.Registration, p registration.Policy, now time.Time, code string) (registration.Registration, bool, error),
) (Step, error) {
	m, err := s.Snapshot(ctx, d.world)
	if err != nil {
		return Step{}, err
	}
	code, send := s.source.Passcode(m.Policy.PasscodeDigits), false
	d.sends = func() bool { return send }
	step, err := s.execute(
		ctx,
		d,
		func(st *State, r registration.Registration, now time.Time) (after registration.Registration, err error) {
			after, send, err = do(r, st.Policy, now, code)
			return after, err
		},
	)
	if err != nil || !send {
		return step, err
	}
	return s.deliver(ctx, step, d)
}

// Enter checks a passcode; the right one leads on to the mail address (p14-3).
func (s App) Enter(ctx context.Context, a AppStep, code string) (Step, error) {
	m, err := s.Snapshot(ctx, a.World)
	if err != nil {
		return Step{}, err
	}
	in := PasscodeEntry{Registration: a.ID, Code: code}
	s.entered(&m, &in)
	return s.execute(
		ctx,
		a.command("passcode", "ワンタイムパスコードを入力しました"),
		func(st *State, r registration.Registration, now time.Time) (registration.Registration, error) {
			return r.Enter(st.Policy, now, in.Code)
		},
	)
}
