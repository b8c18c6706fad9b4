package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"example.com/netanswer/sandbox/registration"
	"example.com/netanswer/sandbox/world"
)

const (
	emoji   = "🐈🐈🐈🐈🐈🐈🐈🐈1"
	control = "abc\x00\x07\x1b1234"
)

func TestWhatIsWrongIsToldAtItsField(t *testing.T) {
	t.Parallel()
	required := []string{"ご入力ください。"}
	characters := "半角英数字および記号(-=@_のみ)で入力してください"
	length := "8～16文字でご入力ください"
	tests := map[string]struct {
		change []string
		at     string // id of the control
		want   []string
	}{
		"no card number": {
			[]string{"card_number_first", "", "card_number_second", "", "card_number_third", "", "card_number_fourth", ""},
			"card_number_second",
			required,
		},
		"a card number in full width": {
			[]string{"card_number_second", "４２００"},
			"card_number_first",
			[]string{"クレジットカード番号は半角数字でご入力ください。"},
		},
		"a card number that is too short": {
			[]string{"card_number_fourth", "1"},
			"card_number_fourth",
			[]string{"クレジットカード番号の桁数が正しくありません。"},
		},
		"a card number that is too long": {
			[]string{"card_number_fourth", strings.Repeat("1", 500)},
			"card_number_fourth",
			[]string{"クレジットカード番号の桁数が正しくありません。"},
		},
		"a card that nobody has": {
			[]string{"card_number_fourth", "0025"},
			"card_number_third",
			[]string{"カードを確認できませんでした。カード番号・有効期限・セキュリティコードをご確認ください。"},
		},
		"a card number no test card has": {
			[]string{"card_number_first", "4111", "card_number_second", "1111", "card_number_third", "1111", "card_number_fourth", "1111"},
			"card_number_first",
			[]string{"カードを確認できませんでした。カード番号・有効期限・セキュリティコードをご確認ください。"},
		},
		"no expiry": {[]string{"expiry_month", "", "expiry_year", ""}, "expiry_month", required},
		"a month that does not exist": {
			[]string{"expiry_month", "13"},
			"expiry_year",
			[]string{"有効期限は「01/28」のように月2桁・年2桁の半角数字でご入力ください。"},
		},
		"an expiry in full width": {
			[]string{"expiry_month", "１１"},
			"expiry_month",
			[]string{"有効期限は「01/28」のように月2桁・年2桁の半角数字でご入力ください。"},
		},
		"an expiry in the past": {
			[]string{"expiry_month", "10", "expiry_year", "26"},
			"expiry_month",
			[]string{"有効期限を過ぎたカードはご登録いただけません。"},
		},
		"no security code":                {[]string{"security_code", ""}, "security_code", required},
		"a security code of an AMEX card": {[]string{"security_code", "1234"}, "security_code", []string{"セキュリティコードは3桁の半角数字でご入力ください。"}},
		"a security code of emoji":        {[]string{"security_code", "🐈🐈🐈"}, "security_code", []string{"セキュリティコードは3桁の半角数字でご入力ください。"}},
		"no ID":                           {[]string{"net_answer_id", ""}, "net_answer_id", required},
		"an ID that is too long":          {[]string{"net_answer_id", strings.Repeat("a1", 5000)}, "net_answer_id", []string{length}},
		"an ID of full width": {
			[]string{"net_answer_id", "あ"},
			"net_answer_id",
			[]string{"半角英字を含めてください半角数字を含めてください" + characters + length},
		},
		"an ID of emoji":                {[]string{"net_answer_id", emoji}, "net_answer_id", []string{"半角英字を含めてください" + characters}},
		"an ID with control characters": {[]string{"net_answer_id", control}, "net_answer_id", []string{characters}},
		"an ID that somebody has": {
			[]string{"net_answer_id", "RYOKO2020"},
			"net_answer_id",
			[]string{"このNetアンサーIDはすでに使われています。別のIDを設定してください。"},
		},
		"a password without digits": {
			[]string{"password", "abcdefgh", "password_confirmation", "abcdefgh"},
			"password",
			[]string{"半角数字を含めてください"},
		},
		"another password to confirm": {
			[]string{"password_confirmation", "Secret-2027"},
			"password_confirmation",
			[]string{"上で入力したパスワードと同じものを入力してください。"},
		},
		"no address": {[]string{"email_pc", ""}, "email_pc", []string{"どちらか一方は必ずご入力ください。"}},
		"an address that is none": {
			[]string{"email_mobile", "hanako＠example.jp"},
			"email_mobile",
			[]string{"メールアドレスの形式が正しくありません。"},
		},
		"an address with a line break": {
			[]string{"email_pc", "hanako@example.jp\r\nBcc: x@example.jp"},
			"email_pc",
			[]string{"メールアドレスの形式が正しくありません。"},
		},
		"a card that is registered already": {
			[]string{"card_number_fourth", "0066", "expiry_month", "10", "expiry_year", "30", "security_code", "678"},
			"card_number_first",
			[]string{"このカードはすでにNetアンサーに登録されています。"},
		},
		"sent without the button's agreement": {[]string{"terms_agreed", "-"}, "", nil},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := open(t, newService(t, world.Ports{}))
			b.get("/registration")
			sent := with(hanako(), test.change...)
			p := b.press("/registration/input", sent)
			stands(t, p, p.status, "/registration/input", "入力", "Netアンサー新規登録", "入力")
			if p.status != http.StatusUnprocessableEntity && p.status != http.StatusConflict {
				t.Errorf("status %d", p.status)
			}
			if got := p.errorsAt(test.at); !cmp.Equal(test.want, got) {
				t.Errorf("at %s (-want +got):\n%s", test.at, cmp.Diff(test.want, got))
			}
			summarized(t, p)
			for _, secret := range []string{sent.Get("security_code"), sent.Get("password"), sent.Get("password_confirmation")} {
				if len(secret) > 3 && strings.Contains(p.body, secret) {
					t.Errorf("the page shows %q", secret)
				}
			}
			if got, want := p.find("input", "id", "email_mobile")[0].attrs["value"], sent.Get("email_mobile"); got != want {
				t.Errorf("the mobile address is %q, want %q as written", got, want)
			}
			if r := b.registration(); r.State != registration.Input || r.Application != (registration.Application{}) {
				t.Errorf("the registration changed: state %s", r.State)
			}
		})
	}
}

// summarized checks that each sentence at a field stands in the summary as well,
// with a link that leads to a control.
func summarized(t *testing.T, p page) {
	t.Helper()
	alert := p.texts("alert")
	if len(alert) != 1 || !strings.HasPrefix(alert[0], "ご入力内容をご確認ください") {
		t.Fatalf("summary: %q", alert)
	}
	links := 0
	for _, e := range p.find("a", "", "") {
		id, local := strings.CutPrefix(e.attrs["href"], "#")
		if !local || id == "main" {
			continue
		}
		links++
		if len(p.find("", "id", id)) != 1 {
			t.Errorf("the summary leads to #%s, which is nowhere", id)
		}
	}
	if errors := len(p.find("p", "class", "error")); links != errors || links == 0 {
		t.Errorf("%d links in the summary to %d sentences", links, errors)
	}
}

func TestAWrongPasscodeIsToldAtItsField(t *testing.T) {
	t.Parallel()
	tests := map[string]struct{ passcode, want string }{
		"empty":       {"", "ワンタイムパスコードは6桁の半角数字でご入力ください。"},
		"too long":    {strings.Repeat("1", 9000), "ワンタイムパスコードは6桁の半角数字でご入力ください。"},
		"full width":  {"１２３４５６", "ワンタイムパスコードは6桁の半角数字でご入力ください。"},
		"emoji":       {emoji, "ワンタイムパスコードは6桁の半角数字でご入力ください。"},
		"control":     {"12345\x00", "ワンタイムパスコードは6桁の半角数字でご入力ください。"},
		"another one": {"", "ワンタイムパスコードが違います。あと4回入力できます。"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := open(t, newService(t, world.Ports{}))
			b.get("/registration")
			b.press("/registration/input", hanako())
			b.press("/registration/confirm", nil)
			if name == "another one" {
				test.passcode = "000000"
				if b.passcode(hanakosPhone) == test.passcode {
					test.passcode = "111111"
				}
			}
			p := b.press("/registration/passcode", url.Values{"passcode": {test.passcode}})
			stands(t, p, http.StatusUnprocessableEntity, "/registration/passcode", "ワンタイムパスコード認証", "ワンタイムパスコード認証", "確認")
			if diff := cmp.Diff([]string{test.want}, p.errorsAt("passcode")); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			summarized(t, p)
			if v, shown := p.find("input", "id", "passcode")[0].attrs["value"]; shown {
				t.Errorf("the page shows %q again", v)
			}
		})
	}
}

func TestReissueSaysWhetherItWasDone(t *testing.T) {
	t.Parallel()
	b := open(t, newService(t, world.Ports{}))
	b.get("/registration")
	b.press("/registration/input", hanako())
	b.press("/registration/confirm", nil)
	first := b.passcode(hanakosPhone)

	p := b.press("/registration/reissue", nil)
	stands(t, p, http.StatusTooManyRequests, "/registration/reissue", "ワンタイムパスコード認証", "ワンタイムパスコード認証", "確認")
	if diff := cmp.Diff([]string{"ワンタイムパスコードはまだ再発行できません。30秒後にもう一度お試しください。"}, p.texts("alert")); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if p = b.get("/registration/passcode?notice=reissued"); len(p.texts("status")) != 0 {
		t.Errorf("says %q though nothing was sent", p.texts("status"))
	}
	b.advance(b.snapshot().Policy.PasscodeReissueInterval.Of())
	p = b.press("/registration/reissue", nil)
	stands(t, p, http.StatusOK, "/registration/passcode?notice=reissued", "ワンタイムパスコード認証", "ワンタイムパスコード認証", "確認")
	if diff := cmp.Diff([]string{b.say("passcode.reissued")}, p.texts("status")); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if b.snapshot().SMS.Serial != 2 || b.registration().Passcode.Code == first && b.registration().Previous.Code == "" {
		t.Error("no other passcode was sent")
	}
}
