package actor_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"example.com/netanswer/steps/actor"
	"example.com/netanswer/steps/driver"
)

// A shower is another implementation that shows its screens one after another.
type shower struct {
	driver.Driver
	driver.Session
	screens []driver.Screen
}

func (s *shower) Open(context.Context, driver.World) (driver.Session, error) { return s, nil }

func (s *shower) Home(context.Context) (driver.Screen, error) {
	screen := s.screens[0]
	s.screens = s.screens[1:]
	return screen, nil
}

func (s *shower) Close() error { return nil }

// looking is somebody who has seen two screens of another implementation: the
// form, and what came of sending it.
func looking(t *testing.T, after driver.Screen) context.Context {
	t.Helper()
	shows := &shower{screens: []driver.Screen{{Title: "入力"}, after}}
	guide := []string{"パソコン", "コーポレートカード会員様はNetアンサーをご利用いただけません。", "Netアンサー新規登録(無料)",
		"Netアンサーログイン", "半角英字を含めてください", "8～16文字でご入力ください"}
	printed := func(s string) bool { return slices.Contains(guide, s) }
	words := actor.Words{Foreign: true, Printed: printed, Mapped: func(string) bool { return false }}
	purchases := []actor.Purchase{{Date: "2026/10/28", Shop: "見本書店", Amount: "2,970"}, {Date: "2026/10/21", Shop: "テスト電鉄3号", Amount: "1,200"}}
	cast := map[string]actor.Person{"花子さん": {Called: "花子さん", Cards: []actor.Card{{Purchases: purchases}}}}
	ctx := actor.Enter(t.Context(), &actor.Scene{Driver: shows, Cast: cast, Words: words})
	for range 2 {
		if err := actor.OpensHome(ctx, "花子さん"); err != nil {
			t.Fatal(err)
		}
	}
	return ctx
}

func TestARefusalIsToldFromWhatWasDone(t *testing.T) {
	for name, c := range map[string]struct {
		screen  driver.Screen
		refused bool
	}{
		"at the field":                        {driver.Screen{Title: "入力", Errors: map[string][]string{"パソコン": {"形式が違います"}}}, true},
		"at another field":                    {driver.Screen{Title: "入力", Errors: map[string][]string{"携帯電話・スマートフォン": {"形式が違います"}}}, false},
		"by words alone":                      {driver.Screen{Title: "入力", Said: []string{"アドレスの形式を見直しましょう"}}, true},
		"by a button that sleeps":             {driver.Screen{Title: "入力", Blocked: []string{"送る"}}, true},
		"by nothing":                          {driver.Screen{Title: "入力"}, false},
		"by what is there already":            {driver.Screen{Title: "入力", Messages: []string{"このカードはすでにご登録いただいています。"}, Said: []string{"このカードはすでにご登録いただいています。"}}, true},
		"by word that something was sent":     {driver.Screen{Title: "入力", Said: []string{"パスコードを再送しました"}}, false},
		"by word that something was received": {driver.Screen{Title: "入力", Messages: []string{"登録を受け付けました。"}}, false},
		"sent, with what is wrong":            {driver.Screen{Title: "入力", Said: []string{"送信しましたが、形式が違います"}}, true},
		"over, as the page says":              {driver.Screen{Title: "お手続きの終了", Unknown: true, Headings: []string{"入力回数を超えました"}}, false},
		"with words, and on to the next":      {driver.Screen{Title: "確認", Said: []string{"形式が違います"}}, false},
	} {
		if err := actor.IsRefusedAt(looking(t, c.screen), "パソコン"); (err == nil) != c.refused {
			t.Errorf("%s: error is %v", name, err)
		}
	}
}

func TestANoticeIsNoRefusal(t *testing.T) {
	for name, c := range map[string]struct {
		screen  driver.Screen
		refused bool
	}{
		"nothing":                      {driver.Screen{Title: "入力"}, false},
		"what the guide prints":        {driver.Screen{Title: "入力", Messages: []string{"コーポレートカード会員様はNetアンサーをご利用いただけません。"}}, false},
		"what stood there before":      {driver.Screen{Title: "入力", Messages: []string{"お支払日は変更できません"}, Said: []string{"ほか"}}, false},
		"word that something was done": {driver.Screen{Title: "入力", Messages: []string{"再発行しました"}, Said: []string{"再発行しました"}}, false},
		"a message":                    {driver.Screen{Title: "入力", Messages: []string{"入力に誤りがあります"}, Said: []string{"入力に誤りがあります"}}, true},
		"an error at a field":          {driver.Screen{Title: "入力", Errors: map[string][]string{"パソコン": {"形式"}}}, true},
		"a refusal the guide words":    {driver.Screen{Title: "入力", Messages: []string{"半角英字を含めてください"}, Said: []string{"半角英字を含めてください"}}, true},
	} {
		if err := actor.IsNotRefused(looking(t, c.screen)); (err != nil) != c.refused {
			t.Errorf("%s: error is %v", name, err)
		}
	}
}

func TestAScreenThatNobodyKnowsIsNoneThatGoesOnIfItSaysSo(t *testing.T) {
	for name, c := range map[string]struct {
		screen    driver.Screen
		undecided bool
	}{
		"one that says nothing":     {driver.Screen{Title: "ようこそ", Unknown: true}, true},
		"one that is called an end": {driver.Screen{Title: "有効期限切れ｜カード", Unknown: true}, false},
		"one that says it is over":  {driver.Screen{Title: "お知らせ", Unknown: true, Messages: []string{"再度最初からお手続きください。"}}, false},
		"one that tells why":        {driver.Screen{Title: "お知らせ", Unknown: true, Messages: []string{"しばらく操作がなかったため、お手続きを終了しました。"}}, false},
		"one that is too late":      {driver.Screen{Title: "お知らせ", Unknown: true, Messages: []string{"お電話の受付時間（15分）が過ぎました。"}}, false},
		"one that is all done":      {driver.Screen{Title: "お知らせ", Unknown: true, Messages: []string{"お手続きは終了しました。"}}, true},
	} {
		err := actor.TitleIs(looking(t, c.screen), "完了")
		if err == nil || errors.Is(err, driver.ErrUndecidable) != c.undecided {
			t.Errorf("%s: error is %v", name, err)
		}
	}
}

// TestAnEndThatIsShownByNoScreenIsTried: where a passcode is still asked for, the
// right one must be of no use.
func TestAnEndThatIsShownByNoScreenIsTried(t *testing.T) {
	for next, over := range map[string]bool{"完了": false, "ワンタイムパスコード認証": true} {
		asks := driver.Screen{Title: "ワンタイムパスコード認証", Said: []string{"パスコードが違います"}}
		shows := &shower{screens: []driver.Screen{{Title: "入力"}, {Title: "入力"}, {Title: "確認"}, asks, asks, {Title: next}}}
		ctx := actor.Enter(t.Context(), &actor.Scene{Driver: shows, Around: mailer{}, Cast: map[string]actor.Person{"花子さん": {Called: "花子さん",
			Cards: make([]actor.Card, 1)}},
			Words: actor.Words{Foreign: true, Printed: func(string) bool { return false }, Mapped: func(string) bool { return false }}})
		if err := actor.OpensHome(ctx, "花子さん"); err != nil {
			t.Fatal(err)
		}
		if err := actor.HasEnteredWrongly(ctx, "花子さん", "1"); err != nil {
			t.Fatal(err)
		}
		if err := actor.TitleIs(ctx, "受付停止"); (err == nil) != over {
			t.Errorf("the right passcode leads to 「%s」: error is %v", next, err)
		}
	}
}

// TestAnEndThatNobodyIsToldByLookingIsTried: who only opens the screen anew may be told
// when they go on, but then they must be.
func TestAnEndThatNobodyIsToldByLookingIsTried(t *testing.T) {
	for name, test := range map[string]struct {
		looks, then driver.Screen
		want        string
	}{
		"it goes on":              {driver.Screen{Title: "確認"}, driver.Screen{Title: "ワンタイムパスコード認証"}, "で続けると「ワンタイムパスコード認証」へ進みました"},
		"it refuses":              {driver.Screen{Title: "確認"}, driver.Screen{Title: "確認", Said: []string{"有効期限が切れました"}}, ""},
		"it shows another":        {driver.Screen{Title: "確認"}, driver.Screen{Title: "入力"}, ""},
		"it does nothing":         {driver.Screen{Title: "確認"}, driver.Screen{Title: "確認"}, "何も断っていません"},
		"its field takes no more": {driver.Screen{Title: "確認"}, driver.Screen{Title: "確認", Cut: []string{"NetアンサーID"}}, "「NetアンサーID」の欄には初めの部分しか"},
		"it is at the beginning":  {driver.Screen{Title: "入力"}, driver.Screen{Title: "確認"}, "見分けられません"},
	} {
		shows := &shower{screens: []driver.Screen{test.looks, test.looks, test.then}}
		ctx := actor.Enter(t.Context(), &actor.Scene{Driver: shows, Cast: map[string]actor.Person{"花子さん": {Called: "花子さん"}},
			Words: actor.Words{Foreign: true, Printed: func(string) bool { return false }, Mapped: func(string) bool { return false }}})
		if err := actor.OpensHome(ctx, "花子さん"); err != nil {
			t.Fatal(err)
		}
		if err := actor.Looks(ctx, "花子さん"); err != nil {
			t.Fatal(err)
		}
		err := actor.TitleIs(ctx, "有効期限切れ")
		if (err == nil) != (test.want == "") || err != nil && !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: %v; want %q", name, err, test.want)
		}
	}
}

// TestAnEndOfTheTimeForACallIsTriedByCalling: to press the button without a call is
// refused before the end as after it.
func TestAnEndOfTheTimeForACallIsTriedByCalling(t *testing.T) {
	asks := driver.Screen{Title: "電話番号認証", Said: []string{"お電話がまだ確認できていません"}}
	for name, c := range map[string]struct {
		confirms bool // a call after the end is taken
		err      error
		want     string
	}{
		"the call is of no use":    {},
		"the call is still of use": {confirms: true, want: "で続けると「完了」へ進みました"},
		"nobody can call":          {err: fmt.Errorf("%w: 電話", driver.ErrInapplicable)},
	} {
		shows := &caller{shower: shower{screens: []driver.Screen{asks, asks, asks}}}
		rings := &ringing{takes: func() { shows.called = c.confirms }, err: c.err}
		ctx := actor.Enter(t.Context(), &actor.Scene{Driver: shows, Around: rings, Cast: map[string]actor.Person{"正さん": {Called: "正さん"}},
			Words: actor.Words{Foreign: true, Printed: func(string) bool { return false }, Mapped: func(string) bool { return false }}})
		for _, look := range []func(context.Context, string) error{actor.OpensHome, actor.Looks} {
			if err := look(ctx, "正さん"); err != nil {
				t.Fatal(err)
			}
		}
		err := actor.TitleIs(ctx, "有効期限切れ")
		if (err == nil) != (c.want == "") || err != nil && !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v; want %q", name, err, c.want)
		}
	}
}

// A caller is led on by the button once the call is taken.
type caller struct {
	shower
	called bool
}

func (c *caller) Open(context.Context, driver.World) (driver.Session, error) { return c, nil }

func (c *caller) FinishCall(ctx context.Context) (driver.Screen, error) {
	if c.called {
		return driver.Screen{Title: "完了"}, nil
	}
	return c.Home(ctx)
}

// A ringing telephone is answered, if anybody can call.
type ringing struct {
	actor.Surroundings
	takes func()
	err   error
}

func (r *ringing) PlaceCall(context.Context, string, actor.Dial) (actor.Call, error) {
	if r.err == nil {
		r.takes()
	}
	return actor.Call{}, r.err
}

// TestReadingsOfAssumedRules: an implementation may count attempts by passcode, and
// opening a screen anew as an action.
func TestReadingsOfAssumedRules(t *testing.T) {
	asks := driver.Screen{Title: "ワンタイムパスコード認証", Said: []string{"パスコードが違います"}}
	for name, do := range map[string]func(context.Context) error{
		"wrong, then another": func(ctx context.Context) error { return actor.ReissuesThenWrong(ctx, "花子さん") },
		"opened anew":         func(ctx context.Context) error { return actor.LooksAfter(ctx, "花子さん", "1分") },
	} {
		shows := &shower{screens: []driver.Screen{{Title: "入力"}, {Title: "入力"}, {Title: "確認"}, asks, asks}}
		numbers := actor.SandboxNumbers
		numbers.EachPasscode, numbers.Looking, numbers.ReissueInterval = true, true, 0
		ctx := actor.Enter(t.Context(), &actor.Scene{Driver: shows, Around: mailer{}, Numbers: numbers,
			Cast:  map[string]actor.Person{"花子さん": {Called: "花子さん", Cards: make([]actor.Card, 1)}},
			Words: actor.Words{Foreign: true, Printed: func(string) bool { return false }, Mapped: func(string) bool { return false }}})
		if err := actor.OpensHome(ctx, "花子さん"); err != nil {
			t.Fatal(err)
		}
		if err := actor.HasEnteredWrongly(ctx, "花子さん", "1"); err != nil {
			t.Fatal(err)
		}
		if err := do(ctx); !errors.Is(err, driver.ErrInapplicable) || !strings.Contains(err.Error(), "policy によれば") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestMoreReissuesThanThereAreAreNotAsked, and more than the one that the guide draws
// only of whoever has told how many there are.
func TestMoreReissuesThanThereAreAreNotAsked(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*actor.Numbers)
		often  string
		want   string // of the reason, "" where it is asked
	}{
		"one, of whoever told nothing": {func(n *actor.Numbers) { n.ReissuesUntold = true }, "1", ""},
		"two, of whoever told nothing": {func(n *actor.Numbers) { n.ReissuesUntold = true }, "2", "policy: {reissue_limit: …}"},
		"two, where there is one":      {func(n *actor.Numbers) { n.ReissueLimit = 1 }, "2", "1回まで"},
		"as many as there are":         {func(n *actor.Numbers) { n.ReissueLimit = 1 }, "上限まで", ""},
	} {
		numbers := actor.SandboxNumbers
		c.change(&numbers)
		ctx := actor.Enter(t.Context(), &actor.Scene{Driver: &shower{screens: make([]driver.Screen, 9)}, Around: mailer{}, Numbers: numbers,
			Cast:  map[string]actor.Person{"花子さん": {Called: "花子さん", Cards: make([]actor.Card, 1)}},
			Words: actor.Words{Foreign: true, Printed: func(string) bool { return false }, Mapped: func(string) bool { return false }}})
		err := actor.HasReissued(ctx, "花子さん", c.often)
		if told := errors.Is(err, driver.ErrInapplicable); told != (c.want != "") || told && !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %q", name, err, c.want)
		}
	}
}

// A mailer has one passcode for everybody.
type mailer struct{ actor.Surroundings }

func (mailer) NextText(context.Context, string, string, string) (actor.Message, error) {
	return actor.Message{ID: "1", Passcode: "123456"}, nil
}

func (mailer) Advance(context.Context, string, time.Duration) error { return nil }

func (s *shower) Start(ctx context.Context) (driver.Screen, error) { return s.Home(ctx) }
func (s *shower) Submit(ctx context.Context, _ driver.Form) (driver.Screen, error) {
	return s.Home(ctx)
}
func (s *shower) Look(ctx context.Context) (driver.Screen, error)    { return s.Home(ctx) }
func (s *shower) Proceed(ctx context.Context) (driver.Screen, error) { return s.Home(ctx) }
func (s *shower) EnterPasscode(ctx context.Context, _ string) (driver.Screen, error) {
	return s.Home(ctx)
}

func TestWordsOfTheGuideAreFoundInWhateverWidth(t *testing.T) {
	ctx := looking(t, driver.Screen{Title: "ログイン", Actions: []string{"Netアンサー新規登録（無料）", "Netアンサー"}, Text: "８〜１６文字で ご入力ください"})
	for _, name := range []string{"Netアンサー新規登録(無料)", "Netアンサーログイン"} {
		if err := actor.CanPress(ctx, name); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := actor.Reads(ctx, []string{"8～16文字でご入力ください"}); err != nil {
		t.Error(err)
	}
	if err := actor.Reads(ctx, []string{"半角英字を含めてください"}); err == nil || !strings.Contains(err.Error(), "がありません") {
		t.Errorf("what is not there is read: %v", err)
	}
}
