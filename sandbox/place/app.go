package place

import (
	"cmp"
	"errors"
	"slices"

	"example.com/netanswer/sandbox/account"
	"example.com/netanswer/sandbox/registration"
	"example.com/netanswer/sandbox/world"
)

// app are the places of the app.
func app() []Place {
	at := func(name string, state registration.State, title string, kind Kind, steps ...[]step) Place {
		return Place{Name: name, Channel: registration.App, State: state, Title: title, Kind: kind, steps: slices.Concat(steps...)}
	}
	with := func(steps []step, more ...step) []step { return slices.Concat(steps, more) }
	card := []step{install, beginApp}
	destination := with(card, submitCard)
	passcode := with(destination, requestPasscode)
	pin := with(destination, choosePIN)
	email := with(passcode, enterApp)
	password := with(email, setEmail)
	terms := with(password, setPassword)
	completed := with(terms, agree)
	attempts := func(p registration.Policy) int { return p.PasscodeAttempts }
	pins := func(p registration.Policy) int { return p.PINAttempts }
	return slices.Concat([]Place{
		at("company", "", "アプリをインストールしたところ", WithMobile, []step{install}),
		at("card", registration.AwaitCard, "カードの入力", WithMobile, card),
		at("destination", registration.CheckDestination, "送信先の確認", WithMobile, destination),
		at("destination-landline", registration.CheckDestination, "送信先の確認（携帯電話の登録がない）", Landline, destination),
		at("passcode", registration.AwaitPasscode, "パスコードがSMSで届いたところ", WithMobile, passcode),
		at("passcode-lost", registration.AwaitPasscode, "SMSが届かないまま", WithMobile, destination, []step{lose, requestPasscode}),
	}, atPasscode(registration.App, passcode), []Place{
		at("pin", registration.AwaitPIN, "暗証番号の入力", WithMobile, pin),
		at("pin-landline", registration.AwaitPIN, "暗証番号の入力（携帯電話の登録がない）", Landline, pin),
		at(
			"pin-wrong",
			registration.AwaitPIN,
			"暗証番号を1回まちがえたところ",
			WithMobile,
			pin,
			[]step{wrongPIN(func(p registration.Policy) int { return min(1, pins(p)-1) })},
		),
		at("email", registration.AwaitEmail, "メールアドレスの入力", WithMobile, email),
		at("password", registration.AwaitPassword, "パスワードの設定", WithMobile, password),
		at("terms", registration.AwaitTerms, "規約", WithMobile, terms),
		at("terms-anew", registration.AwaitTerms, "規約（登録済みのカード）", Registered, terms),
		at("completed", registration.Completed, "ご登録の完了", WithMobile, completed),
		at("wallet", registration.Completed, "ウォレットの質問", WithMobile, completed, []step{startApp}),
		at("home", registration.Completed, "アプリのホーム", WithMobile, completed, []step{startApp, wallet(account.WalletNotNow)}),
		at(
			"home-wallet",
			registration.Completed,
			"アプリのホーム（ウォレットに追加した）",
			WithMobile,
			completed,
			[]step{startApp, wallet(account.WalletAdd)},
		),
		at(
			"expired-passcode",
			registration.Expired,
			"パスコードの期限切れ",
			WithMobile,
			passcode,
			[]step{pass(func(p registration.Policy) registration.Duration { return p.PasscodeLifetime })},
		),
		at("expired-idle", registration.Expired, "操作がないまま期限切れ", WithMobile, destination, []step{pass(idle)}),
		at("expired-superseded", registration.Expired, "同じカードの新しいお手続き", WithMobile, destination, []step{supersede(destination)}),
		at("locked-passcode", registration.Locked, "パスコードの誤りの上限", WithMobile, passcode, []step{wrong(attempts)}),
		at("locked-pin", registration.Locked, "暗証番号の誤りの上限", WithMobile, pin, []step{wrongPIN(pins)}),
		at("unavailable", registration.Unavailable, "ご本人様確認ができない", Barred, passcode),
	})
}

// app names the registration to the world's App.
func (w *walk) app() world.AppStep {
	return world.AppStep{World: w.world, ID: w.at.Registration.ID}
}

// install installs the app, which takes a time of the world's clock (p7-1, p8-1).
func install(w *walk) error {
	p, err := w.s.App().Install(w.ctx, w.world, "", w.device)
	if err != nil {
		return err
	}
	w.phone = p.ID
	m, err := w.s.Control().Snapshot(w.ctx, w.world)
	if err != nil {
		return err
	}
	return w.move(m.Policy.AppInstallDuration)
}

func beginApp(w *walk) error {
	if err := w.took(w.s.App().Start(w.ctx, w.world, "", registration.CompanySaison, w.device)); err != nil {
		return err
	}
	return w.s.App().Hold(w.ctx, w.world, w.phone, w.at.Registration.ID)
}

func submitCard(w *walk) error {
	return w.took(
		w.s.App().
			SubmitCard(w.ctx, w.app(), registration.CardForm{CardNumber: w.card.Number, Expiry: w.card.Expiry,
				SecurityCode: w.card.SecurityCode}),
	)
}

func requestPasscode(w *walk) error { return w.took(w.s.App().RequestPasscode(w.ctx, w.app())) }

func enterApp(w *walk) error {
	return w.took(w.s.App().Enter(w.ctx, w.app(), w.at.Registration.Passcode.Code))
}

func choosePIN(w *walk) error { return w.took(w.s.App().ChoosePIN(w.ctx, w.app())) }

// wrongPIN enters so many wrong PINs.
func wrongPIN(times func(registration.Policy) int) step {
	return func(w *walk) error {
		for range times(w.at.Snapshot.Policy) {
			var err error
			if w.at, err = w.s.App().EnterPIN(w.ctx, w.app(), otherThan(w.card.PIN)); err != nil { // that it is refused is the point
				return err
			}
		}
		return nil
	}
}

func setEmail(w *walk) error { return w.took(w.s.App().SetEmail(w.ctx, w.app(), w.address())) }

func setPassword(w *walk) error { return w.took(w.s.App().SetPassword(w.ctx, w.app(), Password)) }

func agree(w *walk) error { return w.took(w.s.App().Agree(w.ctx, w.app(), true)) }

// startApp leaves the starting of the app to the browser that goes on.
func startApp(w *walk) error {
	w.start = cmp.Or(w.start, "app")
	return nil
}

// wallet starts the app and answers the question of the wallet (p18-3, p18-4).
func wallet(answer account.WalletAnswer) step {
	return func(w *walk) error {
		token, at, _, err := w.s.App().Open(w.ctx, w.world, w.at.Registration.ID)
		if err := w.took(at, err); err != nil {
			return err
		}
		_, refused, err := w.s.Members().AnswerWallet(w.ctx, w.world, token, answer)
		if err == nil && refused != nil {
			err = errors.New(explain(w.at.Snapshot, refused))
		}
		return err
	}
}
