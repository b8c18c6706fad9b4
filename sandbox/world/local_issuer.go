package world

import (
	"context"
	"errors"
	"fmt"
	"time"

	"example.com/netanswer/mocks/issuer"
	"example.com/netanswer/sandbox/registration"
)

// localIssuer is the issuer that every world has of its own.
type localIssuer struct{ local }

// IssuerAPI is the issuer that every world has of its own, for whoever speaks its
// protocol. Its errors are those of issuer.API, fault.ErrFault, and the store's.
func (s *Service) IssuerAPI() issuer.API { return localIssuer{local{s.core}} }

func unknown(err error) bool { return errors.Is(err, issuer.ErrUnknownCard) }

// asked does what a question asks for, unless a planned fault is in the way; a
// world without any is not changed for it.
func (i localIssuer) asked(ctx context.Context, world string, do func() error) error {
	s, err := i.view(ctx, world)
	if errors.Is(err, ErrName) {
		return fmt.Errorf("%w: %w", issuer.ErrWorld, err)
	}
	if err != nil {
		return err
	}
	if len(s.Issuer.Faults.Faults) == 0 {
		return do()
	}
	var lost error
	err = i.planned(ctx, world, func(s *State, _ time.Time) (unasked error) {
		unasked, lost = s.Issuer.Answer()
		return unasked
	})
	if err == nil {
		err = do()
	}
	if err == nil && lost != nil {
		err = i.planned(ctx, world, func(*State, time.Time) error { return lost })
	}
	return err
}

// of does something about a card that exists, in one change of the world.
func (i localIssuer) of(ctx context.Context, world, number string, do func(s *State, card issuer.Card, now time.Time)) error {
	return i.asked(ctx, world, func() error {
		err := i.write(ctx, world, func(s *State) error {
			card, ok := s.Issuer.Find(number)
			if !ok {
				return issuer.ErrUnknownCard
			}
			return s.handOver(ctx, func() error { do(s, card, s.Clock.Now(i.machine())); return nil })
		})
		if err == nil {
			handed(ctx)
		}
		return err
	})
}

// Verify implements issuer.API.
func (i localIssuer) Verify(ctx context.Context, world string, q issuer.CardQuestion) (v issuer.Verification, err error) {
	err = i.asked(ctx, world, func() error {
		s, err := i.view(ctx, world)
		if err != nil {
			return err
		}
		if card, ok := s.Issuer.Verify(q.CardNumber, q.ExpiryMonth+"/"+q.ExpiryYear, q.SecurityCode); ok {
			v = card.Told()
		}
		return nil
	})
	return v, err
}

// Enrol implements issuer.API.
func (i localIssuer) Enrol(ctx context.Context, world string, q issuer.EnrolmentQuestion) (e issuer.Enrolment, err error) {
	err = i.of(ctx, world, q.CardNumber, func(s *State, _ issuer.Card, now time.Time) {
		e.Repeated = !s.enrol(q.CardNumber, now)
	})
	return e, err
}

// enrol enrols a card, and writes that into the timeline; false where it was enrolled.
func (st *State) enrol(number string, now time.Time) bool {
	fresh := st.Issuer.Enrol(number, now)
	if fresh {
		st.Timeline.add(now, "issuer", "本人認証サービス（3Dセキュア）に登録しました: "+registration.MaskNumber(st.Policy.CardMask, number), "")
	}
	return fresh
}

// CheckPIN implements issuer.API.
func (i localIssuer) CheckPIN(ctx context.Context, world string, q issuer.PINQuestion) (c issuer.PINCheck, err error) {
	err = i.of(ctx, world, q.CardNumber, func(s *State, _ issuer.Card, now time.Time) {
		c = s.Issuer.CheckPIN(q.CardNumber, q.PIN, s.Policy.PINAttempts)
		said := map[bool]string{true: "暗証番号が一致しました", false: "暗証番号が一致しませんでした"}[c.Right]
		if c.Stopped {
			said = "暗証番号の照合は止まっています"
		}
		s.Timeline.add(now, "issuer", said+": "+registration.MaskNumber(s.Policy.CardMask, q.CardNumber), "")
	})
	return c, err
}

// Standing implements issuer.API.
func (i localIssuer) Standing(ctx context.Context, world string, q issuer.StandingQuestion) (told issuer.Standing, err error) {
	err = i.asked(ctx, world, func() error {
		s, err := i.view(ctx, world)
		if err != nil {
			return err
		}
		card, ok := s.Issuer.Find(q.CardNumber)
		if !ok {
			return issuer.ErrUnknownCard
		}
		told = card.Standing()
		return nil
	})
	return told, err
}
