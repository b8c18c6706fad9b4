package actor

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"
)

// standIns are screens that an implementation may have in the place of one that
// the guide does not draw.
var standIns = map[string][]string{"セゾンPortalアプリ": {"App Store", "Google Play"}, "会員ホーム": {"ホーム", "ウォレットの設定"},
	// The guide names one end where nothing can be confirmed, and of what is too old only
	// that one begins anew: whoever is led to the beginning at once has.
	"受付停止": {"認証不可"}, "有効期限切れ": {"カードの選択", "ご登録のはじめに", "ログイン"}}

// isTold expects of a foreign implementation a sentence of the guide's to be
// read, and a refusal to be one in whatever words.
func (a *actor) isTold(ctx context.Context, sentence string) error {
	if want, letter := a.scene.Words.demanded(sentence); letter {
		a.scene.found(ctx)
		if !strings.Contains(a.scene.Words.fold(a.screen.Text), a.scene.Words.fold(want)) {
			return fmt.Errorf("「%s」と知らされるはずが、画面は「%s」です%s", want, a.screen.Title, told(a.screen))
		}
		return nil
	}
	a.scene.meant(sentence)
	if !a.scene.Words.Refusal(sentence) {
		return nil
	}
	a.scene.found(ctx)
	if err := a.stayed(); err != nil {
		return err
	}
	return cmp.Or(a.refused(""), a.tellsRemaining(sentence))
}

// saysOnly expects of a foreign implementation the sentences, and none of those
// that the guide prints for passwords besides.
func (a *actor) saysOnly(ctx context.Context, sentences []string) error {
	for _, sentence := range sentences {
		if err := a.isTold(ctx, sentence); err != nil {
			return err
		}
	}
	return a.saysNoOther(sentences)
}

// IsRefusedAt expects what was done to be refused, at a field or as a whole, in
// whatever words, and to have led nowhere.
func IsRefusedAt(ctx context.Context, label string) error {
	a, err := seen(ctx)
	if err != nil {
		return err
	}
	a.scene.found(ctx)
	if err := a.stayed(); err != nil {
		return err
	}
	return a.refused(label)
}

// fieldSays expects of a foreign implementation that what was done is refused,
// apart from how it says so, and the guide's sentence where it is the guide's.
func (a *actor) fieldSays(ctx context.Context, label, sentence string) error {
	if err := IsRefusedAt(ctx, label); err != nil {
		return err
	}
	want, letter := a.scene.Words.demanded(sentence)
	if !letter {
		a.scene.meant(sentence)
		return a.tellsRemaining(sentence)
	}
	if !strings.Contains(a.scene.Words.fold(a.screen.Text), a.scene.Words.fold(want)) {
		return fmt.Errorf("断られましたが、「%s」の欄に「%s」とありません%s", label, want, told(a.screen))
	}
	return nil
}

// shows expects a value of a foreign implementation: at the label where that is
// the guide's, else wherever it stands. What the scenario words of its own is
// only expected to differ from what the guide prints.
func (a *actor) shows(label, written, want string) error {
	_, named := a.scene.Words.demanded(label)
	got, ok := a.value(label)
	switch {
	case a.scene.Words.Ours(written):
		if ok && got != "" && !a.scene.Words.Printed(got) {
			return nil
		}
		return fmt.Errorf("「%s」は「%s」にあたることのはずが「%s」です", label, written, got)
	case strings.HasSuffix(written, "ポイント") && reference.MatchString(written): // how a number is grouped is its own
		if digits(number.FindString(a.valueOf(label))) == digits(number.FindString(want)) {
			return nil
		}
		return fmt.Errorf("「%s」は「%s」のはずが「%s」です", label, want, got)
	case named && ok && strings.HasSuffix(written, "カード番号を伏せた形") && reference.MatchString(written) && a.maskedAlike(written, want, got):
		return nil
	case named && ok && label == "セキュリティコード" && veiled(want, got): // whether it is shown is its own
		return nil
	case named && ok && alike(want, got):
		return nil
	case named && ok:
		return fmt.Errorf("「%s」は「%s」のはずが「%s」です", label, want, marked(want, got))
	case strings.Contains(a.scene.Words.fold(a.screen.Text), a.scene.Words.fold(want)) && want != "",
		a.scene.App && showsPhone(a.scene.Words.fold(a.screen.Text), want):
		return nil
	case named:
		return fmt.Errorf("画面「%s」に「%s」がありません%s", a.screen.Title, label, told(a.screen))
	}
	return fmt.Errorf("画面「%s」のどこにも「%s」がありません", a.screen.Title, want)
}

// alike tells whether a value is shown with no more than white space, or more
// stars than the guide draws of a password, between.
func alike(want, got string) bool {
	if strings.Trim(want, "*") == "" && want != "" {
		return strings.Trim(got, "*●•・") == "" && got != ""
	}
	return level(want) == level(got)
}

// veiled tells whether a value is hidden, sign by sign.
func veiled(want, got string) bool {
	return strings.Trim(got, "*●•・＊") == "" && utf8.RuneCountInString(got) == utf8.RuneCountInString(want)
}

// maskedAlike tells whether a card number is hidden as the guide draws it. The guide
// draws one of three digits at the end, 0000-00**-****-000: where the number itself
// ends with four, the fourth may be shown.
func (a *actor) maskedAlike(written, want, got string) bool {
	want, got = level(want), level(got)
	if want == got {
		return true
	}
	number, err := a.scene.value(strings.TrimSuffix(written, "を伏せた形"))
	at := strings.LastIndex(want, "-") + 1
	return err == nil && len(number) == 16 && got == want[:at]+number[12:]
}

// refusals are the sentences that the guide prints for passwords, of which only
// those that apply may be shown.
var refusals = []string{"半角英字を含めてください", "半角数字を含めてください", "半角英数字および記号(-=@_のみ)で入力してください", "8～16文字でご入力ください"}

// fieldSaysOnly expects of a foreign implementation the guide's sentences, and
// none of the guide's others where its errors are told at the field.
func (a *actor) fieldSaysOnly(ctx context.Context, label string, sentences []string) error {
	for _, sentence := range sentences {
		if err := a.fieldSays(ctx, label, sentence); err != nil {
			return err
		}
	}
	return a.saysNoOther(sentences)
}

// saysNoOther expects none of the guide's sentences for passwords but these.
func (a *actor) saysNoOther(sentences []string) error {
	said := strings.Join(slices.Concat(slices.Concat(slices.Collect(maps.Values(a.screen.Errors))...), a.screen.Messages), "\n")
	for _, other := range refusals {
		if !slices.Contains(sentences, other) && strings.Contains(a.scene.Words.fold(said), a.scene.Words.fold(other)) {
			return fmt.Errorf("画面「%s」に、あてはまらない「%s」とあります", a.screen.Title, other)
		}
	}
	return nil
}
