package actor

import (
	"context"
	"strings"
)

// ChoosesAndTypes chooses an option of a list, then strikes one key after
// another from a field on.
func ChoosesAndTypes(ctx context.Context, name, list, option, field, keys string) error {
	a, eyes, err := look(ctx, name)
	if err != nil {
		return err
	}
	for _, text := range []*string{&option, &keys} {
		if *text, err = Value(ctx, *text); err != nil {
			return err
		}
	}
	return all(
		func() error { return a.see(eyes.Choose(ctx, list, option)) },
		func() error { return a.see(eyes.Type(ctx, field, keys)) },
	)
}

// Pastes pastes a text into a field.
func Pastes(ctx context.Context, name, field, text string) error {
	a, eyes, err := look(ctx, name)
	if err != nil {
		return err
	}
	if text, err = Value(ctx, text); err != nil {
		return err
	}
	return a.see(eyes.Paste(ctx, field, text))
}

// OpensKeyboard begins a registration and opens the software keyboard of a field.
func OpensKeyboard(ctx context.Context, name, field string) error {
	a, eyes, err := look(ctx, name)
	if err != nil {
		return err
	}
	if err := OpensForm(ctx, name); err != nil {
		return err
	}
	return a.see(eyes.OpenKeyboard(ctx, field))
}

// TypesOnScreen presses keys of the software keyboard that is open: digits, and
// others by their names, with spaces between.
func TypesOnScreen(ctx context.Context, name, keys string, byKeyboard bool) error {
	a, eyes, err := look(ctx, name)
	if err != nil {
		return err
	}
	var each []string
	for _, part := range strings.Fields(keys) {
		if strings.Trim(part, "0123456789") == "" {
			each = append(each, strings.Split(part, "")...)
		} else {
			each = append(each, part)
		}
	}
	return a.see(eyes.TypeOnScreen(ctx, each, byKeyboard))
}

// Strikes strikes one key of the keyboard.
func Strikes(ctx context.Context, name, key string) error {
	a, eyes, err := look(ctx, name)
	if err != nil {
		return err
	}
	return a.see(eyes.Strike(ctx, key))
}

// KeysStandAs expects the digits of the software keyboard in that order.
func KeysStandAs(ctx context.Context, want string) error {
	a, err := seen(ctx)
	if err != nil {
		return err
	}
	got := ""
	for _, action := range a.screen.Actions {
		if len(action) == 1 && strings.Contains("0123456789", action) {
			got += action
		}
	}
	return equal("ソフトウェアキーボードの数字の並び", want, got)
}
