package app_test

import (
	"bytes"
	"encoding/base64"
	"image/png"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/qrcode"

	"example.com/netanswer/sandbox/world"
)

// read reads the two-dimensional code on a screen.
func read(t *testing.T, s screen) *url.URL {
	t.Helper()
	m := regexp.MustCompile(`src="data:image/png;base64,([^"]+)"`).FindStringSubmatch(strings.ReplaceAll(s.body, "&#43;", "+"))
	if m == nil {
		t.Fatal("there is no code on the screen")
	}
	data, err := base64.StdEncoding.DecodeString(m[1])
	if err != nil {
		t.Fatal(err)
	}
	picture, err := png.Decode(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	bits, err := gozxing.NewBinaryBitmapFromImage(picture)
	if err != nil {
		t.Fatal(err)
	}
	result, err := qrcode.NewQRCodeReader().Decode(bits, nil)
	if err != nil {
		t.Fatal(err)
	}
	address, err := url.Parse(result.GetText())
	if err != nil {
		t.Fatal(err)
	}
	return address
}

func TestTheCodeLeadsEachDeviceToItsStore(t *testing.T) {
	t.Parallel()
	p := newPhone(t, desktop, world.Ports{})
	code := read(t, p.get("/app").at(t, 200, "/app", "お使いの機器ではインストールできません", "App Store", "Google Play"))
	if code.Scheme+"://"+code.Host != p.base || code.Path != "/app/store" {
		t.Fatalf("the code leads to %s", code)
	}
	for agent, want := range map[string]string{iphone: "/app/store/apple", android: "/app/store/google", desktop: "/app"} {
		p.another(agent).get(code.Path).at(t, 200, want)
	}
	if s := p.another(iphone).get("/app"); strings.Contains(s.body, "Google Play」から") || strings.Contains(s.body, "お使いの機器では") {
		t.Error("an iPhone is offered another store than its own")
	}
}

func TestTheAppIsInstalledByTheWorldsClockAndNotBefore(t *testing.T) {
	t.Parallel()
	p := newPhone(t, iphone, world.Ports{})
	for _, early := range []string{"/app/open", "/app/company", "/app/entrance", "/app/registration/card", "/app/registration/terms"} {
		p.get(early).at(t, 200, "/app")
	}
	p.get("/app/home").at(t, 200, "/app") // by way of /app/open
	s := p.press(p.get("/app/store/apple").at(t, 200, "/app/store/apple", "入手"), "/app/store/apple")
	s.at(t, 200, "/app/store/apple", "インストールしています", `value="0"`)
	p.advance(4 * time.Second)
	p.get("/app/store/apple").at(t, 200, "/app/store/apple", `value="50"`)
	p.get("/app/open").at(t, 200, "/app")
	p.advance(4 * time.Second)
	p.get("/app/store/apple").at(t, 200, "/app/store/apple", "開く")
	p.get("/app/store/google").at(t, 200, "/app/store/google", "インストール") // the app of an iPhone is no app of Android's
	p.get("/app/open").at(t, 200, "/app/company")
}

func TestAWholeRegistrationOnAnAndroidPhone(t *testing.T) {
	t.Parallel()
	p := newPhone(t, android, world.Ports{})
	p.complete().at(t, 200, "/app/registration/completed", "セゾンPortalアプリにカードが登録されました！")
	s := p.get("/app/open").at(t, 200, "/app/wallet", "Google Pay の設定", "ウォレットに追加する", "今はしない")
	p.press(s, "/app/wallet", "answer", "not_now").at(t, 200, "/app/home", "12,345 ポイント", "8,356 円")
	p.get("/app/open").at(t, 200, "/app/home")
	for path, says := range map[string]string{"/app/statement": "ご利用グラフ", "/app/credit": "491,644 円", "/app/increase": "500,000 円",
		"/app/change": "1回払い", "/app/cashing": "100,000 円", "/app/menu": "24時間", "/app/inquiry": "認証デスク"} {
		p.get(path).at(t, 200, path, says)
	}
	p.press(p.get("/app/wallet"), "/app/wallet", "answer", "add").
		at(t, 200, "/app/home?notice=added", "Google Pay にカードを追加しました。", "Google Pay に追加済み")
	p.advance(24 * time.Hour)
	p.get("/app/statement").at(t, 200, "/app/home") // the log-in is over: the app starts again by itself
}

func TestStepsCannotBeSkippedAndEndedOnesAreTold(t *testing.T) {
	t.Parallel()
	p := newPhone(t, iphone, world.Ports{})
	p.begin()
	for _, later := range []string{"destination", "passcode", "pin", "email", "password", "terms", "completed"} {
		p.get("/app/registration/"+later).at(t, 200, "/app/registration/card?notice=step", "この手順にはまだ進めません")
	}
	p.advance(30 * time.Minute)
	s := p.get("/app/open").at(t, 200, "/app/registration/ended", "しばらく操作がなかったため")
	if strings.Count(s.body, "しばらく操作がなかったため") != 1 {
		t.Error("the reason is told more than once")
	}
	p.post("/app/registration/card", "card_number", "1").at(t, http.StatusForbidden, "/app/registration/card", "この画面は古くなっています")
}

func TestAFormThatIsNotOursChangesNothing(t *testing.T) {
	t.Parallel()
	p := newPhone(t, iphone, world.Ports{})
	s := p.begin()
	p.post("/app/registration/card", "form_token", "guessed", "card_number", "4242420000010017").
		at(t, http.StatusForbidden, "/app/registration/card", "古くなっています")
	p.press(s, "/app/registration/card", "amount", "1").at(t, http.StatusBadRequest, "/app/registration/card", "読み取れませんでした")
	p.press(s, "/app/registration/card", "expiry", "11/35", "expiry", "12/35").at(t, http.StatusBadRequest, "/app/registration/card")
	p.press(s, "/app/registration/card", "card_number", strings.Repeat("4", 70_000)).
		at(t, http.StatusRequestEntityTooLarge, "/app/registration/card")
	p = p.another(iphone)
	p.press(p.terms(), "/app/registration/terms", "terms_agreed", "maybe").at(t, http.StatusBadRequest, "/app/registration/terms")
	p.post("/app/wallet", "answer", "add").at(t, 200, "/app/registration/terms") // nobody is logged in: the app goes on where it stands
	p.get("/app/nowhere").at(t, http.StatusNotFound, "/app/nowhere")
	p.post("/app/home").at(t, http.StatusMethodNotAllowed, "/app/home")
}

func TestASecretIsNeverShownAgain(t *testing.T) {
	t.Parallel()
	p := newPhone(t, iphone, world.Ports{})
	s := p.press(p.begin(), "/app/registration/card", "card_number", "4242 4200 0001 0017", "expiry", "11/36", "security_code", "987")
	s.at(t, 422, "/app/registration/card", "カードを確認できませんでした", `value="4242 4200 0001 0017"`, `value="11/36"`)
	if strings.Contains(s.body, "987") {
		t.Error("the security code is shown again")
	}
	p = newPhone(t, iphone, world.Ports{})
	s = p.press(p.terms(), "/app/registration/back", "to", "password") // the hidden field of the page says password as well
	if s.status != http.StatusBadRequest {
		t.Errorf("a field that came twice: status %d", s.status)
	}
	s = p.press(p.get("/app/registration/terms"), "/app/registration/back").at(t, 200, "/app/registration/password")
	s = p.press(s, "/app/registration/password", "password", "短い").at(t, 422, "/app/registration/password", "8～16文字でご入力ください")
	if strings.Contains(s.body, "短い") {
		t.Error("the password is shown again")
	}
}

func TestAPhoneWhoseCardWasRegisteredAnewIsTold(t *testing.T) {
	t.Parallel()
	first := newPhone(t, iphone, world.Ports{})
	first.complete()
	second := first.another(android)
	second.complete()
	second.get("/app/open").at(t, 200, "/app/wallet")
	first.get("/app/open").at(t, http.StatusGone, "/app/open", "このカードは別のお手続きで再登録されました", "新規登録・再登録")
}

func TestTheWrongPINSentTwiceCountsOnce(t *testing.T) {
	t.Parallel()
	p := newPhone(t, iphone, world.Ports{})
	s := p.press(p.begin(), "/app/registration/card", "card_number", "4242420000010017", "expiry", "11/35", "security_code", "123")
	s = p.press(s, "/app/registration/choose-pin")
	for range 3 {
		p.press(s, "/app/registration/pin", "pin", "0000").at(t, 422, "/app/registration/pin", "暗証番号が違います。あと2回入力できます。")
	}
}

func TestTheAppOffersNothingOfTheSMSByItself(t *testing.T) {
	t.Parallel()
	p := newPhone(t, iphone, world.Ports{})
	s := p.press(p.begin(), "/app/registration/card", "card_number", "4242420000010017", "expiry", "11/35", "security_code", "123")
	s = p.press(s, "/app/registration/destination").
		at(t, 200, "/app/registration/passcode", `name="passcode" type="text" inputmode="numeric" autocomplete="off"`)
	if strings.Contains(s.body, "one-time-code") {
		t.Error("the smartphone is asked to fill in the passcode")
	}
}
