package actor

import (
	"context"
	"fmt"
)

// LogsIn logs in with the ID and password the person chose.
func LogsIn(ctx context.Context, name string) error {
	a, err := act(ctx, name)
	if err != nil {
		return err
	}
	return a.see(a.session.Login(ctx, a.ID, a.Password))
}

// LogsInAfter lets time pass before.
func LogsInAfter(ctx context.Context, name, span string) error {
	return all(func() error { return after(ctx, span) }, func() error { return LogsIn(ctx, name) })
}

// LogsInAsFirst logs in with the ID of the first card, after another was registered.
func LogsInAsFirst(ctx context.Context, name string) error {
	a, err := act(ctx, name)
	if err != nil {
		return err
	}
	if a.firstID == "" || a.firstID == a.ID {
		return fmt.Errorf("%s has registered no other card since the first", name)
	}
	return a.see(a.session.Login(ctx, a.firstID, a.Password))
}

// LogsInWrongly tries a wrong password, so many times.
func LogsInWrongly(ctx context.Context, name string, often string) error {
	a, err := act(ctx, name)
	if err != nil {
		return err
	}
	n, err := times(ctx, often, func(n Numbers) int { return n.LoginAttempts })
	if err != nil {
		return err
	}
	for range n {
		if err := a.see(a.session.Login(ctx, a.ID, a.Password+"x")); err != nil {
			return err
		}
	}
	return nil
}

// LogsInAsMailedWrongly tries the ID that the mail tells with a wrong password,
// so many times.
func LogsInAsMailedWrongly(ctx context.Context, name string, often string) error {
	a, id, err := mailed(ctx, name)
	if err != nil {
		return err
	}
	n, err := times(ctx, often, func(n Numbers) int { return n.LoginAttempts })
	if err != nil {
		return err
	}
	for range n {
		if err := a.see(a.session.Login(ctx, id, a.appPassword()+"x")); err != nil {
			return err
		}
	}
	return nil
}

// LogsInAsMailedAfter lets time pass before.
func LogsInAsMailedAfter(ctx context.Context, name, span string) error {
	return all(func() error { return after(ctx, span) }, func() error { return LogsInAsMailed(ctx, name) })
}
