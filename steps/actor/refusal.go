package actor

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"example.com/netanswer/steps/driver"
)

// What another implementation says is not known to the suite. It is known only
// what the guide prints beside its steps, and what no refusal is worded like.

var (
	// done is what says that something was done, as that a passcode was sent.
	done = regexp.MustCompile(`(送信|送り|送付|再送|発行|保存|更新|登録|認証|受け?付け?|完了|成功)[^。]{0,8}(ました|ております|です|。|$)`)
	// not is what a refusal has in it, even if something else was done.
	not = regexp.MustCompile(`ません|すでに|既に|ない|違|誤|正しく|エラー|失敗|無効|切れ|過ぎ|超え|上限|残り|あと|できかね|不正|必須|(入力|選択|確認|やり直)(し|して)?(直)?(し)?て?ください`)
)

// refusing are the lines that can be taken for a refusal: not those that only say
// that something was done.
func refusing(lines []string) []string {
	return slices.DeleteFunc(slices.Clone(lines), func(line string) bool { return done.MatchString(line) && !not.MatchString(line) })
}

// complaints are what a screen of another implementation says against what was
// done: at fields, in messages that have just come, in dialogs. A notice that
// the guide prints, or that stood there before, is none.
func (a *actor) complaints() (all []string) {
	for _, said := range a.screen.Errors {
		all = append(all, said...)
	}
	for _, m := range refusing(a.screen.Messages) {
		notice := a.scene.Words.prints(m) && !slices.Contains(refusals, m)
		if !notice && (a.screen.Said == nil && not.MatchString(m) || slices.Contains(a.screen.Said, m)) {
			all = append(all, m)
		}
	}
	return all
}

// over is what a screen is called on which nothing goes on.
var over = regexp.MustCompile(
	`切れ|(回数|上限)を?超え|(期限|時間|期間)[^。]{0,12}過ぎ|停止|中止|(ため|ので|より)[^。]*終了|不可|できません|ありません|失敗|エラー|最初から|(初め|はじめ)から`)

// against is what a screen that nobody knows says of itself that makes it none of
// those that a registration goes on with; "" where it says nothing of the kind.
func (a *actor) against() string {
	for _, said := range slices.Concat([]string{a.screen.Title}, a.screen.Headings, a.screen.Messages, a.screen.Said) {
		if over.MatchString(said) && !a.scene.Words.prints(said) {
			return said
		}
	}
	return ""
}

// isOver tries an end that another implementation does not show by another screen:
// whoever goes on, rightly, must be led no further, and be told so. The person sees
// what was seen before.
func (a *actor) isOver(ctx context.Context, end string) error {
	if !a.scene.Words.Foreign || !slices.Contains(ends, end) || a.screen.Title != a.before {
		return nil
	}
	onward := a.onward()
	switch {
	case onward == nil && a.looked:
		return fmt.Errorf("%w: 画面「%s」のままで、終わったかどうかを見分けられません", driver.ErrInapplicable, a.screen.Title)
	case onward == nil:
		return nil
	}
	screen, err := onward(ctx)
	if err != nil {
		return nil // what cannot be done any more is over
	}
	if goesOn(a.screen.Title, screen.Title) {
		return fmt.Errorf("%sの手続きは終わる（%s）はずが、画面「%s」で続けると「%s」へ進みました", a.Called, end, a.screen.Title, screen.Title)
	}
	if !a.looked || screen.Title != a.screen.Title {
		return nil
	}
	before := a.screen
	a.screen = screen
	err = a.refused("")
	a.screen = before
	return err
}

// onward is how the person goes on where they are, nil where nothing leads on that is
// part of a registration begun before.
func (a *actor) onward() func(context.Context) (driver.Screen, error) {
	app, inApp := a.session.(driver.App)
	switch title := a.screen.Title; {
	case title == "確認":
		return a.session.Proceed
	case title == "電話番号認証":
		return a.callsAndFinishes
	case slices.Contains([]string{"ワンタイムパスコード認証", "ワンタイムパスコードの入力"}, title) && len(a.got) > 0:
		return func(ctx context.Context) (driver.Screen, error) {
			return a.session.EnterPasscode(ctx, a.got[len(a.got)-1].Passcode)
		}
	case !inApp:
		return nil
	case title == "送付先の確認":
		return app.RequestPasscode
	case title == "暗証番号の入力":
		return func(ctx context.Context) (driver.Screen, error) { return app.EnterPIN(ctx, a.Cards[a.card].PIN) }
	case title == "メール設定":
		return func(ctx context.Context) (driver.Screen, error) { return app.SubmitEmail(ctx, a.address()) }
	case title == "Netアンサーパスワードの設定":
		return func(ctx context.Context) (driver.Screen, error) { return app.SubmitPassword(ctx, a.Password) }
	case title == "利用規約の確認":
		return func(ctx context.Context) (driver.Screen, error) { return app.Agree(ctx, true) }
	}
	return nil
}

// callsAndFinishes goes on as who has been asked for a call does: without one it is
// refused whether or not the time for it is over. Where nobody can call, the button
// alone is pressed.
func (a *actor) callsAndFinishes(ctx context.Context) (driver.Screen, error) {
	_, err := a.scene.Around.PlaceCall(ctx, a.scene.World.Name, Dial{From: a.Phone, Listen: "all"})
	if err != nil && !errors.Is(err, driver.ErrInapplicable) {
		return driver.Screen{}, err
	}
	return a.session.FinishCall(ctx)
}

// variants are other ways in which the guide prints a name.
var variants = map[string][]string{
	"Netアンサーログイン":    {"Netアンサー"},
	"規約に同意して確認画面に進む": {"規約に同意して確認画面へ"},
}

// listed tells whether a name of the guide's is among those of another
// implementation, in whatever width its letters are.
func listed(there []string, name string) bool {
	for _, way := range append([]string{name}, variants[name]...) {
		if slices.ContainsFunc(there, func(other string) bool { return level(other) == level(way) }) {
			return true
		}
	}
	return false
}

// level is a text without what two people who copy the same page may write
// otherwise: white space, the width of letters and signs, the kind of a dash, and the one word
// that the guide itself writes in two ways.
func level(text string) string {
	return strings.ReplaceAll(strings.Map(narrow, fold(text)), "英文文字", "英文字") // p29 prints both for the same field (p30)
}

// fold is the text as it is compared: on the sandbox to the letter, but for white space.
func (w Words) fold(text string) string {
	if w.Foreign {
		return level(text)
	}
	return fold(text)
}

func narrow(r rune) rune {
	switch {
	case r >= '！' && r <= '～':
		return r - '！' + '!'
	case r == '〜':
		return '~'
	case strings.ContainsRune("‐‑–—−", r):
		return '-'
	}
	return r
}
