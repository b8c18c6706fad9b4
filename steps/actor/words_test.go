package actor_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"example.com/netanswer/steps/actor"
	"example.com/netanswer/steps/driver"
)

// theirs makes a scene one of an implementation that is not ours. The guide prints
// what is listed; of what is left, one sentence is told, one refuses, one is ours.
func theirs(s *actor.Scene) {
	is := func(all ...string) func(string) bool {
		return func(text string) bool { return slices.Contains(all, text) }
	}
	s.Words = actor.Words{
		Foreign: true,
		Printed: is("カード番号", "パスワード", "ポイント", "ID", "半角英字を含めてください", "半角数字を含めてください", "確認してください", "ご登録ありがとうございます"),
		Own:     func(text string) string { return map[string]string{"お知らせ": "INFORMATION"}[text] },
		Refusal: is("認証できません"),
		Ours:    is("未設定"),
		Mapped:  is("入力"),
	}
}

func TestAValueOnTheScreen(t *testing.T) {
	screen := driver.Screen{Title: "確認", Text: "カード番号 4000-12**-****-9012 ID hana-2026", Values: map[string]string{
		"カード番号": "4000-12**-****-9012", "パスワード": "●●●●●●", "ポイント": "1234567pt", "ID": "hana - 2026", "電話": "なし", "名前": "",
	}}
	for name, test := range map[string]struct {
		label, want     string
		here, elsewhere string // the error on the sandbox and on another, "" for none
	}{
		"with one more digit than the guide draws": {"カード番号", "花子さんのカード番号を伏せた形", "「4000-12**-****-【9】012」", ""},
		"of another card":                          {"カード番号", "花子さんの2枚目のカード番号を伏せた形", "のはずが", "のはずが"},
		"with a digit too many, to the letter":     {"カード番号", "4000-12**-****-012", "のはずが", "「4000-12**-****-【9】012」"},
		"as other dots":                            {"パスワード", "花子さんのパスワードを伏せた形", "のはずが", ""},
		"a password that stands there":             {"ID", "花子さんのパスワードを伏せた形", "のはずが", "のはずが"},
		"grouped otherwise":                        {"ポイント", "花子さんのポイント", "のはずが", ""},
		"with spaces":                              {"ID", "花子さんのNetアンサーID", "「hana【 - 】2026」のはず", ""},
		"that another words as it likes":           {"電話", "未設定", "のはずが", ""},
		"that nobody words":                        {"名前", "未設定", "のはずが", "にあたることのはずが"},
		"at no label of the guide's, but there":    {"どこか", "花子さんのNetアンサーID", "「どこか」がありません", ""},
		"nowhere":                                  {"どこか", "花子さんの電話番号", "「どこか」がありません", "どこにも"},
		"of nothing":                               {"どこか", "", "「どこか」がありません", "どこにも"},
		"of nobody":                                {"ID", "三郎さんのNetアンサーID", "the cast has no", "the cast has no"},
	} {
		here := actor.Shows(seeing(t, screen), [][2]string{{test.label, test.want}})
		elsewhere := actor.Shows(seeing(t, screen, theirs), [][2]string{{test.label, test.want}})
		for _, try := range []struct {
			where string
			got   error
			want  string
		}{{"on the sandbox", here, strings.TrimSuffix(test.here, "のはず")}, {"elsewhere", elsewhere, test.elsewhere}} {
			if (try.got == nil) != (try.want == "") || try.got != nil && !strings.Contains(try.got.Error(), try.want) {
				t.Errorf("%s, %s: %v; want %q", name, try.where, try.got, try.want)
			}
		}
	}
}

// TestASentenceIsNearInWhateverStandsAround: pages need not tell where a sentence ends.
func TestASentenceIsNearInWhateverStandsAround(t *testing.T) {
	screen := driver.Screen{Title: "入力", Text: "有効期限 月 / 年 例：カードの表示「01/28」⇒「(年) 28/(月) 01」と入力 セキュリティコード ※カード裏面の番号の下4桁をご入力ください"}
	for written, want := range map[string]string{
		"例：カードの表示「01/28」⇒「(月) 01/(年) 28」と入力": "近い文は「例：カードの表示「01/28」⇒「(【年)28/(月)01】」と入力」です",
		"※カード裏面の番号の下3桁をご入力ください":              "近い文は「※カード裏面の番号の下【4】桁をご入力ください」です",
		"※カード表面の左上に書かれている文字のことです":            "近い文もありません",
	} {
		if err := actor.Reads(seeing(t, screen), []string{written}); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v; want %q", written, err, want)
		}
	}
}

// TestASentenceIsNearThatDiffersInTwoPlaces has the words of the guide's, and others
// between.
func TestASentenceIsNearThatDiffersInTwoPlaces(t *testing.T) {
	screen := driver.Screen{Title: "停止", Text: "お客様のご登録・ご利用状況により、ご本人様確認ができませんでした。\n下記の認証デスクまでお問い合わせください。"}
	const written = "お客様のご登録・ご利用状況によって、ご本人様確認ができない場合がございます。"
	const want = "近い文は「お客様のご登録・ご利用状況によ【り、ご本人様確認ができませんでした】」です"
	if err := actor.Reads(seeing(t, screen), []string{written}); err == nil || !strings.Contains(err.Error(), want) {
		t.Errorf("%v; want %q", err, want)
	}
}

func TestASentenceOnTheScreen(t *testing.T) {
	screen := driver.Screen{Title: "確認", Text: "次の 内容でお申し込みください。ID は\nhana-2026 です。"}
	for written, want := range map[string]string{
		"次の内容でお申し込みください":      "",
		"IDはhana-2026です":      "",
		"『花子さんのNetアンサーID』です":  "",
		"次の内容でお申し込みできません":     "近い文は「次の内容でお申し込み【ください】」です",
		"次の内まったく別のことです":       "近い文もありません",
		"まったく別のことが書かれているはずの文": "近い文もありません",
		"『三郎さんのNetアンサーID』です":  "the cast has no",
	} {
		err := actor.Reads(seeing(t, screen), []string{written})
		if (err == nil) != (want == "") || err != nil && !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v; want %q", written, err, want)
		}
	}
}

// TestWhatIsDemandedOfAnother tries sentences of the guide's, of its own, and of ours.
func TestWhatIsDemandedOfAnother(t *testing.T) {
	screen := driver.Screen{Title: "確認", Text: "INFORMATION ID: hana-2026"}
	for written, want := range map[string]string{
		"お知らせ": "", // told how it is worded
		"ご登録ありがとうございます":                       "がありません",
		"こちらはサンドボックスです":                       "", // ours alone: nothing is demanded
		"こちらは『花子さんのNetアンサーID』です":              "", // but what is hers
		"こちらは『花子さんの電話番号』です":                   "「090-1234-5678」がありません",
		"こちらは『次郎さんの電話番号』です":                   "members にありません",
		"こちらは『三郎さんの電話番号』です":                   "the cast has no",
		"『花子さんのNetアンサーID』は『花子さんの電話番号』の方のものです": "「090-1234-5678」がありません", // each of them is demanded
	} {
		err := actor.Reads(seeing(t, screen, theirs), []string{written})
		if (err == nil) != (want == "") || err != nil && !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v; want %q", written, err, want)
		}
	}
}

// TestWhatIsDemandedOfAMail is the same of a mail: what nobody has told is no proof.
func TestWhatIsDemandedOfAMail(t *testing.T) {
	for written, want := range map[string]string{
		"お知らせ": "",
		"ご登録ありがとうございます":                       "がありません",
		"こちらは『花子さんのNetアンサーID』です":              "",
		"こちらは『花子さんの電話番号』です":                   "「090-1234-5678」がありません",
		"こちらは『次郎さんの電話番号』です":                   "members にありません",
		"こちらは『三郎さんの電話番号』です":                   "the cast has no",
		"『花子さんのNetアンサーID』は『花子さんの電話番号』の方のものです": "「090-1234-5678」がありません",
	} {
		s := &fake{mails: map[string][]actor.Message{email: {{Body: "別のメール"}, {Body: "INFORMATION ID:\r\nhana-2026"}}}}
		ctx := on(t, s, theirs)
		if err := actor.HasMails(ctx, email, 2); err != nil {
			t.Fatal(err)
		}
		err := actor.MailReads(ctx, []string{written})
		if (err == nil) != (want == "") || err != nil && !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v; want %q", written, err, want)
		}
	}
}

// TestARefusalInWhateverWords goes from one screen to another.
func TestARefusalInWhateverWords(t *testing.T) {
	input := driver.Screen{Title: "入力"}
	for name, test := range map[string]struct {
		then  driver.Screen
		label string
		want  string
	}{
		"at its field":               {driver.Screen{Title: "入力", Errors: map[string][]string{"パスワード": {"?"}}}, "パスワード", ""},
		"at another field":           {driver.Screen{Title: "入力", Errors: map[string][]string{"ID": {"?"}}}, "パスワード", "断られたのは「ID」です"},
		"at another field of a card": {driver.Screen{Title: "入力", Errors: map[string][]string{"有効期限": {"?"}}}, "カード番号", ""},
		"at a field of its own":      {driver.Screen{Title: "入力", Errors: map[string][]string{"x": {"?"}}}, "どこか", ""},
		"as a whole":                 {driver.Screen{Title: "入力", Messages: []string{"?"}}, "パスワード", ""},
		"by what was not there":      {driver.Screen{Title: "入力", Said: []string{"?"}}, "パスワード", ""},
		"by a button that is dead":   {driver.Screen{Title: "入力", Blocked: []string{"次へ"}}, "パスワード", ""},
		"not at all":                 {driver.Screen{Title: "入力"}, "パスワード", "「パスワード」が断られるはずが"},
		"and yet led on":             {driver.Screen{Title: "確認", Messages: []string{"?"}}, "パスワード", "「入力」に留まるはずが「確認」へ進みました"},
		"and led to the end":         {driver.Screen{Title: "受付停止", Messages: []string{"?"}}, "パスワード", ""},
	} {
		ctx := on(t, &fake{screens: []driver.Screen{input, test.then}}, theirs)
		if err := errors.Join(actor.OpensHome(ctx, hanako), actor.SubmitsRightly(ctx, hanako)); err != nil {
			t.Fatal(err)
		}
		err := actor.IsRefusedAt(ctx, test.label)
		if (err == nil) != (test.want == "") || err != nil && !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: %v; want %q", name, err, test.want)
		}
	}
}

func TestOnlyTheSentencesThatApply(t *testing.T) {
	const letters, digits = "半角英字を含めてください", "半角数字を含めてください"
	for name, test := range map[string]struct {
		said            []string
		here, elsewhere bool // whether it is right on the sandbox, and elsewhere
	}{
		"just those":        {[]string{letters}, true, true},
		"and another":       {[]string{letters, digits}, false, false},
		"and one of theirs": {[]string{letters, "Oops"}, false, true},
		"another":           {[]string{digits}, false, false},
		"none":              {nil, false, false},
	} {
		screen := driver.Screen{Title: "入力", Errors: map[string][]string{"パスワード": test.said}, Text: strings.Join(test.said, "\n")}
		for _, elsewhere := range []bool{false, true} {
			ctx, right := seeing(t, screen), test.here
			if elsewhere {
				ctx, right = seeing(t, screen, theirs), test.elsewhere
			}
			for of, err := range map[string]error{"field": actor.FieldSaysOnly(ctx, "パスワード", []string{letters}),
				"screen": actor.SaysOnly(ctx, []string{letters})} {
				if (err == nil) != right {
					t.Errorf("%s, elsewhere %v, %s: %v", name, elsewhere, of, err)
				}
			}
		}
	}
}

// TestAScenarioThatProvesNothing tries which steps find something out of another
// implementation. One sentence that is ours alone stands in all of them.
func TestAScenarioThatProvesNothing(t *testing.T) {
	screen := driver.Screen{Title: "確認", Text: "ID ID 1,000円", Values: map[string]string{"ID": "x"}}
	texts := map[string][]actor.Message{phone: {{Body: "有効期限: 10:10"}}}
	for name, test := range map[string]struct {
		do     func(context.Context) error
		proves bool
	}{
		"nothing else":        {func(context.Context) error { return nil }, false},
		"a sentence of ours":  {func(ctx context.Context) error { return actor.Reads(ctx, []string{"ようこそ"}) }, false},
		"the guide's":         {func(ctx context.Context) error { return actor.Reads(ctx, []string{"ID"}) }, true},
		"how often it stands": {func(ctx context.Context) error { return actor.ReadsTimes(ctx, 2, "ID") }, true},
		"a value":             {func(ctx context.Context) error { return actor.Shows(ctx, [][2]string{{"ID", "x"}}) }, true},
		"an amount":           {actor.ShowsAmount, true},
		"a text's expiry":     {func(ctx context.Context) error { return actor.TextExpires(ctx, hanako, "10:10") }, true},
		"a text":              {func(ctx context.Context) error { return actor.TextReads(ctx, hanako, "有効期限: 10:10") }, true},
		"how many texts":      {func(ctx context.Context) error { return actor.HasTexts(ctx, hanako, "1") }, true},
		"a title":             {func(ctx context.Context) error { return actor.TitleIs(ctx, "確認") }, true},
		"what is done":        {func(ctx context.Context) error { return actor.TitleIs(actor.Doing(ctx), "確認") }, false},
	} {
		ctx := actor.Expecting(on(t, &fake{screens: []driver.Screen{screen}, texts: texts}, theirs))
		for _, do := range []func() error{
			func() error { return actor.OpensHome(ctx, hanako) },
			func() error { return actor.Reads(ctx, []string{"こちらはサンドボックスです"}) },
			func() error { return test.do(ctx) },
		} {
			if err := do(); err != nil {
				t.Fatalf("%s: %v", name, err)
			}
		}
		scene, err := actor.In(ctx)
		if err != nil {
			t.Fatal(err)
		}
		if idle := scene.Idle(); (idle == nil) != test.proves || idle != nil && !errors.Is(idle, driver.ErrInapplicable) {
			t.Errorf("%s: %v", name, idle)
		}
	}
}

func TestWhichScreenItIs(t *testing.T) {
	for name, test := range map[string]struct {
		screen driver.Screen
		want   string
		change []func(*actor.Scene)
		says   string
		is     error
	}{
		"that one":                  {driver.Screen{Title: "入力"}, "入力", nil, "", nil},
		"another, and what it says": {driver.Screen{Title: "入力", Messages: []string{"だめ"}, Errors: map[string][]string{"ID": {"短い"}}}, "確認", nil, "花子さんの画面は「確認」のはずが「入力」です（ID: 短い; 知らせ: だめ）", nil},
		"one that nobody knows":     {driver.Screen{Title: "?", Unknown: true}, "確認", []func(*actor.Scene){theirs}, "titles に「確認」がありません", driver.ErrUndecidable},
		"unlike one that is told":   {driver.Screen{Title: "?", Unknown: true}, "入力", []func(*actor.Scene){theirs}, "のはずが", nil},
		"an end that goes on":       {driver.Screen{Title: "完了"}, "受付停止", []func(*actor.Scene){theirs}, "手続きは終わる", nil},
		"an end without its desk":   {driver.Screen{Title: "?", Text: "終わり"}, "認証不可", []func(*actor.Scene){theirs}, "「認証デスク」がありません", nil},
		"an end of its own":         {driver.Screen{Title: "?", Text: "認証デスク 0120-000-111"}, "認証不可", []func(*actor.Scene){theirs}, "", nil},
		"a desk that is a link":     {driver.Screen{Title: "?", Text: "認証デスク", Actions: []string{"認証デスクへ"}}, "認証不可", []func(*actor.Scene){theirs}, "", nil},
		"a desk without a number":   {driver.Screen{Title: "?", Text: "認証デスクへ"}, "認証不可", []func(*actor.Scene){theirs}, "連絡先がありません", nil},
	} {
		err := actor.TitleIs(seeing(t, test.screen, test.change...), test.want)
		if (err == nil) != (test.says == "") || err != nil && !strings.Contains(err.Error(), test.says) {
			t.Errorf("%s: %v; want %q", name, err, test.says)
		}
		if errors.Is(err, driver.ErrUndecidable) != (test.is != nil) {
			t.Errorf("%s: whether it can be decided is wrong: %v", name, err)
		}
	}
}

// TestWhatIsClearedIsLookedForUnderLongerNames, as 「メールアドレス（携帯電話・スマートフォン）」.
func TestWhatIsClearedIsLookedForUnderLongerNames(t *testing.T) {
	for name, test := range map[string]struct {
		values map[string]string
		right  bool
	}{
		"under its own name":      {map[string]string{"携帯電話・スマートフォン": "aruki@m.example.jp"}, false},
		"under a longer name":     {map[string]string{"メールアドレス（携帯電話・スマートフォン）": "aruki@m.example.jp"}, false},
		"said to be empty":        {map[string]string{"メールアドレス（携帯電話・スマートフォン）": "登録しない"}, true},
		"that of another address": {map[string]string{"メールアドレス（パソコン）": "aruki@example.jp"}, true},
	} {
		if err := actor.DoesNotShow(seeing(t, driver.Screen{Values: test.values}, theirs), "携帯電話・スマートフォン"); (err == nil) != test.right {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestACardIsHiddenAsTheGuideDrawsIt(t *testing.T) {
	for shown, right := range map[string]bool{
		"4000-12**-****-012": true, "4000-12**-****-9012": true,
		"4000-12**-****-9013": false, "4000-12**-****-*012": false, "5000-12**-****-9012": false, "4000-1234-5678-9012": false, "": false,
	} {
		ctx := seeing(t, driver.Screen{Values: map[string]string{"カード番号": shown}}, theirs)
		if err := actor.Shows(ctx, [][2]string{{"カード番号", "花子さんのカード番号を伏せた形"}}); (err == nil) != right {
			t.Errorf("%q: %v", shown, err)
		}
	}
}

func TestWhatIsWordedOtherwiseIsNotTheGuidesSentence(t *testing.T) {
	for shown, right := range map[string]bool{"なし": true, "確認してください": false, "": false} {
		ctx := seeing(t, driver.Screen{Values: map[string]string{"電話": shown}}, theirs)
		if err := actor.Shows(ctx, [][2]string{{"電話", "未設定"}}); (err == nil) != right {
			t.Errorf("%q: %v", shown, err)
		}
	}
}

func TestAnEndInsteadOfAnotherScreenIsTold(t *testing.T) {
	t.Parallel()
	ctx := seeing(t, driver.Screen{Title: "有効期限切れ", Messages: []string{"最初からお手続きください。"}})
	if err := actor.TitleIs(ctx, "完了"); err == nil || !strings.Contains(err.Error(), "「完了」のはずが「有効期限切れ」です") {
		t.Errorf("an end instead of the completion: %v", err)
	}
}
