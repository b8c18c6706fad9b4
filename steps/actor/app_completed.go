package actor

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"strings"

	"example.com/netanswer/steps/driver"
)

// RegistersAnew registers the same card in the same app once more.
func RegistersAnew(ctx context.Context, name string) error {
	return all(
		func() error { return BeginsAgain(ctx, name) },
		func() error { return SubmitsCard(ctx, name) },
		func() error { return RequestsPasscode(ctx, name) },
		func() error { return receive(ctx, name, Surroundings.NextText, phoneOf) },
		func() error { return CanComplete(ctx, name) },
	)
}

// ReplacesPhone registers the same card anew on another smartphone, and keeps
// the one of before.
func ReplacesPhone(ctx context.Context, name string) error {
	a, err := act(ctx, name)
	if err != nil {
		return err
	}
	if a.other != nil {
		return errors.New(name + " has a second session already")
	}
	a.session, a.other = nil, a.session
	return all(
		func() error { return ReachesCard(ctx, name) },
		func() error { return SubmitsCard(ctx, name) },
		func() error { return RequestsPasscode(ctx, name) },
		func() error { return receive(ctx, name, Surroundings.NextText, phoneOf) },
		func() error { return CanComplete(ctx, name) },
	)
}

// TakesOldPhone does the next commands on the smartphone of before.
func TakesOldPhone(ctx context.Context, name string) error {
	a, err := act(ctx, name)
	if err != nil {
		return err
	}
	if a.other == nil {
		return errors.New(name + " has one smartphone only")
	}
	a.session, a.other = a.other, a.session
	return nil
}

// BeginsAgain installs the app on the person's smartphone as on a new one, and
// begins a registration.
func BeginsAgain(ctx context.Context, name string) error {
	a, err := act(ctx, name)
	if err != nil {
		return err
	}
	if err := a.session.Close(); err != nil {
		return err
	}
	a.session = nil // the next command opens another
	return ReachesCard(ctx, name)
}

// ReachesStatement is at the app's statement.
func ReachesStatement(ctx context.Context, name string) error {
	return all(func() error { return ReachesAppHome(ctx, name) }, func() error { return Taps(ctx, name, "明細") })
}

// StartsFirst completes the registration and starts the app for the first time.
func StartsFirst(ctx context.Context, name string) error {
	return all(
		func() error { return Registers(ctx, name) },
		func() error { return StartsApp(ctx, name) },
		func() error { return TitleIs(ctx, walletQuestion) },
	)
}

// AnswersWallet answers the question of the wallet.
func AnswersWallet(ctx context.Context, name, answer string) error {
	return tap(ctx, name, func(p driver.App) (driver.Screen, error) { return p.AnswerWallet(ctx, answer) })
}

// ReachesAppHome is at the app's home.
func ReachesAppHome(ctx context.Context, name string) error {
	return all(
		func() error { return StartsFirst(ctx, name) },
		func() error { return AnswersWallet(ctx, name, "今はしない") },
		func() error { return TitleIs(ctx, "ホーム") },
	)
}

// givenID is how a mail tells the Net Answer ID.
var givenID = regexp.MustCompile(`Net ?アンサー ?ID[^0-9A-Za-z]{0,24}([0-9A-Za-z=@_-]{8,16})(?:[^0-9A-Za-z=@_.-]|$)`)

// mailed is the person, and the Net Answer ID that the newest mail to them tells.
func mailed(ctx context.Context, name string) (a *actor, id string, err error) {
	if a, err = act(ctx, name); err != nil {
		return nil, "", err
	}
	if err := mails(ctx, a.appEmail(), -1); err != nil {
		return nil, "", err
	}
	found := givenID.FindStringSubmatch(a.scene.mail.Body)
	if found == nil {
		return nil, "", fmt.Errorf("the mail 「%s」 tells no Net Answer ID", a.scene.mail.Subject)
	}
	return a, found[1], nil
}

// LogsInAsMailed logs in on the web with the ID that the mail tells and the
// password set in the app.
func LogsInAsMailed(ctx context.Context, name string) error {
	a, id, err := mailed(ctx, name)
	if err != nil {
		return err
	}
	return a.see(a.session.Login(ctx, id, a.appPassword()))
}

// LogsInAsMailedInCapitals is LogsInAsMailed with the ID in capital letters.
func LogsInAsMailedInCapitals(ctx context.Context, name string) error {
	a, id, err := mailed(ctx, name)
	if err != nil {
		return err
	}
	return a.see(a.session.Login(ctx, strings.ToUpper(id), a.appPassword()))
}

// SubmitsMailedID fills in the form of the web rightly but for the ID, which is the one
// that a mail tells somebody else.
func SubmitsMailedID(ctx context.Context, name, of string) error {
	_, id, err := mailed(ctx, of)
	if err != nil {
		return err
	}
	return SubmitsWith(ctx, name, "NetアンサーID", id)
}

// IsGivenID expects the ID on the screen to be the one that the mail tells, and
// of the form that the guide asks of IDs.
func IsGivenID(ctx context.Context, name string) error {
	_, id, err := mailed(ctx, name)
	if err != nil {
		return err
	}
	if !strings.ContainsAny(strings.ToLower(id), "abcdefghijklmnopqrstuvwxyz") || !strings.ContainsAny(id, "0123456789") {
		return fmt.Errorf("付与されたNetアンサーID「%s」は半角の英文字と数字の組合わせではありません", id)
	}
	if n := len(id); n < 8 || n > 16 {
		return fmt.Errorf("付与されたNetアンサーID「%s」は8～16桁のはずが%d桁です", id, n)
	}
	a, err := seen(ctx)
	if err != nil {
		return err
	}
	a.scene.found(ctx)
	if a.scene.Words.Foreign && a.scene.App && !givenID.MatchString(a.screen.Text) {
		return fmt.Errorf("%w: 画面「%s」はNetアンサーIDを示さず、案内もアプリでは求めていません", driver.ErrInapplicable, a.screen.Title)
	}
	if !strings.Contains(a.screen.Text, id) {
		return fmt.Errorf("画面「%s」に、メールで知らされたNetアンサーID「%s」がありません", a.screen.Title, id)
	}
	return nil
}

// IDIs expects the mail to tell that ID.
func IDIs(ctx context.Context, name, want string) error {
	_, got, err := mailed(ctx, name)
	if err != nil {
		return err
	}
	if want, err = Value(ctx, want); err != nil {
		return err
	}
	judges(ctx)
	return equal("メールで知らされたNetアンサーID", want, got)
}

// IDsDiffer expects two persons to have been told different IDs.
func IDsDiffer(ctx context.Context, one, other string) error {
	_, first, err := mailed(ctx, one)
	if err != nil {
		return err
	}
	_, second, err := mailed(ctx, other)
	judges(ctx)
	if err == nil && first == second {
		return fmt.Errorf("%sと%sに同じNetアンサーID「%s」が知らされました", one, other, first)
	}
	return err
}
