package actor_test

import (
	"context"
	"errors"
	"testing"

	"example.com/netanswer/steps/actor"
	"example.com/netanswer/steps/driver"
)

// TestAStatementIsFoundHoweverItIsSetOut: of another implementation the lines are asked
// that its file tells of.
func TestAStatementIsFoundHoweverItIsSetOut(t *testing.T) {
	const told = "ご利用明細 10/28 見本書店 2,970円 10/21 テスト電鉄3号 1,200円 合計 4,170円"
	for name, c := range map[string]struct {
		text string
		red  bool
	}{
		"dates first":            {told, false},
		"with years":             {"2026年10月28日 見本書店 1回 2,970 2026年10月21日 テスト電鉄3号 1回 1,200", false},
		"dates last":             {"見本書店 ￥2,970 2026/10/28 テスト電鉄3号 ￥1,200 2026/10/21", false},
		"another order":          {"10/21 テスト電鉄3号 1200円 10/28 見本書店 2970円", false},
		"a line is missing":      {"ご利用明細 10/28 見本書店 2,970円 合計 4,170円", true},
		"dates are swapped":      {"10/21 見本書店 2,970円 10/28 テスト電鉄3号 1,200円", true},
		"amounts are swapped":    {"10/28 見本書店 1,200円 10/21 テスト電鉄3号 2,970円", true},
		"another year":           {"2025/10/28 見本書店 2,970円 2025/10/21 テスト電鉄3号 1,200円", true},
		"an amount begins alike": {"10/28 見本書店 2,9700円 10/21 テスト電鉄3号 1,200円", true},
	} {
		t.Run(name, func(t *testing.T) {
			ctx := looking(t, driver.Screen{Title: "明細", Text: c.text})
			err := actor.ListsPurchases(ctx, [][]string{{"2026/10/28", "サンドボックス書店", "2,970"}})
			if (err != nil) != c.red {
				t.Errorf("the statement is judged: %v", err)
			}
		})
	}
}

// folded is a screen that shows a line of a list more whenever it is asked to.
type folded struct {
	shower
	driver.Eyes
	lines []string
}

func (f *folded) Open(context.Context, driver.World) (driver.Session, error) { return f, nil }

func (f *folded) Close() error { return nil }

func (f *folded) screen() driver.Screen {
	s := driver.Screen{Title: "会員ホーム", Text: f.lines[0]}
	if len(f.lines) > 1 {
		s.Actions = []string{"ログアウト", "もっと見る"}
	}
	return s
}

func (f *folded) Home(context.Context) (driver.Screen, error) { return f.screen(), nil }

func (f *folded) Press(_ context.Context, name string) (driver.Screen, error) {
	if name != "もっと見る" {
		return driver.Screen{}, errors.New("pressed " + name)
	}
	f.lines = append([]string{f.lines[0] + " " + f.lines[1]}, f.lines[2:]...)
	return f.screen(), nil
}

func TestAStatementIsReadToItsEnd(t *testing.T) {
	for name, c := range map[string]struct {
		lines []string
		red   bool
	}{
		"all of it": {[]string{"ご利用明細", "10/28 見本書店 2,970円", "10/21 テスト電鉄3号 1,200円"}, false},
		"too few":   {[]string{"ご利用明細", "10/28 見本書店 2,970円"}, true},
	} {
		ctx := seeingOf(t, &folded{lines: c.lines})
		if err := actor.ListsPurchases(ctx, [][]string{{"2026/10/28", "サンドボックス書店", "2,970"}}); (err != nil) != c.red {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// seeingOf is 花子さん, who has purchases, and 次郎さん, who has none; 花子さん has come.
func seeingOf(t *testing.T, shows driver.Driver, who ...string) context.Context {
	t.Helper()
	bought := []actor.Purchase{{Date: "2026/10/28", Shop: "見本書店", Amount: "2,970"}, {Date: "2026/10/21", Shop: "テスト電鉄3号", Amount: "1,200"}}
	ctx := actor.Enter(t.Context(), &actor.Scene{Driver: shows, Words: actor.Words{Foreign: true}, Cast: map[string]actor.Person{
		hanako: {Called: hanako, Cards: []actor.Card{{Purchases: bought}}}, jiro: {Called: jiro, Cards: make([]actor.Card, 1)}}})
	for _, name := range append([]string{hanako}, who...) {
		if err := actor.OpensHome(ctx, name); err != nil {
			t.Fatal(err)
		}
	}
	return ctx
}

func TestWhoHasBoughtNothingSeesNobodysStatement(t *testing.T) {
	for text, red := range map[string]bool{"ご利用明細 ご利用はありません": false, "ご利用明細 10/21 テスト電鉄3号 1,200円": true} {
		ctx := seeingOf(t, &folded{lines: []string{text}}, jiro)
		if err := actor.ListsPurchases(ctx, nil); (err != nil) != red || errors.Is(err, driver.ErrInapplicable) {
			t.Errorf("%s: %v", text, err)
		}
	}
	own := "ご利用明細 10/28 見本書店 2,970円 10/21 テスト電鉄3号 1,200円"
	if err := actor.ListsPurchases(seeingOf(t, &folded{lines: []string{own}}), nil); !errors.Is(err, driver.ErrInapplicable) {
		t.Errorf("whose statement could be shown instead, where nobody else has one: %v", err)
	}
}

// TestAStatementMayBeAPageOfItsOwn that a link on the home leads to.
func TestAStatementMayBeAPageOfItsOwn(t *testing.T) {
	for name, c := range map[string]struct {
		link, lines string
		red         bool
	}{
		"all of it behind a link": {"ご利用明細を見る", "10/28 見本書店 2,970円 10/21 テスト電鉄3号 1,200円", false},
		"too few behind a link":   {"ご利用明細を見る", "10/28 見本書店 2,970円", true},
		"no link to it":           {"ご利用明細書の郵送", "10/28 見本書店 2,970円 10/21 テスト電鉄3号 1,200円", true},
	} {
		ctx := seeingOf(t, &linked{name: c.link, lines: c.lines})
		if err := actor.ListsPurchases(ctx, [][]string{{"2026/10/28", "サンドボックス書店", "2,970"}}); (err != nil) != c.red {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// linked is a home from which a link leads to the statement.
type linked struct {
	driver.Eyes
	driver.Session
	name, lines string
}

func (l *linked) Name() string { return "pc" }

func (l *linked) Open(context.Context, driver.World) (driver.Session, error) { return l, nil }

func (l *linked) Home(context.Context) (driver.Screen, error) {
	return driver.Screen{Title: "会員ホーム", Actions: []string{l.name}}, nil
}

func (l *linked) Press(context.Context, string) (driver.Screen, error) {
	return driver.Screen{Title: "明細", Text: l.lines}, nil
}

func (l *linked) Close() error { return nil }

// TestWhatAClosedListOffersIsNoLineOfTheStatement: a purchase may be chosen there.
func TestWhatAClosedListOffersIsNoLineOfTheStatement(t *testing.T) {
	const first, second = "10/28 見本書店 2,970円", "10/21 テスト電鉄3号 1,200円"
	for text, red := range map[string]bool{
		"ご利用明細 " + first + " " + second + " お支払変更 " + first + " " + second: false,
		"ご利用明細 " + second + " お支払変更 " + first + " " + second:               true,
		"ご利用明細 " + first + " " + second:                                    true, // all of it is in the list
	} {
		shows := &shower{screens: []driver.Screen{{Title: "明細", Text: text, Listed: []string{first, second}}}}
		if err := actor.ListsPurchases(seeingOf(t, shows), [][]string{{"2026/10/28", "サンドボックス書店", "2,970"}}); (err != nil) != red {
			t.Errorf("%s: %v", text, err)
		}
	}
}
