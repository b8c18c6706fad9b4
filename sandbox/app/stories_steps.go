package app

import (
	"example.com/netanswer/fixtures"
	"example.com/netanswer/sandbox/account"
	"example.com/netanswer/sandbox/registration"
	"example.com/netanswer/sandbox/screen"
	"example.com/netanswer/sandbox/world"
)

// identityStories are the identity check by SMS and by PIN.
func identityStories() []story {
	at := func(state registration.State, field, text string, pairs ...string) func(*site, scene) screen.Screen {
		return stands(state, refusal(field, text, pairs...))
	}
	const passcode, pin = registration.AwaitPasscode, registration.AwaitPIN
	return []story{
		{"destination", "app_destination", "SMSを受け取れるとき", "p13-1 p13-2 p13-3", stands(registration.CheckDestination, nil)},
		{"destination-landline", "app_destination", "携帯電話の登録がないとき", "p13-2", stands(registration.CheckDestination, nil, landline)},
		{
			"destination-no-sms",
			"app_destination",
			"SMSを送れないと知らせるとき",
			"p13-2",
			stands(registration.CheckDestination, refusal("", "error.sms_unavailable"), landline),
		},
		{"destination-unready", "app_destination", "送信できなかったとき", "a-15", at(registration.CheckDestination, "", "error.unavailable")},
		{"destination-step", "app_destination", "先の手順をひらこうとしたとき", "a-22", at(registration.CheckDestination, "", "error.step")},
		{"destination-token", "app_destination", "画面が古いとき", "", at(registration.CheckDestination, "", "error.form_token")},
		{"passcode", "app_passcode", "SMSを送ったとき", "p14-1 p14-3 a-08 p13-2", stands(passcode, nil)},
		{"passcode-reissued", "app_passcode", "再発行したとき", "a-07", stands(passcode, nil, told("app_passcode.reissued"))},
		{
			"passcode-wrong",
			"app_passcode",
			"パスコードの誤り",
			"a-06",
			at(passcode, registration.FieldPasscode, "error.passcode_wrong", "remaining", "4"),
		},
		{
			"passcode-form",
			"app_passcode",
			"6桁でないとき",
			"p14-2",
			at(passcode, registration.FieldPasscode, "error.passcode_form", "digits", "6"),
		},
		{"passcode-interval", "app_passcode", "再発行が早すぎるとき", "a-07", at(passcode, "", "error.reissue_interval", "seconds", "12")},
		{"passcode-limit", "app_passcode", "再発行の上限", "a-07", at(passcode, "", "error.reissue_limit", "limit", "5")},
		{"pin", "app_pin", "暗証番号で確認するとき", "p13-2", stands(pin, nil)},
		{"pin-landline", "app_pin", "携帯電話の登録がないとき", "p13-2", stands(pin, nil, landline)},
		{"pin-wrong", "app_pin", "暗証番号の誤り", "a-09", at(pin, registration.FieldPIN, "error.pin_wrong", "remaining", "2")},
		{"pin-form", "app_pin", "4桁でないとき", "p13-2", at(pin, registration.FieldPIN, "error.pin_form", "digits", "4")},
		{"pin-stopped", "app_pin", "前のお手続きで止まっているとき", "a-09", at(pin, registration.FieldPIN, "error.pin_stopped")},
	}
}

// settingStories are mail, password, terms and completion.
func settingStories() []story {
	password := func(value string) func(*site, scene) screen.Screen {
		return func(_ *site, f scene) screen.Screen {
			r := f.stands(registration.AwaitPassword)
			if _, refused := r.SetPassword(f.Snapshot.Policy, f.Snapshot.Now, value, ""); refused != nil { // a world's policy may allow it
				f.told.Refused = refused
			}
			return screen.Registration(f.Snapshot, r, screen.FormParts{}, f.told)
		}
	}
	cutShort := func(r *registration.Registration, _ *scene) { r.Application.EmailMobile = "hanako@example" }
	anew := func(r *registration.Registration, _ *scene) { r.Application.CardNumber = "4242420000010066" } // 良子さん's
	return []story{
		{"email", "app_email", "はじめに", "p15-1 p15-2", stands(registration.AwaitEmail, nil, fresh)},
		{
			"email-empty",
			"app_email",
			"入力しないとき",
			"p15-1",
			stands(registration.AwaitEmail, refusal(registration.FieldEmail, "error.required"), fresh),
		},
		{"email-form", "app_email", "形式の誤り", "a-13", stands(registration.AwaitEmail, refusal(registration.FieldEmail, "error.email_form"),
			cutShort)},
		{"password", "app_password", "はじめに", "p16-1 p16-6 p16-7", stands(registration.AwaitPassword, nil)},
		{"password-letter", "app_password", "英字がないとき", "p16-2", password("12345678")},
		{"password-digit", "app_password", "数字がないとき", "p16-3", password("abcdefgh")},
		{"password-all", "app_password", "すべての誤りがあるとき", "p16-2 p16-3 p16-4 p16-5", password("ひみつ!")},
		{"terms", "app_terms", "はじめに", "p17-1 p17-2", stands(registration.AwaitTerms, nil)},
		{"terms-anew", "app_terms", "登録済みのカード", "a-03", stands(registration.AwaitTerms, nil, anew)},
		{
			"terms-declined",
			"app_terms",
			"同意しないとき",
			"a-17",
			stands(registration.AwaitTerms, refusal(registration.FieldTerms, "error.terms_declined")),
		},
		{"completed", "app_completed", "ご登録の完了", "p18-1 p31-7 a-21", stands(registration.Completed, nil)},
	}
}

// endStories are the ends without completion.
func endStories() []story {
	why := func(reason registration.Reason) change {
		return func(r *registration.Registration, f *scene) {
			r.Reason, r.Attempts, r.PINAttempts = reason, f.Snapshot.Policy.PasscodeAttempts, f.Snapshot.Policy.PINAttempts
		}
	}
	return []story{
		{"expired-passcode", "expired", "パスコードの期限切れ", "a-08", stands(registration.Expired, nil, why(registration.PasscodeTooOld))},
		{"expired-idle", "expired", "操作がないまま", "a-14", stands(registration.Expired, nil, why(registration.Idle))},
		{"expired-superseded", "expired", "同じカードの新しいお手続き", "a-16", stands(registration.Expired, nil, why(registration.Superseded))},
		{"locked-passcode", "locked", "パスコードの誤りの上限", "a-06", stands(registration.Locked, nil, why(registration.TooManyWrong))},
		{"locked-pin", "locked", "暗証番号の誤りの上限", "a-09", stands(registration.Locked, nil, why(registration.WrongPIN))},
		{"unavailable", "unavailable", "ご本人様確認ができないとき", "a-15", stands(registration.Unavailable, nil)},
	}
}

// portalStories are the question of the wallet and what the app shows of a card.
func portalStories() []story {
	standing := world.Standing{Name: "テスト 花子", Points: 12_345, CreditLimit: 500_000, CashingLimit: 100_000, PaymentDate: "2026-12-04",
		Purchases: []fixtures.Purchase{
			{Date: "2026-10-28", Shop: "サンドストア渋谷", Amount: 3480},
			{Date: "2026-10-12", Shop: "砂浜書店", Amount: 1980},
			{Date: "2026-10-03", Shop: "テスト電鉄 定期券売場", Amount: 12_400},
		},
		Usage: []fixtures.Month{
			{Month: "2026-06", Amount: 9450},
			{Month: "2026-07", Amount: 31_760},
			{Month: "2026-08"},
			{Month: "2026-09", Amount: 12_980},
		}}
	shown := func(name string, device registration.Device, answer account.WalletAnswer, st world.Standing) func(*site,
		scene) screen.Screen {
		return func(_ *site, f scene) screen.Screen {
			a := account.Account{
				NetAnswerID: "hkrm482759",
				CardNumber:  "4242420000010017",
				Wallet:      account.Wallet{Service: device.Wallet(), Answer: answer},
			}
			if name == "app_wallet" {
				return screen.AppWallet(f.Snapshot, a, f.told)
			}
			if name == "app_home" && answer == account.WalletAdd {
				f.told.Notices = []string{f.say("app_wallet.added", "wallet", screen.Wallet(f.Snapshot, a))}
			}
			return screen.AppPortal(f.Snapshot, name, world.Portal{Snapshot: f.Snapshot, Account: a, Standing: st}, f.told)
		}
	}
	nothing := world.Standing{Name: "テスト 次郎", CreditLimit: 300_000}
	const iphone, android = registration.IPhone, registration.Android
	return []story{
		{"wallet-apple", "app_wallet", "iPhone", "p18-2 p18-3 p18-4 p18-5", shown("app_wallet", iphone, "", standing)},
		{"wallet-google", "app_wallet", "Android", "p18-2 p18-3 p18-4 p18-5", shown("app_wallet", android, "", standing)},
		{"wallet-added", "app_wallet", "追加した後", "p18-3", shown("app_wallet", iphone, account.WalletAdd, standing)},
		{"home", "app_home", "ご利用あり", "p20-1 p20-2 p20-3", shown("app_home", iphone, account.WalletNotNow, standing)},
		{"home-wallet", "app_home", "ウォレットに追加したとき", "p18-3", shown("app_home", android, account.WalletAdd, standing)},
		{"home-empty", "app_home", "ご利用なし", "p20-1", shown("app_home", iphone, account.WalletNotNow, nothing)},
		{
			"statement",
			"app_statement",
			"ご利用あり",
			"p21-1 p21-2 p21-3 p21-4 p21-5 p21-6 p21-7",
			shown("app_statement", iphone, account.WalletNotNow, standing),
		},
		{"statement-empty", "app_statement", "ご利用なし", "p21-1 p21-2 p21-4", shown("app_statement", iphone, account.WalletNotNow, nothing)},
		{"credit", "app_credit", "ご利用可能額", "p21-3", shown("app_credit", iphone, account.WalletNotNow, standing)},
		{"increase", "app_increase", "増枠", "p21-3", shown("app_increase", iphone, account.WalletNotNow, standing)},
		{"change", "app_change", "お支払変更", "p21-5", shown("app_change", iphone, account.WalletNotNow, standing)},
		{"cashing", "app_cashing", "キャッシング枠あり", "p21-6", shown("app_cashing", iphone, account.WalletNotNow, standing)},
		{"cashing-none", "app_cashing", "キャッシング枠なし", "p21-6", shown("app_cashing", iphone, account.WalletNotNow, nothing)},
		{"menu", "app_menu", "iPhone", "p22-1 p22-2 p18-5", shown("app_menu", iphone, account.WalletNotNow, standing)},
		{"inquiry", "app_inquiry", "お問い合わせ", "p22-2", shown("app_inquiry", iphone, account.WalletNotNow, standing)},
		{"trouble", "trouble", "発行元が答えないとき（503）", "a-15", func(_ *site, f scene) screen.Screen {
			f.told.Alerts = []string{f.say("error.unavailable")}
			return screen.Trouble(f.Snapshot, f.told)
		}},
	}
}
