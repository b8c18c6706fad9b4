package world

import (
	"context"
	"time"

	"example.com/netanswer/fixtures"
	"example.com/netanswer/sandbox/account"
	"example.com/netanswer/sandbox/registration"
)

// Prefixes are how test cards begin: what the form offers as first four digits.
func (s Web) Prefixes() []fixtures.TestPrefix { return s.prefixes }

// Submit sends the form. What is wrong with it by itself is told before the
// issuer is asked; a card that the issuer does not know is not kept anywhere.
func (s Web) Submit(ctx context.Context, world, id string, f registration.Form) (Step, error) {
	m, err := s.Snapshot(ctx, world)
	if err != nil {
		return Step{}, err
	}
	s.entered(&m, &f)
	var holder registration.Holder
	var known bool
	var unready error
	if f.Check(m.Policy, m.Now) == nil {
		holder, known, unready = s.ports.Issuer.Verify(ctx, world,
			CardQuestion{CardNumber: f.CardNumber, ExpiryMonth: f.ExpiryMonth, ExpiryYear: f.ExpiryYear, SecurityCode: f.SecurityCode})
	}
	digest := account.Digest(s.source.Token(), f.Password)
	return s.change(
		ctx,
		world,
		id,
		"submit",
		"入力内容を送信しました",
		func(st *State, r registration.Registration, now time.Time) (registration.Registration, error) {
			after, err := r.Submit(st.Policy, now, f, digest, holder)
			switch {
			case err != nil:
				return after, err
			case unready != nil:
				return r.Touch(now), errUnready()
			case !known:
				return r.Touch(now), errUnverified()
			}
			if err := st.claim(after, now); err != nil {
				return r.Touch(now), err
			}
			return after, nil
		},
	)
}

// claim makes r the one journey of its card and the holder of its Net Answer ID
// (a-03, a-04, p31-6). What the card began before is over.
func (st *State) claim(r registration.Registration, now time.Time) error {
	card, id := r.Application.CardNumber, account.Fold(r.Application.NetAnswerID)
	if st.Accounts.Cards.Has(card) {
		return &registration.Error{
			Kind:  registration.Conflict,
			Code:  "card_registered",
			Field: registration.FieldCardNumber,
			Text:  "error.card_registered",
		}
	}
	holder, held := st.Reserved.Get(id)
	if st.Accounts.Accounts.Has(id) || held && holder != r.ID && st.holds(holder, id, card, now) {
		return &registration.Error{
			Kind:  registration.Conflict,
			Code:  "net_answer_id_taken",
			Field: registration.FieldNetAnswerID,
			Text:  "error.net_answer_id_taken",
		}
	}
	st.journey(r, now)
	st.Reserved.Put(id, r.ID)
	return nil
}
