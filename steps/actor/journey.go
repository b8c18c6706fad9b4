package actor

import (
	"context"
	"errors"
	"fmt"
)

// Registers does the whole registration.
func Registers(ctx context.Context, name string) error {
	return all(func() error { return ReceivesText(ctx, name) }, func() error { return CanComplete(ctx, name) })
}

// CompletesIdentityCheck goes on from the confirmation to completion.
func CompletesIdentityCheck(ctx context.Context, name string) error {
	return all(
		func() error { return Proceeds(ctx, name) },
		func() error { return receive(ctx, name, Surroundings.NextText, phoneOf) },
		func() error { return CanComplete(ctx, name) },
	)
}

// StartsOver begins again from an end, and does the whole registration.
func StartsOver(ctx context.Context, name string) error {
	a, err := act(ctx, name)
	if err != nil {
		return err
	}
	if inApp(ctx) {
		return all(
			func() error { return a.see(a.session.Restart(ctx)) },
			func() error { return ChoosesCompany(ctx, name, saison) },
			func() error { return BeginsInApp(ctx, name) },
			func() error { return SubmitsCard(ctx, name) },
			func() error { return RequestsPasscode(ctx, name) },
			func() error { return receive(ctx, name, Surroundings.NextText, phoneOf) },
			func() error { return CanComplete(ctx, name) },
		)
	}
	return all(
		func() error { return a.see(a.session.Restart(ctx)) },
		func() error { return a.expectTitle("入力") },
		func() error { return SubmitsRightly(ctx, name) },
		func() error { return CompletesIdentityCheck(ctx, name) },
	)
}

// RegistersCard does the whole registration of the person's n-th card, with an
// ID of its own.
func RegistersCard(ctx context.Context, name string, n int) error {
	return all(
		func() error { return takesCard(ctx, name, n, true) },
		func() error { return Registers(ctx, name) },
	)
}

// SubmitsCardWithSameID fills in the form with the person's n-th card and the
// ID of the first.
func SubmitsCardWithSameID(ctx context.Context, name string, n int) error {
	return all(
		func() error { return takesCard(ctx, name, n, false) },
		func() error { return OpensForm(ctx, name) },
		func() error { return SubmitsRightly(ctx, name) },
	)
}

func takesCard(ctx context.Context, name string, n int, ownID bool) error {
	a, err := act(ctx, name)
	if err != nil {
		return err
	}
	if n < 1 || n > len(a.Cards) {
		return fmt.Errorf("%s has %d cards", name, len(a.Cards))
	}
	a.card = n - 1
	if ownID && n > 1 {
		a.firstID = a.ID
		a.ID = fmt.Sprintf("%s-%d", a.ID, n)
	}
	return nil
}

// TriesSameCardAgain fills in the form with a card that was registered, and
// another ID.
func TriesSameCardAgain(ctx context.Context, name string) error {
	return all(
		func() error { return OpensForm(ctx, name) },
		func() error { return SubmitsWith(ctx, name, "NetアンサーID", "another2026") },
	)
}

// RepeatsLast sends once more what was sent last.
func RepeatsLast(ctx context.Context, name string) error {
	a, err := act(ctx, name)
	if err != nil {
		return err
	}
	return a.see(a.session.Again(ctx))
}

// OpensStep tries to go straight to a later step.
func OpensStep(ctx context.Context, name, title string) error {
	a, err := act(ctx, name)
	if err != nil {
		return err
	}
	return a.see(a.session.OpenStep(ctx, title))
}

// ConfirmsElsewhere reaches the confirmation with the same card and another ID
// in a second window that knows nothing of the first.
func ConfirmsElsewhere(ctx context.Context, name string) error {
	a, err := act(ctx, name)
	if err != nil {
		return err
	}
	if a.other != nil {
		return errors.New(name + " has a second window already")
	}
	if a.other, err = a.scene.Driver.Open(ctx, a.scene.World); err != nil {
		return err
	}
	if _, err := a.other.Start(ctx); err != nil {
		return err
	}
	f := a.rightForm()
	screen, err := a.other.Submit(ctx, f)
	if err != nil {
		return err
	}
	if screen.Title != "確認" {
		return fmt.Errorf("別のウィンドウの画面は「確認」のはずが「%s」です%s", screen.Title, told(screen))
	}
	return nil
}
