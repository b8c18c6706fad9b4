package browser_test

import (
	"strings"
	"testing"
	"time"

	"example.com/netanswer/steps/driver"
	"example.com/netanswer/steps/driver/browser"
)

// TestAMemberRegistersInTheApp goes the whole way on both smartphones, by the
// code and by the banner, and looks at every screen.
func TestAMemberRegistersInTheApp(t *testing.T) {
	t.Parallel()
	for name, words := range map[string]struct{ store, install, wallet string }{
		browser.IPhone:  {"App Store", "入手", "Apple Pay の設定"},
		browser.Android: {"Google Play", "インストール", "Google Pay の設定"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			sb := newSandbox(t)
			w := driver.World{Name: "whole", Base: sb.url}
			s := at(t, newDriver(t, browser.Config{Name: name}), w)
			phone, eyes, camera, read := s.(driver.App), s.(driver.Eyes), s.(driver.Camera), see(t)
			look := func(want string) func(driver.Screen, error) driver.Screen {
				t.Helper()
				return func(got driver.Screen, err error) driver.Screen {
					t.Helper()
					read(got, err)
					if got.Title != want {
						t.Fatalf("the screen is 「%s」 %q %v, want 「%s」", got.Title, got.Messages, got.Errors, want)
					}
					if ok, err := eyes.Fits(t.Context()); err != nil || !ok {
						t.Errorf("「%s」 fits: %t, %v", want, ok, err)
					}
					return got
				}
			}
			ctx := t.Context()
			look(words.store)(camera.ScanCode(ctx))
			if got := look("セゾンPortalアプリ")(phone.Guide(ctx)); strings.Contains(got.Text, "お使いの機器では") {
				t.Error("a smartphone is told that it is none")
			}
			look(words.store)(phone.Install(ctx))
			sb.advance(t, w.Name, time.Minute)
			look(words.store)(s.Look(ctx))
			look("カードの選択")(phone.OpenApp(ctx))
			look("ご登録のはじめに")(phone.ChooseCompany(ctx, "セゾンカード"))
			look("カード情報の入力")(phone.BeginInApp(ctx))
			card := driver.Card{Number: "4242 4200 0001 0017", Expiry: "11/35", SecurityCode: "123"}
			look("送付先の確認")(phone.SubmitCard(ctx, card))
			look("カード情報の入力")(phone.Back(ctx))
			for file, text := range evidence(t, s) {
				if strings.Contains(text, "0017") {
					t.Errorf("%s shows the card number", file)
				}
			}
			look("送付先の確認")(phone.SubmitCard(ctx, card))
			look("ワンタイムパスコードの入力")(phone.RequestPasscode(ctx))
			if err := phone.Leave(ctx); err != nil {
				t.Fatal(err)
			}
			look("ワンタイムパスコードの入力")(phone.Return(ctx))
			look("暗証番号の入力")(phone.ChoosePIN(ctx))
			if got := look("暗証番号の入力")(phone.EnterPIN(ctx, "0000")); len(got.Errors["暗証番号"]) != 1 || got.Values["暗証番号"] != "" {
				t.Errorf("a wrong PIN: %v %v", got.Errors, got.Values)
			}
			look("ワンタイムパスコードの入力")(phone.ChooseSMS(ctx))
			look("メール設定")(s.EnterPasscode(ctx, sb.passcode(t, w.Name, hanakosPhone)))
			look("Netアンサーパスワードの設定")(phone.SubmitEmail(ctx, "hanako@example.jp"))
			look("利用規約の確認")(phone.SubmitPassword(ctx, "Secret-2026"))
			look("利用規約の確認")(phone.Agree(ctx, false))
			look("登録完了")(phone.Agree(ctx, true))
			if got := look("ウォレットの設定")(phone.OpenApp(ctx)); got.Heading != words.wallet {
				t.Errorf("the question is 「%s」", got.Heading)
			}
			home := look("ホーム")(phone.AnswerWallet(ctx, "ウォレットに追加する"))
			look("明細")(phone.Tap(ctx, home.Values["次回のお支払金額"]))
			look("メニュー")(phone.Tap(ctx, "メニュー"))
			if at, err := eyes.Spot(ctx, "メニュー"); err != nil || at.Right < 2./3 || at.Down < 2./3 {
				t.Errorf("the menu's tab stands at %+v, %v", at, err)
			}
			if _, err := phone.Tap(ctx, "ログアウト"); err == nil {
				t.Error("something that is not there was tapped")
			}
		})
	}
}
