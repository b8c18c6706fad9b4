package actor

import (
	"context"
	"errors"
	"fmt"

	"example.com/netanswer/steps/driver"
)

// TakesOther does the next commands in the person's other window, or on the other
// smartphone, which is opened if it was not.
func TakesOther(ctx context.Context, name string) error {
	a, err := act(ctx, name)
	if err != nil {
		return err
	}
	a.session, a.other = a.other, a.session
	a.screen, a.beside = a.beside, a.screen
	_, err = act(ctx, name) // opens it
	return err
}

// ConfirmsInTab reaches the confirmation of another card in a second tab of the same
// browser, and comes back to the first.
func ConfirmsInTab(ctx context.Context, name, card string) error {
	return inTab(ctx, name, func(a *actor, f *driver.Form) error {
		c, err := a.scene.cardNamed(card)
		f.NetAnswerID = "t" + f.NetAnswerID[:len(f.NetAnswerID)-1] // the first tab holds the other
		f.CardNumber, f.ExpiryMonth, f.ExpiryYear, f.SecurityCode = c.Number, c.Month, c.Year, c.SecurityCode
		return err
	})
}

// ChangesInTab writes something else into one field in a second tab of the same
// browser, reaches the confirmation there, and comes back to the first.
func ChangesInTab(ctx context.Context, name, label, value string) error {
	return inTab(ctx, name, func(_ *actor, f *driver.Form) error { return write(f, label, value) })
}

// inTab sends a form that is right but for what change does to it in a second tab.
func inTab(ctx context.Context, name string, change func(*actor, *driver.Form) error) error {
	a, err := act(ctx, name)
	if err != nil {
		return err
	}
	if a.other != nil {
		return errors.New(name + " has a second window already")
	}
	f := a.rightForm()
	if err := change(a, &f); err != nil {
		return err
	}
	if a.other, err = a.session.Tab(ctx); err != nil {
		return err
	}
	screen, err := a.other.Start(ctx)
	if err == nil && screen.Title == "確認" { // the browser goes on with the registration that it has
		_, err = a.other.Revise(ctx)
	}
	if err != nil {
		return err
	}
	if screen, err = a.other.Submit(ctx, f); err != nil {
		return err
	}
	if screen.Title != "確認" {
		return fmt.Errorf("別のタブの画面は「確認」のはずが「%s」です%s", screen.Title, told(screen))
	}
	return nil
}

// Looks asks for the screen anew.
func Looks(ctx context.Context, name string) error { return looks(ctx, name) }

// LooksAfter lets time pass and asks for the screen anew, where that is no action.
func LooksAfter(ctx context.Context, name, span string) error {
	s, err := In(ctx)
	if err != nil {
		return err
	}
	if s.numbers().LookingUntold {
		return fmt.Errorf("%w: 画面を開きなおすのが操作かどうかは決まっていません。たずねるには policy: {looking_is_action: true か false}", driver.ErrInapplicable)
	}
	if s.numbers().Looking {
		return fmt.Errorf("%w: policy によれば、画面を開きなおすのも操作に数えます", driver.ErrInapplicable)
	}
	return all(func() error { return after(ctx, span) }, func() error { return looks(ctx, name) })
}

// Restarts goes from an end to a new registration.
func Restarts(ctx context.Context, name string) error {
	a, err := act(ctx, name)
	if err != nil {
		return err
	}
	return a.see(a.session.Restart(ctx))
}
