package world

import (
	"context"
	"errors"
	"strconv"
	"time"

	"example.com/netanswer/sandbox/account"
	"example.com/netanswer/sandbox/registration"
)

// Proceed goes on to the identity check and sends the passcode, once (p33-2,
// p34-1). If it cannot be handed over, the member is back at the confirmation
// with everything entered still there (a-15).
func (s *Service) Proceed(ctx context.Context, world, id string) (Step, error) {
	m, err := s.Snapshot(world)
	if err != nil {
		return Step{}, err
	}
	code, send := s.source.Passcode(m.Policy.PasscodeDigits), false
	step, err := s.change(world, id, "proceed", "ご本人様確認へ進みました", func(st *State, r registration.Registration, now time.Time) (registration.Registration, error) {
		after, toSend, err := r.Proceed(st.Policy, now, code)
		send = toSend
		return after, err
	})
	if err != nil || !send {
		return step, err
	}
	return s.deliver(ctx, step, command{})
}

// Reissue sends another passcode; the one before is void (p34-4, a-07).
func (s *Service) Reissue(ctx context.Context, world, id string) (Step, error) {
	m, err := s.Snapshot(world)
	if err != nil {
		return Step{}, err
	}
	code := s.source.Passcode(m.Policy.PasscodeDigits)
	step, err := s.change(world, id, "reissue", "ワンタイムパスコードを再発行しました", func(st *State, r registration.Registration, now time.Time) (registration.Registration, error) {
		return r.Reissue(st.Policy, now, code)
	})
	if err != nil || step.Refused != nil {
		return step, err
	}
	return s.deliver(ctx, step, command{})
}

// deliver hands the passcode of step over to a provider, and takes it back
// where the provider refuses. did is what asked for it, if it has a key.
func (s *Service) deliver(ctx context.Context, step Step, did command) (Step, error) {
	r, m := step.Registration, step.Snapshot
	var err error
	switch r.Method {
	case registration.BySMS:
		err = s.ports.SMS.SendSMS(ctx, m.Name, r.Destination(),
			m.Say("sms.passcode", "passcode", r.Passcode.Code, "expires", r.Passcode.ExpiresAt.Format("01/02 15:04")))
	case registration.ByEmail:
		err = s.mail(ctx, m, r.Destination(), m.Say("mail.passcode_subject"),
			m.Say("mail.passcode_body", "passcode", r.Passcode.Code, "minutes", minutes(m.Policy.PasscodeLifetime)))
	default:
		panic("world: no way to deliver by " + string(r.Method))
	}
	if err == nil {
		return step, nil
	}
	undo := command{channel: r.Channel, world: m.Name, id: r.ID, what: "ワンタイムパスコードを送信できませんでした", key: did.key, op: did.op, undo: true}
	undone, failed := s.execute(undo, func(_ *State, now registration.Registration, _ time.Time) (registration.Registration, error) {
		return now.Undelivered(r.Passcode.Code), errUnready()
	})
	return undone, failed
}

// minutes words a lifetime as the guide does, in whole minutes.
func minutes(d registration.Duration) string {
	return strconv.Itoa(int(d.Of() / time.Minute))
}

// Enter checks a passcode; the right one completes the registration.
func (s *Service) Enter(ctx context.Context, world, id, code string) (Step, error) {
	m, err := s.Snapshot(world)
	if err != nil {
		return Step{}, err
	}
	in := PasscodeEntry{Registration: id, Code: code}
	s.entered(&m, &in)
	return s.identify(ctx, world, id, "passcode", "ワンタイムパスコードを入力しました", func(r registration.Registration, p registration.Policy, now time.Time) (registration.Registration, error) {
		return r.Enter(p, now, in.Code)
	})
}

// identify does what may complete a registration: in the same change the account
// is opened, so that no two of them can (a-16, a-22); then the card is enrolled
// in 3-D Secure (p31-4) and the ID is sent (p36-3).
func (s *Service) identify(ctx context.Context, world, id, op, what string,
	do func(registration.Registration, registration.Policy, time.Time) (registration.Registration, error)) (Step, error) {
	var opened account.Account
	step, err := s.change(world, id, op, what, func(st *State, r registration.Registration, now time.Time) (registration.Registration, error) {
		opened = account.Account{}
		after, err := do(r, st.Policy, now)
		if err != nil || after.State != registration.Completed || r.State == registration.Completed {
			return after, err
		}
		a := after.Application
		fresh := account.Account{NetAnswerID: a.NetAnswerID, PasswordDigest: a.PasswordDigest, CardNumber: a.CardNumber,
			EmailPC: a.EmailPC, EmailMobile: a.EmailMobile, Newsletter: a.Newsletter, RegisteredAt: now}
		if err := st.Accounts.Open(fresh); err != nil {
			return r, openError(err)
		}
		opened = fresh
		st.Timeline.add(now, "account", "NetアンサーID "+a.NetAnswerID+" を付与しました", id)
		return after.Complete(), nil
	})
	if err != nil || opened.NetAnswerID == "" {
		return step, err
	}
	s.welcome(ctx, step.Snapshot, opened, "mail.completed")
	return step, nil
}

// welcome does what follows a completed registration, which stands whatever
// becomes of it: the card is enrolled in 3-D Secure (p31-4), and the ID is sent
// in the words of mail (p36-3, a-21).
func (s *Service) welcome(ctx context.Context, m Snapshot, a account.Account, mail string) {
	if m.Policy.ThreeDSecureEnrolled {
		s.record(m.Name, s.ports.Issuer.Enrol(ctx, m.Name, a.CardNumber), "本人認証サービス（3Dセキュア）に登録できませんでした")
	}
	s.record(m.Name, s.notify(ctx, m, a, mail), "登録完了のお知らせを送信できませんでした")
}

func openError(err error) *registration.Error {
	switch {
	case errors.Is(err, account.ErrCardRegistered):
		return &registration.Error{Kind: registration.Conflict, Code: "card_registered", Field: registration.FieldCardNumber, Text: "error.card_registered"}
	case errors.Is(err, account.ErrIDTaken):
		return &registration.Error{Kind: registration.Conflict, Code: "net_answer_id_taken", Field: registration.FieldNetAnswerID, Text: "error.net_answer_id_taken"}
	}
	panic("world: unknown refusal of an account: " + err.Error())
}

// record writes the failure of something that happens after a completed
// registration into the timeline: the registration stands all the same.
func (s *Service) record(world string, failed error, what string) {
	if failed == nil {
		return
	}
	_, err := s.update(world, func(st *State, now time.Time) error {
		st.Timeline.add(now, "fault", what+": "+failed.Error(), "")
		return nil
	})
	_ = err // the world was deleted meanwhile: nobody is left to read it
}
