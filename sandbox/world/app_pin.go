package world

import (
	"context"
	"time"

	"example.com/netanswer/sandbox/registration"
)

// ChoosePIN goes on to the card's PIN instead of the SMS (p13-2).
func (s App) ChoosePIN(ctx context.Context, a AppStep) (Step, error) {
	return s.execute(
		ctx,
		a.command("choose_pin", "暗証番号でのご本人様確認を選びました"),
		func(st *State, r registration.Registration, now time.Time) (registration.Registration, error) {
			return r.ChoosePIN(st.Policy, now)
		},
	)
}

// EnterPIN checks the card's PIN with the issuer, who counts the wrong ones
// (p13-2, a-09). The issuer counts what it is asked, so one tap that is sent
// twice at once is one question.
func (s App) EnterPIN(ctx context.Context, a AppStep, pin string) (Step, error) {
	if a.Key == "" {
		return s.enterPIN(ctx, a, pin)
	}
	step, err, _ := s.taps.Do(a.World+"/"+a.ID+"/"+a.Key, func() (any, error) { return s.enterPIN(ctx, a, pin) })
	return step.(Step), err
}

func (s App) enterPIN(ctx context.Context, a AppStep, pin string) (Step, error) {
	d := a.command("pin", "暗証番号を入力しました")
	m, err := s.Snapshot(ctx, a.World)
	if err != nil {
		return Step{}, err
	}
	var answer registration.PINAnswer
	var unready error
	r, known := m.Registrations.Get(a.ID) // an unknown one is refused below
	if _, again := m.State.answered(d); known && !again {
		if ask, _ := r.CheckPIN(m.Policy, m.Now, pin); ask { // why not is told below
			answer, unready = s.ports.Issuer.CheckPIN(ctx, a.World, r.Application.CardNumber, pin)
		}
	}
	return s.execute(ctx, d, func(st *State, r registration.Registration, now time.Time) (registration.Registration, error) {
		if unready != nil {
			if r = r.At(st.Policy, now); !r.State.Final() { // the member did something (a-14)
				r = r.Touch(now)
			}
			return r, errUnready()
		}
		return r.EnterPIN(st.Policy, now, pin, answer)
	})
}
