package actor

import (
	"context"
	"fmt"
)

// LogsInAs logs in with what is typed.
func LogsInAs(ctx context.Context, name, id, password string) error {
	a, err := act(ctx, name)
	if err != nil {
		return err
	}
	if id, err = Value(ctx, id); err != nil {
		return err
	}
	if password, err = Value(ctx, password); err != nil {
		return err
	}
	return a.see(a.session.Login(ctx, id, password))
}

// LogsInAsChanged logs in with one letter of the password changed.
func LogsInAsChanged(ctx context.Context, name, id, password string, letter int) error {
	password, err := changedValue(ctx, password, letter)
	if err != nil {
		return err
	}
	return LogsInAs(ctx, name, id, password)
}

// changedValue is what a text stands for, with one letter changed.
func changedValue(ctx context.Context, text string, letter int) (string, error) {
	value, err := Value(ctx, text)
	if err != nil {
		return "", err
	}
	return changed(value, letter)
}

// LogsInAsMailedTo logs in with the ID that the newest mail to an address tells.
func LogsInAsMailedTo(ctx context.Context, name, address, password string) error {
	address, err := Value(ctx, address)
	if err != nil {
		return err
	}
	if err := mails(ctx, address, -1); err != nil {
		return err
	}
	s, err := In(ctx)
	if err != nil {
		return err
	}
	found := givenID.FindStringSubmatch(s.mail.Body)
	if found == nil {
		return fmt.Errorf("「%s」に届いたメール「%s」にNetアンサーIDがありません", address, s.mail.Subject)
	}
	return all(
		func() error { return LogsInAs(ctx, name, found[1], password) },
		func() error { return passesWallet(ctx, name) },
	)
}

// passesWallet answers the question of the wallet where it stands before the home:
// the guide has it asked at the first start, which a log-in may be.
func passesWallet(ctx context.Context, name string) error {
	a, err := act(ctx, name)
	if err != nil || a.screen.Title != walletQuestion {
		return err
	}
	return AnswersWallet(ctx, name, "今はしない")
}

// walletQuestion is the screen that offers to add the card to the wallet.
const walletQuestion = "ウォレットの設定"

// LogsInAsMailedToChanged does so with one letter of the password changed.
func LogsInAsMailedToChanged(ctx context.Context, name, address, password string, letter int) error {
	password, err := changedValue(ctx, password, letter)
	if err != nil {
		return err
	}
	return LogsInAsMailedTo(ctx, name, address, password)
}
