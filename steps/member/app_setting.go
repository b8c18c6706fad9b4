package member

import (
	"context"
	"fmt"
	"regexp"
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
	if a.Email == "" {
		return "okyakusama@example.jp"
	}
	return a.Email
}

// ChoosesPIN goes on to the card's PIN.
func ChoosesPIN(ctx context.Context, name string) error {
	return tap(ctx, name, func(p driver.App) (driver.Screen, error) { return p.ChoosePIN(ctx) })
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
		func() error { return TitleIs(ctx, "暗証番号の入力") },
	)
}

// EntersPIN types a PIN.
func EntersPIN(ctx context.Context, name, pin string) error {
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
func EntersPINWrongly(ctx context.Context, name string, times int) error {
	a, err := act(ctx, name)
	if err != nil {
		return err
	}
	for range times {
		if err := EntersPIN(ctx, name, other(a.Cards[a.card].PIN)); err != nil {
			return err
		}
	}
	return nil
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

// RegistersByPIN does the whole registration in the app by PIN.
func RegistersByPIN(ctx context.Context, name string) error {
	return all(
		func() error { return ReachesPIN(ctx, name) },
		func() error { return EntersRightPIN(ctx, name) },
		func() error { return finishesInApp(ctx, name) },
	)
}

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
	a.session = nil // the next deed opens another
	return ReachesCard(ctx, name)
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
func HasEnteredPINWrongly(ctx context.Context, name string, times int) error {
	return all(func() error { return ReachesPIN(ctx, name) }, func() error { return EntersPINWrongly(ctx, name, times) })
}

// ReachesStatement is at the app's statement.
func ReachesStatement(ctx context.Context, name string) error {
	return all(func() error { return ReachesAppHome(ctx, name) }, func() error { return Taps(ctx, name, "明細") })
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

// StartsFirst completes the registration and starts the app for the first time.
func StartsFirst(ctx context.Context, name string) error {
	return all(
		func() error { return Registers(ctx, name) },
		func() error { return StartsApp(ctx, name) },
		func() error { return TitleIs(ctx, "ウォレットの設定") },
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
var givenID = regexp.MustCompile(`NetアンサーIDは ?([0-9A-Za-z=@_-]+) ?です`)

// mailedID is the Net Answer ID that the newest mail to the person tells.
func mailedID(ctx context.Context, a *actor) (string, error) {
	if err := mails(ctx, a.appEmail(), -1); err != nil {
		return "", err
	}
	found := givenID.FindStringSubmatch(a.scene.mail.Body)
	if found == nil {
		return "", fmt.Errorf("the mail 「%s」 tells no Net Answer ID", a.scene.mail.Subject)
	}
	return found[1], nil
}

// LogsInAsMailed logs in on the web with the ID that the mail tells and the
// password set in the app.
func LogsInAsMailed(ctx context.Context, name string) error {
	a, err := act(ctx, name)
	if err != nil {
		return err
	}
	id, err := mailedID(ctx, a)
	if err != nil {
		return err
	}
	return a.see(a.session.Login(ctx, id, a.appPassword()))
}

// IsGivenID expects the ID on the screen to be the one that the mail tells, and
// of the form that the guide asks of IDs.
func IsGivenID(ctx context.Context, name string) error {
	a, err := act(ctx, name)
	if err != nil {
		return err
	}
	id, err := mailedID(ctx, a)
	if err != nil {
		return err
	}
	if n := len(id); n < 8 || n > 16 {
		return fmt.Errorf("付与されたNetアンサーID「%s」は8～16桁のはずが%d桁です", id, n)
	}
	return Reads(ctx, []string{"お客様のNetアンサーIDは" + id + "です。"})
}

// IDIs expects the mail to tell that ID.
func IDIs(ctx context.Context, name, want string) error {
	a, err := act(ctx, name)
	if err != nil {
		return err
	}
	got, err := mailedID(ctx, a)
	if err != nil {
		return err
	}
	return equal("メールで知らされたNetアンサーID", want, got)
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
	if got := a.screen.Values[label]; got != "" {
		return fmt.Errorf("「%s」は空のはずが「%s」です", label, got)
	}
	return nil
}
