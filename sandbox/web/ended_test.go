package web_test

import (
	"net/http"
	"net/url"
	"testing"

	"github.com/google/go-cmp/cmp"

	"example.com/netanswer/sandbox/registration"
	"example.com/netanswer/sandbox/world"
)

func TestEveryWayARegistrationCanEnd(t *testing.T) {
	t.Parallel()
	toPasscode := func(b *browser) {
		b.get("/registration")
		b.press("/registration/input", hanako())
		b.press("/registration/confirm", nil)
	}
	tests := map[string]struct {
		end                      func(b *browser) page
		status                   int
		title, heading, sentence string
		restart                  bool
	}{
		"the passcode is ten minutes old": {func(b *browser) page {
			toPasscode(b)
			code, token := b.passcode(hanakosPhone), b.registration().FormToken
			b.advance(b.snapshot().Policy.PasscodeLifetime.Of())
			return b.post("/registration/passcode", url.Values{"passcode": {code}, "form_token": {token}})
		}, http.StatusGone, "有効期限切れ", "お手続きの有効期限を過ぎました", "ワンタイムパスコードの有効期限を過ぎたため、お手続きを続けられません。再度最初からお手続きください。", true},
		"nothing was done for half an hour": {func(b *browser) page {
			b.get("/registration")
			b.advance(b.snapshot().Policy.RegistrationIdle.Of())
			return b.press("/registration/input", hanako())
		}, http.StatusGone, "有効期限切れ", "お手続きの有効期限を過ぎました", "しばらく操作がなかったため、お手続きを終了しました。再度最初からお手続きください。", true},
		"the same card began again": {func(b *browser) page {
			toPasscode(b)
			again := openAt(b.t, b.service, b.base, b.world)
			again.get("/registration")
			again.press("/registration/input", hanako())
			return b.press("/registration/reissue", nil)
		}, http.StatusGone, "有効期限切れ", "お手続きの有効期限を過ぎました", "同じカードの新しいお手続きが始まったため、こちらのお手続きは終了しました。", true},
		"five wrong passcodes": {func(b *browser) page {
			toPasscode(b)
			wrong := url.Values{"passcode": {"000000"}}
			if b.passcode(hanakosPhone) == "000000" {
				wrong.Set("passcode", "111111")
			}
			for range 4 {
				b.press("/registration/passcode", wrong)
			}
			return b.press("/registration/passcode", wrong)
		}, http.StatusGone, "受付停止", "お手続きの受付を停止しました", "ワンタイムパスコードの入力を5回誤られたため、受付を停止しました。再度最初からお手続きください。", true},
		"no contact on file": {func(b *browser) page {
			b.get("/registration")
			b.press(
				"/registration/input",
				with(hanako(), "card_number_third", "0001", "card_number_fourth", "0116", "card_number_second", "4200",
					"expiry_month", "02", "expiry_year", "34", "security_code", "012"),
			)
			return b.press("/registration/confirm", nil)
		}, http.StatusOK, "認証不可", "ご本人様確認ができませんでした", "お客様のご登録・ご利用状況によって、ご本人様確認ができない場合がございます。認証デスクまでお問い合わせください。", false},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := open(t, newService(t, world.Ports{}))
			p := test.end(b)
			stands(t, p, test.status, p.path, test.title, test.heading, "")
			if diff := cmp.Diff([]string{test.sentence}, p.texts("alert")); diff != "" {
				t.Errorf("told (-want +got):\n%s", diff)
			}
			stands(t, b.get("/registration/confirm"), http.StatusOK, "/registration/ended", test.title, test.heading, "")
			if _, ok := p.link("最初からやり直す"); ok != test.restart {
				t.Errorf("offers to begin again: %t", ok)
			}
			ended := b.registration().ID
			stands(t, b.get("/registration"), http.StatusOK, "/registration/input", "入力", "Netアンサー新規登録", "入力")
			if r := b.registration(); r.ID == ended || r.State != registration.Input {
				t.Errorf("goes on with %s in state %s", r.ID, r.State)
			}
		})
	}
}
