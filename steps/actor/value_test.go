package actor_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"example.com/netanswer/fixtures"
	"example.com/netanswer/steps/actor"
	"example.com/netanswer/steps/driver"
)

func TestWhatATextOfAScenarioStandsFor(t *testing.T) {
	for text, want := range map[string]string{
		"":           "",
		"確認へ":        "確認へ",
		"花子さんのカード番号": "4000123456789012",
		"花子さんの2枚目のカード番号":                     "370012345678901",
		"花子さんの有効期限":                          "09/29",
		"花子さんの暗証番号":                          "4649",
		"花子さんのメールアドレス":                       email,
		"花子さんのポイント":                          "1,234,567 ポイント",
		"花子さんのカード番号を伏せた形":                    "4000-12**-****-012",
		"花子さんの2枚目のカード番号を伏せた形":                "3700-12**-****-901",
		"花子さんの電話番号を伏せた形":                     "*****5678",
		"花子さんのメールアドレスを伏せた形":                  "h*****@example.jp",
		"花子さんの電話番号と終わりの4桁だけが同じもの":            "06-0000-5678",
		"花子さんのパスワードを伏せた形":                    "*****",
		"花子さんのカード番号を区切った形":                   "4000-1234-5678-9012",
		"花子さんの2枚目のカード番号を区切った形":               "3700-1234-5678-901",
		"花子さんのカード番号の1桁足りない形":                 "400012345678901",
		"花子さんのカード番号に1桁加えた形":                  "40001234567890121",
		"花子さんのカード番号の途中の4桁が全角の形":              "4000１２３４56789012",
		"花子さんのカード番号の1文字違う形":                  "4000123456789013",
		"花子さんの2枚目のセキュリティコードの1文字違う形":          "9990", // nine is followed by nought
		"花子さんの有効期限の1文字違う形":                   "09/30",
		"花子さんのカード番号の1桁目が違う形":                 "5000123456789012",
		"花子さんのカード番号の16桁目が違う形":                "4000123456789013",
		"花子さんのNetアンサーIDを大文字で始めた形":            "Hana-2026",
		"番号は『花子さんの電話番号』、IDは『花子さんのNetアンサーID』": "番号は" + phone + "、IDはhana-2026",
		"花子さんのカード番号です":                       "花子さんのカード番号です", // a sentence, not a reference
	} {
		got, err := actor.Value(on(t, &fake{}), text)
		if err != nil || got != want {
			t.Errorf("%s: %q, %v; want %q", text, got, err, want)
		}
	}
}

func TestATextThatStandsForNothing(t *testing.T) {
	for text, want := range map[string]string{
		"三郎さんのカード番号":                "the cast has no 三郎さん",
		"花子さんの2枚目のポイント":             "members にありません",
		"次郎さんの2枚目のカード番号":            "has 1 cards",
		"次郎さんの電話番号":                 "phone: …",
		"次郎さんの暗証番号":                 "members: [{called: 次郎さん, pin: …}]",
		"花子さんのカード番号の17桁目が違う形":       "17文字目はありません",
		"花子さんのカード番号の0桁目が違う形":        "0文字目はありません",
		"花子さんの暗証番号を伏せた形":            "「暗証番号」 has no shape 「を伏せた形」",
		"花子さんの暗証番号を区切った形":           "has no shape",
		"花子さんのセキュリティコードの途中の4桁が全角の形": "has no shape",
		"こちらは『花子さん』のカードです":          "names nothing",
		"『三郎さんの電話番号』と『花子さんの電話番号』":   "the cast has no 三郎さん",
	} {
		got, err := actor.Value(on(t, &fake{}), text)
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %q, %v; want an error of %q", text, got, err, want)
		}
		if told := strings.Contains(want, "…") || strings.Contains(want, "members"); told != errors.Is(err, driver.ErrInapplicable) {
			t.Errorf("%s: whether it can be asked is wrong: %v", text, err)
		}
	}
	if _, err := actor.Value(t.Context(), "花子さんの電話番号"); err == nil {
		t.Error("a value is known without a scene")
	}
}

func TestWhatIsLeftOfWhoeverHasNoMailOfTheirOwn(t *testing.T) {
	ctx := on(t, &fake{}, func(s *actor.Scene) {
		p := s.Cast[hanako]
		p.Email = ""
		s.Cast[hanako] = p
	})
	if got, err := actor.Value(ctx, "花子さんのメールアドレス"); err != nil || got != fixtures.AddressOf(hanako) || got == fixtures.AddressOf(jiro) {
		t.Error(got, err)
	}
	if got, err := actor.Value(ctx, "花子さんの登録のメールアドレス"); !errors.Is(err, driver.ErrInapplicable) {
		t.Errorf("%q, %v: where nobody has told an address, what is sent to the registered one cannot be asked", got, err)
	}
	if got, err := actor.Value(on(t, &fake{}), "花子さんの登録のメールアドレス"); err != nil || !strings.Contains(got, "@") {
		t.Error(got, err)
	}
}

func TestALengthOfTime(t *testing.T) {
	for text, want := range map[string]time.Duration{
		"9分59秒": 9*time.Minute + 59*time.Second, "30分": 30 * time.Minute, "0秒": 0, "90分": 90 * time.Minute,
		"1日2時間3分4秒": 26*time.Hour + 3*time.Minute + 4*time.Second,
	} {
		if got, err := actor.ParseSpan(text); err != nil || got != want {
			t.Errorf("%s: %v, %v; want %v", text, got, err, want)
		}
	}
	for _, text := range []string{"", "分", "10", "10m", "1秒2分", "-1分", "10分 ", "１０分", "9999999999日", "106751日9999999999999時間", "99999999999999999999秒"} {
		if got, err := actor.ParseSpan(text); err == nil {
			t.Errorf("%q is read as %v", text, got)
		}
	}
}

func TestTimePassesAsAScenarioWritesIt(t *testing.T) {
	numbers := actor.Numbers{ReissueInterval: time.Minute, Idle: 30 * time.Minute}
	for text, want := range map[string]time.Duration{
		"10分": 10 * time.Minute, "10分ちょうど": 10 * time.Minute,
		"再発行の間隔": time.Minute, "再発行の間隔の1秒前": 59 * time.Second, "再発行の間隔の1秒後": 61 * time.Second,
		"無操作の期限の3分の2": 20 * time.Minute, "無操作の期限の3分の1": 10 * time.Minute,
		"ログイン停止の時間": 0,
	} {
		s := &fake{}
		ctx := on(t, s, func(scene *actor.Scene) { scene.Numbers = numbers })
		if err := actor.RevisesAfter(ctx, "三郎さん", text); err == nil { // nobody of that name: only time passes
			t.Fatal("三郎さん is somebody")
		}
		if s.passed != want {
			t.Errorf("%s: %v have passed, want %v", text, s.passed, want)
		}
	}
	for text, want := range map[string]time.Duration{"再発行の間隔の1秒前": 45 * time.Second, "再発行の間隔の1秒後": 75 * time.Second, "再発行の間隔": time.Minute} {
		s := &fake{runsOn: true, precision: 15 * time.Second}
		ctx := on(t, s, func(scene *actor.Scene) { scene.Numbers = numbers })
		if _ = actor.RevisesAfter(ctx, "三郎さん", text); s.passed != want { // nobody of that name: only time passes
			t.Errorf("%s by a clock that may be 15 s further: %v have passed, want %v", text, s.passed, want)
		}
	}
	for text, inapplicable := range map[string]bool{"ログイン停止の時間の1秒前": true, "10分ちょうど": true, "再発行の間隔の半分": false, "しばらく": false} {
		s := &fake{runsOn: true}
		ctx := on(t, s, func(scene *actor.Scene) { scene.Numbers = numbers })
		err := actor.RevisesAfter(ctx, hanako, text)
		if err == nil || errors.Is(err, driver.ErrInapplicable) != inapplicable || s.passed != 0 {
			t.Errorf("%s: %v, %v have passed", text, err, s.passed)
		}
	}
}

func TestWhatIsWrittenIntoAForm(t *testing.T) {
	for name, test := range map[string]struct {
		rows [][2]string
		want string // what was typed, or the error
	}{
		"rightly":             {nil, "4000123456789012 09 29 123 secret-1 secret-1"},
		"another value":       {[][2]string{{"セキュリティコード", "花子さんのセキュリティコードの1文字違う形"}}, "4000123456789012 09 29 124 secret-1 secret-1"},
		"an expiry":           {[][2]string{{"有効期限", "13/"}}, "4000123456789012 13  123 secret-1 secret-1"},
		"a password":          {[][2]string{{"Netアンサーパスワード", "x"}}, "4000123456789012 09 29 123 x x"},
		"two passwords":       {[][2]string{{"Netアンサーパスワード", "x"}, {"確認用パスワード", "y"}}, "4000123456789012 09 29 123 x y"},
		"another card":        {[][2]string{{"カード", "花子さんの2枚目"}}, "370012345678901 12 30 9999 secret-1 secret-1"},
		"another's card":      {[][2]string{{"カード", jiro}}, "5100123456789012 01 30 321 secret-1 secret-1"},
		"no card":             {[][2]string{{"カード", "花子さんの3枚目"}}, "the cast has no card"},
		"a card of no number": {[][2]string{{"カード", "花子さんの裏"}}, "names no card"},
		"an unknown field":    {[][2]string{{"生年月日", "1990"}}, "the form has no field 「生年月日」"},
		"an unknown choice":   {[][2]string{{"メールマガジン", "はい"}}, "受け取る or 受け取らない"},
		"nobody's value":      {[][2]string{{"パソコン", "三郎さんのメールアドレス"}}, "the cast has no 三郎さん"},
	} {
		s := &fake{}
		err := actor.SubmitsRows(on(t, s), hanako, test.rows)
		if got := strings.Join(s.typed, " "); err == nil && got != test.want || err != nil && !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: %q, %v; want %q", name, got, err, test.want)
		}
		if err != nil && len(s.typed) > 0 {
			t.Errorf("%s: yet %q was sent", name, s.typed)
		}
	}
}
