package world

import (
	"context"
	"time"

	"example.com/netanswer/sandbox/registration"
)

// SubmitCard sends the card (p12). A card that is registered already is taken
// as well: it is registered anew (p11-1, a-03).
func (s App) SubmitCard(ctx context.Context, a AppStep, c registration.CardForm) (Step, error) {
	m, err := s.Snapshot(ctx, a.World)
	if err != nil {
		return Step{}, err
	}
	s.entered(&m, &c)
	var holder registration.Holder
	var known bool
	var unready error
	if c.Check(m.Policy, m.Now) == nil {
		number, month, year, code := c.Question()
		holder, known, unready = s.ports.Issuer.Verify(
			ctx,
			a.World,
			CardQuestion{CardNumber: number, ExpiryMonth: month, ExpiryYear: year, SecurityCode: code},
		)
	}
	return s.execute(
		ctx,
		a.command("card", "カード情報を送信しました"),
		func(st *State, r registration.Registration, now time.Time) (registration.Registration, error) {
			after, err := r.SubmitCard(st.Policy, now, c, holder)
			switch {
			case err != nil:
				return after, err
			case unready != nil:
				return r.Touch(now), errUnready()
			case !known:
				return r.Touch(now), errUnverified()
			}
			st.journey(after, now)
			return after, nil
		},
	)
}
