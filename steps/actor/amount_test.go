package actor_test

import (
	"context"
	"strings"
	"testing"

	"example.com/netanswer/steps/actor"
	"example.com/netanswer/steps/driver"
)

func TestAnAmountOfMoney(t *testing.T) {
	for text, is := range map[string]bool{
		"1,000円": true, "お支払い 12 円": true, "￥980": true, "合計 12,345": true, "3,000 ポイント 500円": true,
		"": false, "円": false, "11/24": false, "1000": false, "3,000 ポイント": false, "3,000pt": false, "1,234\nポイント": true,
	} {
		if err := actor.ShowsAmount(seeing(t, driver.Screen{Text: text})); (err == nil) != is {
			t.Errorf("%q: %v", text, err)
		}
	}
}

func TestPointsAndTheNumberToCall(t *testing.T) {
	points := func(ctx context.Context) error { return actor.ShowsPoints(ctx, "残高", hanako) }
	dial := func(ctx context.Context) error { return actor.ShowsFreeDial(ctx, "残高") }
	for name, test := range map[string]struct {
		value string
		of    func(context.Context) error
		want  string
	}{
		"as told":                    {"1,234,567 ポイント", points, ""},
		"grouped otherwise":          {"1234567", points, ""},
		"others":                     {"1,234,568 ポイント", points, "「1,234,56【8】」"},
		"none":                       {"－", points, "に数がありません"},
		"a free-dial number":         {"0120-123456", dial, ""},
		"one with dashes":            {"0120-123-456", dial, ""},
		"one of a town":              {"03-1234-5678", dial, "0120-●●●●●●"},
		"a free-dial number in part": {"0120-12345", dial, "0120-●●●●●●"},
	} {
		err := test.of(seeing(t, driver.Screen{Title: "ホーム", Values: map[string]string{"残高": test.value}}))
		if (err == nil) != (test.want == "") || err != nil && !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: %v; want %q", name, err, test.want)
		}
	}
}

// TestALabelInAnotherWidth is read on a page of another team: the sandbox writes it
// as the guide does.
func TestALabelInAnotherWidth(t *testing.T) {
	const label, wide = "認証用電話番号(無料)", "認証用電話番号（無料）"
	for _, foreign := range []bool{true, false} {
		ctx := seeing(t, driver.Screen{Values: map[string]string{wide: "0120-000111"}}, func(s *actor.Scene) { s.Words.Foreign = foreign })
		if err := actor.ShowsFreeDial(ctx, label); (err == nil) != foreign {
			t.Errorf("foreign %v: %v", foreign, err)
		}
	}
}

func TestTheLinesOfAStatement(t *testing.T) {
	rows := [][]string{{"2026/11/03", "見本の店", "1,200"}, {"2026/11/20", "本屋", "800"}}
	for text, right := range map[string]bool{
		"2026/11/03 見本の店 1,200円\n2026/11/20 本屋 800円":                   true,
		"2026年11月3日 見本の店 1,200 円\n2026-11-20 本屋 800\n":                 true,
		"2026/11/20 本屋 800円\n2026/11/03 見本の店 1,200円":                   false, // another order
		"2026/11/03 見本の店 1,200円":                                       false,
		"2026/11/03 見本の店 1,200円\n2026/11/20 本屋 801円":                   false,
		"2026/11/03 見本の店 1,200円\n2026/11/20 本屋 800円\n2026/11/21 駅 10円": false, // one more
	} {
		if err := actor.ListsPurchases(seeing(t, driver.Screen{Text: text}), rows); (err == nil) != right {
			t.Errorf("%q: %v", text, err)
		}
	}
}
