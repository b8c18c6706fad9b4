package actor

import (
	"context"
	"fmt"
	"slices"

	"example.com/netanswer/steps/driver"
)

// newPassword is what a person who has an account already sets in the app.
const newPassword = "Sakura-2026"

// appPassword is the password that the person sets in the app.
func (a *actor) appPassword() string {
	if a.HasAccount {
		return newPassword
	}
	return a.Password
}

// appEmail is the mail address that the person enters in the app.
func (a *actor) appEmail() string {
	return a.address()
}

// ReachesEmail is at the mail address, the identity proved by SMS.
func ReachesEmail(ctx context.Context, name string) error {
	return all(
		func() error { return ReceivesText(ctx, name) },
		func() error { return EntersReceived(ctx, name) },
		func() error { return TitleIs(ctx, "メール設定") },
	)
}

// SubmitsEmail writes a mail address and goes on.
func SubmitsEmail(ctx context.Context, name, email string) error {
	email, err := Value(ctx, email)
	if err != nil {
		return err
	}
	return tap(ctx, name, func(p driver.App) (driver.Screen, error) { return p.SubmitEmail(ctx, email) })
}

// SubmitsOwnEmail writes the person's own.
func SubmitsOwnEmail(ctx context.Context, name string) error {
	a, err := act(ctx, name)
	if err != nil {
		return err
	}
	return SubmitsEmail(ctx, name, a.appEmail())
}

// ReachesPassword is at the password.
func ReachesPassword(ctx context.Context, name string) error {
	return all(
		func() error { return ReachesEmail(ctx, name) },
		func() error { return SubmitsOwnEmail(ctx, name) },
		func() error { return TitleIs(ctx, "Netアンサーパスワードの設定") },
	)
}

// SubmitsPassword writes a password and goes on.
func SubmitsPassword(ctx context.Context, name, password string) error {
	return tap(ctx, name, func(p driver.App) (driver.Screen, error) { return p.SubmitPassword(ctx, password) })
}

// SubmitsOwnPassword writes the one the person chose.
func SubmitsOwnPassword(ctx context.Context, name string) error {
	a, err := act(ctx, name)
	if err != nil {
		return err
	}
	return SubmitsPassword(ctx, name, a.appPassword())
}

// ReachesTerms is at the terms.
func ReachesTerms(ctx context.Context, name string) error {
	return all(func() error { return ReachesPassword(ctx, name) }, func() error { return settles(ctx, name) })
}

// settles sets the password and is at the terms.
func settles(ctx context.Context, name string) error {
	return all(
		func() error { return SubmitsOwnPassword(ctx, name) },
		func() error { return TitleIs(ctx, "利用規約の確認") },
	)
}

// Agrees completes the registration in the app, or tries to without agreeing.
func Agrees(ctx context.Context, name string, agreed bool) error {
	return tap(ctx, name, func(p driver.App) (driver.Screen, error) { return p.Agree(ctx, agreed) })
}

// AgreesAfter lets time pass before.
func AgreesAfter(ctx context.Context, name, span string) error {
	return all(func() error { return after(ctx, span) }, func() error { return Agrees(ctx, name, true) })
}

// finishesInApp does what follows the identity check, to completion.
func finishesInApp(ctx context.Context, name string) error {
	return all(
		func() error { return TitleIs(ctx, "メール設定") },
		func() error { return SubmitsOwnEmail(ctx, name) },
		func() error { return settles(ctx, name) },
		func() error { return Agrees(ctx, name, true) },
		func() error { return TitleIs(ctx, "登録完了") },
	)
}

// OffersNothing expects the field to be empty although an SMS has arrived.
func OffersNothing(ctx context.Context, label string) error {
	a, err := seen(ctx)
	if err != nil {
		return err
	}
	if !slices.Contains(a.screen.Fields, label) {
		return fmt.Errorf("画面「%s」に欄「%s」がありません", a.screen.Title, label)
	}
	a.scene.found(ctx)
	if got, _ := a.value(label); got != "" {
		return fmt.Errorf("「%s」は空のはずが「%s」です", label, got)
	}
	return nil
}
