package world

import (
	"context"
	"errors"
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
// twice at once, to whichever sandboxes, is one question.
func (s App) EnterPIN(ctx context.Context, a AppStep, pin string) (Step, error) {
	d := a.command("pin", "暗証番号を入力しました")
	card, unready, err := s.toAsk(ctx, d, pin)
	if err != nil {
		return Step{}, err
	}
	var answer registration.PINAnswer
	if card != "" {
		answer, unready = s.ports.Issuer.CheckPIN(ctx, a.World, card, pin)
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

// maxAsking is how long the issuer may be asked for a tap. After it whoever asked
// has ended without a word, and the tap may be tried again.
const maxAsking = time.Minute

// errAsked is why a tap is not noted as asked for: it is already.
var errAsked = errors.New("the issuer is being asked for this tap")

// toAsk is the card whose PIN the issuer is to be asked about, "" for none. The tap
// is noted in the world first; one that is noted already is waited for, and unready
// where it came to nothing: the question is never asked again by itself.
func (s App) toAsk(ctx context.Context, d command, pin string) (card string, unready, err error) {
	m, err := s.Snapshot(ctx, d.world)
	if err != nil {
		return "", nil, err
	}
	r, known := m.Registrations.Get(d.id) // an unknown one is refused later
	if _, again := m.State.answered(d); !known || again {
		return "", nil, nil
	}
	if ask, _ := r.CheckPIN(m.Policy, m.Now, pin); !ask { // why not is told later
		return "", nil, nil
	}
	if d.key == "" {
		return r.Application.CardNumber, nil, nil
	}
	err = s.write(ctx, d.world, func(st *State) error {
		if _, again := st.answered(d); again || s.machine().Sub(st.asking(d)) < maxAsking {
			return errAsked
		}
		st.ask(d, s.machine())
		return nil
	})
	if !errors.Is(err, errAsked) {
		return r.Application.CardNumber, nil, err
	}
	return "", s.untold(ctx, d), nil
}

// untold waits until a tap has come to something, and is an error where it did not.
func (s App) untold(ctx context.Context, d command) error {
	ctx, cancel := context.WithTimeout(ctx, maxAsking)
	defer cancel()
	again := false
	_, err := s.Await(ctx, d.world, func(m Snapshot) (bool, time.Time) {
		_, again = m.State.answered(d)
		return again || m.State.asking(d).IsZero(), time.Time{}
	})
	if err == nil && !again {
		err = errUnready()
	}
	return err
}
