package actor

import (
	"context"
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
