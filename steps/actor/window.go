package actor

import "context"

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

// Restarts goes from an end to a new registration.
func Restarts(ctx context.Context, name string) error {
	a, err := act(ctx, name)
	if err != nil {
		return err
	}
	return a.see(a.session.Restart(ctx))
}
