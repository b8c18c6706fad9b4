package actor

import (
	"context"

	"example.com/netanswer/steps/driver"
)

// ChoosesPIN goes on to the card's PIN.
func ChoosesPIN(ctx context.Context, name string) error {
	a, err := act(ctx, name)
	if err != nil || a.scene.Words.Foreign && a.screen.Title == pinInput { // who has no other way may be there at once
		return err
	}
	return tap(ctx, name, func(p driver.App) (driver.Screen, error) { return p.ChoosePIN(ctx) })
}

// IsOfferedNoText expects no way to an SMS, on the screen before the PIN or, where an
// implementation has none for a land line, at the PIN itself.
func IsOfferedNoText(ctx context.Context, name string) error {
	a, err := act(ctx, name)
	if err != nil {
		return err
	}
	if a.screen.Title == pinInput {
		return CannotPress(ctx, "SMSで確認する")
	}
	return CannotPress(ctx, "認証")
}

// ChoosesSMS goes from the PIN to the SMS.
func ChoosesSMS(ctx context.Context, name string) error {
	return tap(ctx, name, func(p driver.App) (driver.Screen, error) { return p.ChooseSMS(ctx) })
}

// ReachesPIN is at the card's PIN.
func ReachesPIN(ctx context.Context, name string) error {
	return all(
		func() error { return ReachesDestination(ctx, name) },
		func() error { return ChoosesPIN(ctx, name) },
		func() error { return TitleIs(ctx, pinInput) },
	)
}

// EntersPIN types a PIN.
func EntersPIN(ctx context.Context, name, pin string) error {
	pin, err := Value(ctx, pin)
	if err != nil {
		return err
	}
	return tap(ctx, name, func(p driver.App) (driver.Screen, error) { return p.EnterPIN(ctx, pin) })
}

// EntersRightPIN types the PIN of the person's card.
func EntersRightPIN(ctx context.Context, name string) error {
	a, err := act(ctx, name)
	if err != nil {
		return err
	}
	return EntersPIN(ctx, name, a.Cards[a.card].PIN)
}

// EntersRightPINAfter lets time pass before.
func EntersRightPINAfter(ctx context.Context, name, span string) error {
	return all(func() error { return after(ctx, span) }, func() error { return EntersRightPIN(ctx, name) })
}

// EntersPINWrongly types wrong PINs, so many times.
func EntersPINWrongly(ctx context.Context, name string, often string) error {
	a, err := act(ctx, name)
	if err != nil {
		return err
	}
	n, err := times(ctx, often, func(n Numbers) int { return n.PINAttempts })
	if err != nil {
		return err
	}
	for range n {
		if err := EntersPIN(ctx, name, other(a.Cards[a.card].PIN)); err != nil {
			return err
		}
	}
	return nil
}

// RegistersByPIN does the whole registration in the app by PIN.
func RegistersByPIN(ctx context.Context, name string) error {
	return all(
		func() error { return ReachesPIN(ctx, name) },
		func() error { return EntersRightPIN(ctx, name) },
		func() error { return finishesInApp(ctx, name) },
	)
}

// StartsOverByPIN begins again from an end and is at the card's PIN.
func StartsOverByPIN(ctx context.Context, name string) error {
	a, err := act(ctx, name)
	if err != nil {
		return err
	}
	return all(
		func() error { return a.see(a.session.Restart(ctx)) },
		func() error { return ChoosesCompany(ctx, name, saison) },
		func() error { return BeginsInApp(ctx, name) },
		func() error { return SubmitsCard(ctx, name) },
		func() error { return ChoosesPIN(ctx, name) },
	)
}

// HasEnteredPINWrongly is at the card's PIN after so many wrong ones.
func HasEnteredPINWrongly(ctx context.Context, name string, often string) error {
	return all(func() error { return ReachesPIN(ctx, name) }, func() error { return EntersPINWrongly(ctx, name, often) })
}

// CanGoOnByPIN sees that the right PIN still leads on.
func CanGoOnByPIN(ctx context.Context, name string) error {
	return all(func() error { return EntersRightPIN(ctx, name) }, func() error { return TitleIs(ctx, "メール設定") })
}

// BeginsAgainByPIN begins another registration as on a new smartphone, and is
// at the card's PIN.
func BeginsAgainByPIN(ctx context.Context, name string) error {
	return all(
		func() error { return BeginsAgain(ctx, name) },
		func() error { return SubmitsCard(ctx, name) },
		func() error { return ChoosesPIN(ctx, name) },
		func() error { return TitleIs(ctx, "暗証番号の入力") },
	)
}

// NextWrongPINSays types one more wrong PIN and expects a sentence at its field.
func NextWrongPINSays(ctx context.Context, name, sentence string) error {
	return all(
		func() error { return EntersPINWrongly(ctx, name, "1") },
		func() error { return FieldSays(ctx, [][2]string{{"暗証番号", sentence}}) },
	)
}
