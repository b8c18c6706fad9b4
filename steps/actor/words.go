package actor

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"example.com/netanswer/steps/driver"
)

// Words tell whose a sentence of a scenario is: the guide's, which everybody
// must say to the letter; the implementation's own, which the scenario has as
// the sandbox words it and which another may word as it likes; or the sandbox's
// alone. The zero value is the sandbox's own, where all is to the letter.
type Words struct {
	// Foreign tells that it is not the sandbox that is tried.
	Foreign bool
	// Printed tells whether the guide prints a sentence.
	Printed func(string) bool
	// Own are the implementation's own sentences where it has told them; "" for
	// one that it has not.
	Own func(string) string
	// Refusal tells whether a sentence that is not printed refuses something.
	Refusal func(string) bool
	// Ours tells whether a sentence is one of the sandbox's that is not printed.
	Ours func(string) bool
	// Mapped tells of a screen whether it is told how it is recognised.
	Mapped func(title string) bool
}

// prints tells whether the guide prints a sentence; of our own sandbox nobody asks.
func (w Words) prints(sentence string) bool { return w.Printed != nil && w.Printed(sentence) }

// demanded is what a sentence of a scenario demands to the letter. False: its
// meaning alone is demanded.
func (w Words) demanded(sentence string) (string, bool) {
	switch {
	case !w.Foreign || w.prints(sentence):
		return sentence, true
	case w.Own != nil && w.Own(sentence) != "":
		return w.Own(sentence), true
	}
	return "", false
}

type expectingKey struct{}

// Expecting is the context of a step that says what must be so. What such steps
// find out is counted: a scenario of which nothing was found out proves nothing.
func Expecting(ctx context.Context) context.Context {
	return context.WithValue(ctx, expectingKey{}, true)
}

// Doing is the context of a step that does something.
func Doing(ctx context.Context) context.Context { return context.WithValue(ctx, expectingKey{}, nil) }

// found notes that something was found out.
func (s *Scene) found(ctx context.Context) {
	if ctx.Value(expectingKey{}) != nil {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.judged++
	}
}

// meant notes that a sentence of the scenario was held to its meaning only.
func (s *Scene) meant(sentence string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.loose = append(s.loose, sentence)
}

// printed are those of some names that are demanded of whatever is tried.
func (s *Scene) printed(names []string) (demanded []string) {
	for _, name := range names {
		if want, letter := s.Words.demanded(name); letter {
			demanded = append(demanded, want)
		} else {
			s.meant(name)
		}
	}
	return demanded
}

// judges notes that something was found out, where a scene is.
func judges(ctx context.Context) {
	if s, err := In(ctx); err == nil {
		s.found(ctx)
	}
}

// Idle tells why a scenario that has passed has proved nothing, nil if it has.
func (s *Scene) Idle() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.Words.Foreign || s.judged > 0 || len(s.loose) == 0 { // steps of a team's own find out for themselves
		return nil
	}
	return fmt.Errorf("%w: ガイドがその画面に示していない文です（「%s」）。たずねるには texts: {%s: …}", driver.ErrInapplicable, s.loose[0], s.loose[0])
}

// refused tells whether the screen says in whatever words that what was done is
// not accepted: at the field of that label, "" for any, or as a whole.
func (a *actor) refused(label string) error {
	s := a.screen
	if _, letter := a.scene.Words.demanded(label); !letter {
		label = "" // how the field is called is its own
	}
	said := len(refusing(s.Messages)) > 0 || len(refusing(s.Said)) > 0
	if len(s.Errors[label]) > 0 || len(s.Errors) == 0 && said || len(s.Blocked) > 0 {
		return nil
	}
	if a.scene.Words.Foreign && slices.Contains(ofCard, label) { // which of them is wrong need not be told
		for _, of := range ofCard {
			if len(s.Errors[of]) > 0 {
				return nil
			}
		}
	}
	if label == "" && (len(s.Errors) > 0 || said || a.scene.Words.Foreign && a.isEnd()) {
		return nil
	}
	if len(s.Errors) > 0 {
		return fmt.Errorf("「%s」が断られるはずが、断られたのは「%s」です%s", label, strings.Join(slices.Sorted(maps.Keys(s.Errors)), "」「"), told(s))
	}
	what := "入力"
	if label != "" {
		what = "「" + label + "」"
	}
	return cmp.Or(a.tookNoMore(), fmt.Errorf("%sが断られるはずが、画面「%s」は何も断っていません", what, s.Title))
}

// tookNoMore is why nothing needs to be refused: what was to be too long could not be
// written. nil where all was written.
func (a *actor) tookNoMore() error {
	if len(a.screen.Cut) == 0 {
		return nil
	}
	return fmt.Errorf("%w: 「%s」の欄には初めの部分しか入らず、長すぎる内容を送れません", driver.ErrInapplicable, strings.Join(a.screen.Cut, "」「"))
}

// isEnd tells whether the screen is one on which a registration is over: what is
// tried after that is refused by there being no way to try it.
func (a *actor) isEnd() bool {
	return slices.Contains(ends, a.screen.Title) || a.screen.Unknown && a.against() != ""
}

// ofCard are the fields of a card.
var ofCard = []string{"クレジットカード番号", "カード番号", "有効期限", "セキュリティコード"}

// stayed tells whether the person was led no further than they were.
func (a *actor) stayed() error {
	if slices.Contains(ends, a.screen.Title) || a.screen.Title == a.before || !goesOn(a.before, a.screen.Title) {
		return nil
	}
	return cmp.Or(a.tookNoMore(), fmt.Errorf("%sは「%s」に留まるはずが「%s」へ進みました", a.Called, a.before, a.screen.Title))
}

// GotNoFurther expects a screen that is before no later one than named: on the
// sandbox the one that is named.
func GotNoFurther(ctx context.Context, name, title string) error {
	a, err := act(ctx, name)
	if err != nil {
		return err
	}
	if !a.scene.Words.Foreign {
		return a.expectTitle(title)
	}
	a.scene.found(ctx)
	if goesOn(title, a.screen.Title) {
		return fmt.Errorf("%sは「%s」より先へ進めないはずが「%s」へ進みました", name, title, a.screen.Title)
	}
	return nil
}

// ways are the screens of a registration in their order, on the web and in the
// app: who is refused gets no further.
var ways = [][]string{
	{"入力", "確認", "ワンタイムパスコード認証", "完了", "会員ホーム"},
	{"入力", "確認", "電話番号認証", "完了", "会員ホーム"},
	{"ログイン", "会員ホーム"},
	{"カードの選択", "ご登録のはじめに", "カード情報の入力", "送付先の確認", "ワンタイムパスコードの入力", "メール設定", "Netアンサーパスワードの設定",
		"利用規約の確認", "登録完了", "ウォレットの設定", "ホーム", "明細"},
	{"送付先の確認", "暗証番号の入力", "メール設定", "Netアンサーパスワードの設定", "利用規約の確認", "登録完了"},
}

// ends are screens that the guide tells of and does not draw. Where nobody has
// said how they are recognised, they are known by that nothing goes on.
var ends = []string{"有効期限切れ", "受付停止", "認証不可"}

// goesOn tells whether one screen comes after another.
func goesOn(from, to string) bool {
	for _, way := range ways {
		if i, k := slices.Index(way, from), slices.Index(way, to); i >= 0 && k > i {
			return true
		}
	}
	return false
}

// ended expects an end that the guide does not draw: nothing goes on, and the
// person is told so.
func (a *actor) ended(want string) error {
	if slices.Contains([]string{"完了", "登録完了", "会員ホーム", "ホーム"}, a.screen.Title) {
		return fmt.Errorf("%sの手続きは終わる（%s）はずが「%s」へ進みました", a.Called, want, a.screen.Title)
	}
	if err := a.stayed(); err != nil {
		return err
	}
	if want == "認証不可" {
		if err := a.toldDesk(); err != nil {
			return err
		}
	}
	if a.screen.Title == a.before && !a.looked { // who has only looked may be told when they go on
		return a.refused("")
	}
	return nil
}

// toldDesk expects the screen to say how the desk is reached (p35): by telephone, by
// mail, or by a link.
func (a *actor) toldDesk() error {
	switch s := a.screen; {
	case !strings.Contains(s.Text, "認証デスク"):
		return fmt.Errorf("%sの画面「%s」に「認証デスク」がありません", a.Called, s.Title)
	case !contact.MatchString(s.Text) && !slices.ContainsFunc(s.Actions, func(name string) bool { return strings.Contains(name, "認証デスク") }):
		return fmt.Errorf("%sの画面「%s」に「認証デスク」の連絡先がありません", a.Called, s.Title)
	}
	return nil
}

// contact is a telephone number, whatever is between its digits, or a mail address.
var contact = regexp.MustCompile(`[0０][\d０-９]{1,4}[-‐–−ー（()） ]?[\d０-９]{1,4}[-‐–−ー（()） ]?[\d０-９]{3,4}|\S+@\S+\.\S+`)

// reference is how a scenario names what is somebody's, alone or in 『』 within a
// sentence.
var (
	reference = regexp.MustCompile(
		`^(\S+?さん)の(2枚目の)?(カード番号|有効期限|セキュリティコード|暗証番号|電話番号|登録のメールアドレス|メールアドレス|NetアンサーID|パスワード|ポイント)` +
			`(を伏せた形|を区切った形|より1桁少ない番号|の1桁足りない形|の途中の4桁を全角にしたもの|の途中の4桁が全角の形|に1桁加えた番号|に1桁加えた形|` +
			`と1文字違うもの|の1文字違う形|と\d+桁目だけが違うもの|の\d+桁目が違う形|の月が違う形|と終わりの4桁だけが同じもの|を大文字で始めたもの|を大文字で始めた形)?$`,
	)
	embedded = regexp.MustCompile(`『([^』]*)』`)
)
