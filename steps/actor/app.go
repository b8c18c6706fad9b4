package actor

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"example.com/netanswer/steps/driver"
)

// app finds the person with a smartphone that has the company's app.
func app(ctx context.Context, name string) (*actor, driver.App, error) {
	a, err := act(ctx, name)
	if err != nil {
		return nil, nil, err
	}
	phone, ok := a.session.(driver.App)
	if !ok {
		return nil, nil, errors.New("this driver has no app; tag the scenario with another channel")
	}
	return a, phone, nil
}

// tap does one thing in the app and keeps the screen it leads to.
func tap(ctx context.Context, name string, do func(driver.App) (driver.Screen, error)) error {
	a, phone, err := app(ctx, name)
	if err != nil {
		return err
	}
	return a.see(do(phone))
}

// OpensGuide goes by the banner to the page that leads to the app.
func OpensGuide(ctx context.Context, name string) error {
	return tap(ctx, name, func(p driver.App) (driver.Screen, error) { return p.Guide(ctx) })
}

// ScansCode reads the two-dimensional code with the camera.
func ScansCode(ctx context.Context, name string) error {
	return holds(ctx, name, func(c driver.Camera) (driver.Screen, error) { return c.ScanCode(ctx) })
}

// OpensStore opens the app's page in the store of the smartphone.
func OpensStore(ctx context.Context, name string) error {
	return holds(ctx, name, func(c driver.Camera) (driver.Screen, error) { return c.Store(ctx) })
}

// holds does what only who has a smartphone in hand can do.
func holds(ctx context.Context, name string, do func(driver.Camera) (driver.Screen, error)) error {
	a, err := act(ctx, name)
	if err != nil {
		return err
	}
	camera, ok := a.session.(driver.Camera)
	if !ok {
		return errors.New("this driver has no camera; tag the scenario @画面")
	}
	return a.see(do(camera))
}

// Installs begins to install the app.
func Installs(ctx context.Context, name string) error {
	return tap(ctx, name, func(p driver.App) (driver.Screen, error) { return p.Install(ctx) })
}

// InstallsFor begins to install the app, lets time pass and looks again.
func InstallsFor(ctx context.Context, name, span string) error {
	if ofItsOwn(ctx) {
		return Installs(ctx, name) // it takes what it takes
	}
	return all(
		func() error { return Installs(ctx, name) },
		func() error { return after(ctx, span) },
		func() error { return looks(ctx, name) },
	)
}

// installation is more than the stores need.
const installation = "10秒"

// OpensApp installs the app and opens it for the first time.
func OpensApp(ctx context.Context, name string) error {
	if ofItsOwn(ctx) {
		if err := Installs(ctx, name); err != nil && !errors.Is(err, driver.ErrNoStore) {
			return err
		}
		return StartsApp(ctx, name)
	}
	return all(
		func() error { return Installs(ctx, name) },
		func() error { return after(ctx, installation) },
		func() error { return StartsApp(ctx, name) },
	)
}

// StartsApp starts the app, or starts it again.
func StartsApp(ctx context.Context, name string) error {
	return tap(ctx, name, func(p driver.App) (driver.Screen, error) { return p.OpenApp(ctx) })
}

// StartsAppAfter lets time pass before.
func StartsAppAfter(ctx context.Context, name, span string) error {
	return all(func() error { return after(ctx, span) }, func() error { return StartsApp(ctx, name) })
}

// LeavesFor leaves the app for a while and comes back to it.
func LeavesFor(ctx context.Context, name, span string) error {
	_, phone, err := app(ctx, name)
	if err != nil {
		return err
	}
	return all(
		func() error { return phone.Leave(ctx) },
		func() error { return after(ctx, span) },
		func() error {
			return tap(ctx, name, func(p driver.App) (driver.Screen, error) { return p.Return(ctx) })
		},
	)
}

// ofItsOwn tells whether it is not the sandbox that is tried.
func ofItsOwn(ctx context.Context) bool {
	s, err := In(ctx)
	return err == nil && s.Words.Foreign
}

// saison is the company whose cards are registered.
const saison = "セゾンカード"

// ChoosesCompany chooses a card company and goes on.
func ChoosesCompany(ctx context.Context, name, company string) error {
	return tap(ctx, name, func(p driver.App) (driver.Screen, error) { return p.ChooseCompany(ctx, company) })
}

// ReachesEntrance is where a registration in the app begins.
func ReachesEntrance(ctx context.Context, name string) error {
	return all(
		func() error { return OpensApp(ctx, name) },
		func() error { return ChoosesCompany(ctx, name, saison) },
		func() error { return TitleIs(ctx, "ご登録のはじめに") },
	)
}

// BeginsInApp presses 「新規登録・再登録」.
func BeginsInApp(ctx context.Context, name string) error {
	return tap(ctx, name, func(p driver.App) (driver.Screen, error) { return p.BeginInApp(ctx) })
}

// ReachesCard is at the first screen of a registration in the app.
func ReachesCard(ctx context.Context, name string) error {
	return all(
		func() error { return ReachesEntrance(ctx, name) },
		func() error { return BeginsInApp(ctx, name) },
		func() error { return TitleIs(ctx, "カード情報の入力") },
	)
}

// rightCard is what stands on the person's card.
func (a *actor) rightCard() driver.Card {
	c := a.Cards[a.card]
	return driver.Card{Number: c.Number, Expiry: c.Month + "/" + c.Year, SecurityCode: c.SecurityCode}
}

// SubmitsCard writes the card rightly but for some fields, and goes on.
func SubmitsCard(ctx context.Context, name string, rows ...[2]string) error {
	a, phone, err := app(ctx, name)
	if err != nil {
		return err
	}
	c := a.rightCard()
	for _, row := range rows {
		if row[1], err = Value(ctx, row[1]); err != nil {
			return err
		}
		switch row[0] {
		case "カード番号":
			c.Number = row[1]
		case "有効期限":
			c.Expiry = row[1]
		case "セキュリティコード":
			c.SecurityCode = row[1]
		default:
			return fmt.Errorf("the card has no field 「%s」", row[0])
		}
	}
	return a.see(phone.SubmitCard(ctx, c))
}

// SubmitsCardAfter lets time pass before.
func SubmitsCardAfter(ctx context.Context, name, span string) error {
	return all(func() error { return after(ctx, span) }, func() error { return SubmitsCard(ctx, name) })
}

// ReachesDestination is where the telephone is shown that the passcode goes to.
func ReachesDestination(ctx context.Context, name string) error {
	return all(
		func() error { return ReachesCard(ctx, name) },
		func() error { return SubmitsCard(ctx, name) },
		func() error { return TitleIs(ctx, destination) },
	)
}

// RequestsPasscode presses 「認証」 at the destination.
func RequestsPasscode(ctx context.Context, name string) error {
	return tap(ctx, name, func(p driver.App) (driver.Screen, error) { return p.RequestPasscode(ctx) })
}

// before is the screen of the app that stands before another where what was entered
// can be changed.
var before = map[string]string{destination: "カード情報の入力", "Netアンサーパスワードの設定": "メール設定", "利用規約の確認": "Netアンサーパスワードの設定"}

// GoesBack goes back to the screen before. The guide draws no way back in the app: who
// has none is not asked what follows from it.
func GoesBack(ctx context.Context, name string) error {
	a, err := act(ctx, name)
	if err != nil {
		return err
	}
	was := a.screen.Title
	if err := tap(ctx, name, func(p driver.App) (driver.Screen, error) { return p.Back(ctx) }); err != nil {
		return err
	}
	if to := before[was]; a.scene.Words.Foreign && to != "" && a.screen.Title != to {
		return fmt.Errorf("%w: 「%s」の前の画面へ戻っても「%s」の画面になりません", driver.ErrInapplicable, was, to)
	}
	return nil
}

// GoesBackToEmail goes back from the password to the address.
func GoesBackToEmail(ctx context.Context, name string) error {
	if err := GoesBack(ctx, name); err != nil {
		return err
	}
	return TitleIs(ctx, "メール設定")
}

// Taps taps what leads to another screen of the app.
func Taps(ctx context.Context, name, what string) error {
	return tap(ctx, name, func(p driver.App) (driver.Screen, error) { return p.Tap(ctx, what) })
}

// TapsPayment taps the amount to be paid on the home screen (p20-2).
func TapsPayment(ctx context.Context, name string) error {
	a, err := act(ctx, name)
	if err != nil {
		return err
	}
	at := slices.IndexFunc(a.screen.Actions, amount.MatchString)
	if at < 0 && a.screen.Values["次回のお支払金額"] != "" { // one that is told by itself can be tapped
		a.tapped = a.screen.Values["次回のお支払金額"]
		return Taps(ctx, name, a.tapped)
	}
	if at < 0 {
		return fmt.Errorf("画面「%s」にタップできる金額がありません", a.screen.Title)
	}
	a.tapped = a.screen.Actions[at]
	return Taps(ctx, name, a.tapped)
}

// ShowsTapped expects the amount that was tapped to stand on the screen that it led to.
func ShowsTapped(ctx context.Context) error {
	a, err := seen(ctx)
	if err != nil {
		return err
	}
	want := digits(amount.FindString(a.tapped))
	if want == "" {
		return errors.New("no amount was tapped")
	}
	a.scene.found(ctx)
	if !slices.ContainsFunc(amount.FindAllString(a.screen.Text, -1), func(told string) bool { return digits(told) == want }) {
		return fmt.Errorf("画面「%s」に、タップした金額「%s」がありません", a.screen.Title, amount.FindString(a.tapped))
	}
	return nil
}
