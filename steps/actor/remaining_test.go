package actor_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"example.com/netanswer/client"
	"example.com/netanswer/steps/actor"
	"example.com/netanswer/steps/driver"
)

// TestRemainingAttemptsAreToldInWhateverWords, of whoever says that wrong passcodes are counted.
func TestRemainingAttemptsAreToldInWhateverWords(t *testing.T) {
	const sentence = "ワンタイムパスコードが違います。あと4回入力できます。"
	for name, c := range map[string]struct {
		said   string
		change func(*actor.Numbers)
		want   bool
	}{
		"the number":                {"正しくありません。あと4回入力できます。", nil, true},
		"in wide digits":            {"正しくありません（残り４回）", nil, true},
		"in kanji":                  {"正しくありません。残りは四回です。", nil, true},
		"how many of all are used":  {"正しくありません（5回中1回目）", nil, true},
		"nothing":                   {"正しくありません。", nil, false},
		"another number":            {"正しくありません。あと5回入力できます。", nil, false},
		"a number that begins so":   {"正しくありません。あと40回入力できます。", nil, false},
		"nothing, of nobody's rule": {"正しくありません。", func(n *actor.Numbers) { n.AttemptsUntold = true }, true},
		"another limit":             {"正しくありません。あと2回です。", func(n *actor.Numbers) { n.PasscodeAttempts = 3 }, true},
	} {
		numbers := actor.SandboxNumbers
		if c.change != nil {
			c.change(&numbers)
		}
		shows := &shower{screens: []driver.Screen{{Title: "ワンタイムパスコード認証"}, {Title: "ワンタイムパスコード認証", Said: []string{c.said}}}}
		never := func(string) bool { return false }
		ctx := actor.Enter(t.Context(), &actor.Scene{Driver: shows, Numbers: numbers, Cast: map[string]actor.Person{"花子さん": {Called: "花子さん"}},
			Words: actor.Words{Foreign: true, Printed: never, Mapped: never, Refusal: func(string) bool { return true }}})
		for range 2 {
			if err := actor.OpensHome(ctx, "花子さん"); err != nil {
				t.Fatal(err)
			}
		}
		err := actor.FieldSays(ctx, [][2]string{{"ワンタイムパスコード", sentence}})
		if (err == nil) != c.want || err != nil && !strings.Contains(err.Error(), "残りが4回") {
			t.Errorf("%s: %v", name, err)
		}
		if err := actor.SaysOnly(ctx, []string{sentence}); (err == nil) != c.want {
			t.Errorf("%s, as the only notice: %v", name, err)
		}
	}
}

// TestADisabledButtonIsToldWithWhatWentWrong, as it may be why nothing went on.
func TestADisabledButtonIsToldWithWhatWentWrong(t *testing.T) {
	ctx := looking(t, driver.Screen{Title: "ワンタイムパスコード認証", Blocked: []string{"認証する"}})
	if err := actor.TitleIs(ctx, "完了"); err == nil || !strings.Contains(err.Error(), "押せないボタン: 「認証する」") {
		t.Error(err)
	}
}

// TestAPasscodeThatIsRefusedAnewNeedNotArrive where nobody has told how often it is
// issued; one that is not refused must.
func TestAPasscodeThatIsRefusedAnewNeedNotArrive(t *testing.T) {
	press := []string{"ワンタイムパスコードを再発行する"}
	for name, c := range map[string]struct {
		screen driver.Screen
		untold bool
		asked  bool
	}{
		"refused in words":               {driver.Screen{Actions: press, Said: []string{"再発行の上限に達しました"}}, true, false},
		"with the button off":            {driver.Screen{Blocked: press}, true, false},
		"without a button":               {driver.Screen{}, true, false},
		"not refused":                    {driver.Screen{Actions: press}, true, true},
		"said to be sent":                {driver.Screen{Actions: press, Said: []string{"再発行しました。"}}, true, true},
		"refused, though more were told": {driver.Screen{Actions: press, Said: []string{"再発行の上限に達しました"}}, false, true},
	} {
		numbers := actor.SandboxNumbers
		numbers.ReissuesUntold = c.untold
		c.screen.Title = "ワンタイムパスコード認証"
		never := func(string) bool { return false }
		ctx := actor.Enter(t.Context(), &actor.Scene{
			Driver: &shower{screens: []driver.Screen{c.screen}}, Around: silent{}, Numbers: numbers,
			Cast:  map[string]actor.Person{"花子さん": {Called: "花子さん", Phone: "09011112201"}},
			Words: actor.Words{Foreign: true, Printed: never, Mapped: never}})
		if err := actor.OpensHome(ctx, "花子さん"); err != nil {
			t.Fatal(err)
		}
		if err := actor.EntersNth(ctx, "花子さん", 3); err == nil || errors.Is(err, driver.ErrInapplicable) == c.asked {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// silent has nothing for anybody.
type silent struct{ actor.Surroundings }

func (silent) Texts(context.Context, string, string) ([]actor.Message, error) { return nil, nil }

func (silent) NextText(context.Context, string, string, string) (actor.Message, error) {
	return actor.Message{}, client.ErrNothingArrived
}
