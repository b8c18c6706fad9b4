package actor

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"example.com/netanswer/steps/driver"
)

// expectTitle is an error that tells what the person sees instead.
func (a *actor) expectTitle(want string) error {
	if a.screen.Title == want {
		return nil
	}
	if w := a.scene.Words; w.Foreign && !w.Mapped(want) && slices.Contains(ends, want) {
		return a.ended(want)
	}
	if a.scene.Words.Foreign && slices.Contains(standIns[want], a.screen.Title) && (want != "会員ホーム" || a.scene.App) {
		return nil
	}
	if a.scene.Words.Foreign && want == destination && a.screen.Title == pinInput && !textable.MatchString(a.Phone) {
		return nil // nothing is sent to a land line: of its screen the guide draws nothing
	}
	if a.screen.Unknown && !a.scene.Words.Mapped(want) && a.against() == "" {
		return fmt.Errorf(
			"%w: %sの画面「%s」が何かわかりません。案内のどの画面の特徴もなく、titles に「%s」がありません%s",
			driver.ErrUndecidable,
			a.Called,
			a.screen.Title,
			want,
			told(a.screen),
		)
	}
	return fmt.Errorf("%sの画面は「%s」のはずが「%s」です%s", a.Called, want, a.screen.Title, told(a.screen))
}

const (
	destination = "送付先の確認"
	pinInput    = "暗証番号の入力"
)

// textable is a telephone that takes an SMS.
var textable = regexp.MustCompile(`^0[6-9]0`)

// told is what the screen says of itself, for an error.
func told(s driver.Screen) string {
	var parts []string
	if len(s.Messages) > 0 {
		parts = append(parts, "知らせ: "+strings.Join(s.Messages, " / "))
	}
	for label, sentences := range s.Errors {
		parts = append(parts, label+": "+strings.Join(sentences, " / "))
	}
	slices.Sort(parts)
	if len(s.Blocked) > 0 {
		parts = append(parts, "押せないボタン: 「"+strings.Join(s.Blocked, "」「")+"」")
	}
	if len(parts) == 0 {
		return ""
	}
	return "（" + strings.Join(parts, "; ") + "）"
}

// TitleIs expects what the screen is called.
func TitleIs(ctx context.Context, want string) error {
	a, err := seen(ctx)
	if err != nil {
		return err
	}
	if err := a.expectTitle(want); err != nil {
		return err
	}
	a.scene.found(ctx)
	return a.isOver(ctx, want)
}

// HeadingIs expects the main heading.
func HeadingIs(ctx context.Context, want string) error {
	a, err := seen(ctx)
	if err != nil {
		return err
	}
	want, letter := a.scene.Words.demanded(want)
	if !letter {
		return nil
	}
	a.scene.found(ctx)
	if w := a.scene.Words; slices.Contains(a.screen.Headings, want) || w.Foreign && strings.Contains(w.fold(a.screen.Text), w.fold(want)) {
		return nil
	}
	return equal("見出し", want, a.screen.Heading)
}

// ProgressIs expects the step that is marked as the current one.
func ProgressIs(ctx context.Context, want string) error {
	a, err := seen(ctx)
	if err != nil {
		return err
	}
	a.scene.found(ctx)
	return equal("進み具合", want, a.screen.Progress)
}

func equal(what, want, got string) error {
	if want != got {
		return fmt.Errorf("%sは「%s」のはずが「%s」です", what, want, got)
	}
	return nil
}

// Reads expects each sentence somewhere on the screen.
func Reads(ctx context.Context, sentences []string) error {
	a, err := seen(ctx)
	if err != nil {
		return err
	}
	want, err := a.scene.missing(ctx, a.screen.Text, sentences)
	if err != nil || want == "" {
		return err
	}
	return fmt.Errorf("画面「%s」に「%s」がありません。%s", a.screen.Title, want, nearest(a.screen.Text, want))
}

// ReadsTimes expects a sentence so many times on the screen.
func ReadsTimes(ctx context.Context, times int, sentence string) error {
	a, err := seen(ctx)
	if err != nil {
		return err
	}
	a.scene.found(ctx)
	if got := strings.Count(a.scene.Words.fold(a.screen.Text), a.scene.Words.fold(sentence)); got != times {
		return fmt.Errorf("画面「%s」の「%s」は%dか所のはずが%dか所です", a.screen.Title, sentence, times, got)
	}
	return nil
}

// IsTold expects a message about what was just done.
func IsTold(ctx context.Context, want string) error {
	a, err := seen(ctx)
	if err != nil {
		return err
	}
	if w := a.scene.Words; w.Foreign {
		return a.isTold(ctx, want)
	}
	if !slices.ContainsFunc(a.screen.Messages, func(m string) bool { return fold(m) == fold(want) }) {
		return fmt.Errorf("「%s」と知らされるはずが、画面は「%s」です%s", want, a.screen.Title, told(a.screen))
	}
	return nil
}

// IsNotRefused expects neither a message nor an error at a field.
func IsNotRefused(ctx context.Context) error {
	a, err := seen(ctx)
	if err != nil {
		return err
	}
	a.scene.found(ctx)
	if a.scene.Words.Foreign {
		if said := a.complaints(); len(said) > 0 {
			return fmt.Errorf("画面「%s」で断られています（%s）", a.screen.Title, strings.Join(said, " / "))
		}
		return nil
	}
	if said := told(a.screen); said != "" {
		return fmt.Errorf("画面「%s」で断られています%s", a.screen.Title, said)
	}
	return nil
}

// FieldSays expects sentences at fields: each row is a label and a sentence.
func FieldSays(ctx context.Context, rows [][2]string) error {
	a, err := seen(ctx)
	if err != nil {
		return err
	}
	for _, row := range rows {
		if a.scene.Words.Foreign {
			if err := a.fieldSays(ctx, row[0], row[1]); err != nil {
				return err
			}
			continue
		}
		if !slices.Contains(a.screen.Errors[row[0]], row[1]) {
			return fmt.Errorf("「%s」の欄に「%s」と示されるはずが、画面は「%s」です%s", row[0], row[1], a.screen.Title, told(a.screen))
		}
	}
	return nil
}

// Shows expects values by their labels.
func Shows(ctx context.Context, rows [][2]string) error {
	a, err := seen(ctx)
	if err != nil {
		return err
	}
	for _, row := range rows {
		want, err := Value(ctx, row[1])
		if err != nil {
			return err
		}
		a.scene.found(ctx)
		if w := a.scene.Words; w.Foreign {
			if err := a.shows(row[0], row[1], want); err != nil {
				return err
			}
			continue
		}
		got, ok := a.screen.Values[row[0]]
		if !ok {
			return fmt.Errorf("画面「%s」に「%s」がありません%s", a.screen.Title, row[0], told(a.screen))
		}
		if got != want {
			return fmt.Errorf("「%s」は「%s」のはずが「%s」です", row[0], want, marked(want, got))
		}
	}
	return nil
}

// CanWrite expects fields by their names.
func CanWrite(ctx context.Context, names []string) error {
	a, err := seen(ctx)
	if err != nil {
		return err
	}
	if names = a.scene.printed(names); len(names) > 0 {
		a.scene.found(ctx)
	}
	return a.has("欄", a.screen.Fields, names)
}

// CanPress expects buttons or links by their names.
func CanPress(ctx context.Context, names ...string) error {
	a, err := seen(ctx)
	if err != nil {
		return err
	}
	if names = a.scene.printed(names); len(names) > 0 {
		a.scene.found(ctx)
	}
	there := slices.Concat(a.screen.Actions, a.screen.Blocked)
	if a.scene.Words.Foreign { // to who cannot see it a sign may be told by what it is for
		names = slices.DeleteFunc(slices.Clone(names), func(name string) bool { return sign(name) && among(there, name) })
	}
	return a.has("ボタンまたはリンク", there, names)
}

// sign tells whether a name has no letter or digit in it, as that of a ? has not.
func sign(name string) bool {
	return !strings.ContainsFunc(name, func(c rune) bool { return unicode.IsLetter(c) || unicode.IsDigit(c) })
}

// among tells whether one of some names has a sign in it.
func among(names []string, sign string) bool {
	return slices.ContainsFunc(names, func(name string) bool { return strings.Contains(name, sign) })
}

// CannotPress expects no button or link of that name.
func CannotPress(ctx context.Context, name string) error {
	a, err := seen(ctx)
	if err != nil {
		return err
	}
	a.scene.found(ctx)
	if slices.Contains(a.screen.Actions, name) {
		return fmt.Errorf("画面「%s」にボタンまたはリンク「%s」があります", a.screen.Title, name)
	}
	return nil
}

func (a *actor) has(what string, there, wanted []string) error {
	for _, name := range wanted {
		if !slices.Contains(there, name) && !(a.scene.Words.Foreign && listed(there, name)) {
			return fmt.Errorf("画面「%s」に%s「%s」がありません: %s", a.screen.Title, what, name, strings.Join(there, "、"))
		}
	}
	return nil
}

// FieldSaysOnly expects just these sentences at a field, in whatever order.
func FieldSaysOnly(ctx context.Context, label string, sentences []string) error {
	a, err := seen(ctx)
	if err != nil {
		return err
	}
	if a.scene.Words.Foreign {
		return a.fieldSaysOnly(ctx, label, sentences)
	}
	got, want := slices.Clone(a.screen.Errors[label]), slices.Clone(sentences)
	slices.Sort(got)
	slices.Sort(want)
	if !slices.Equal(got, want) {
		return fmt.Errorf(
			"「%s」の欄に示されるのは「%s」だけのはずが、画面「%s」では「%s」です",
			label,
			strings.Join(sentences, " / "),
			a.screen.Title,
			strings.Join(a.screen.Errors[label], " / "),
		)
	}
	return nil
}

// HasPicture expects a picture by what it says to who cannot see it.
func HasPicture(ctx context.Context, name string) error {
	a, err := seen(ctx)
	if err != nil {
		return err
	}
	a.scene.found(ctx)
	return a.has("図", a.screen.Pictures, []string{name})
}

// spot is where a button or link stands on the screen that was seen last.
func spot(ctx context.Context, name string) (driver.Spot, error) {
	a, err := seen(ctx)
	if err != nil {
		return driver.Spot{}, err
	}
	_, eyes, err := look(ctx, a.Called)
	if err != nil {
		return driver.Spot{}, err
	}
	return eyes.Spot(ctx, name)
}

// StandsAtLowerRight expects a button or link at the lower right of the screen.
func StandsAtLowerRight(ctx context.Context, name string) error {
	at, err := spot(ctx, name)
	judges(ctx)
	if err == nil && (at.Right < 2./3 || at.Down < 2./3) {
		return fmt.Errorf("「%s」は画面の右下のはずが、左から%.0f%%、上から%.0f%%にあります", name, 100*at.Right, 100*at.Down)
	}
	return err
}

// StandsAtFoot expects a button or link in the last third of the page.
func StandsAtFoot(ctx context.Context, name string) error {
	at, err := spot(ctx, name)
	judges(ctx)
	if err == nil && at.Page < 2./3 {
		return fmt.Errorf("「%s」はページの下部のはずが、上から%.0f%%にあります", name, 100*at.Page)
	}
	return err
}

// Shown is the screen before the person spoken of last, for steps of one's own.
func Shown(ctx context.Context) (driver.Screen, error) {
	a, err := seen(ctx)
	if err != nil {
		return driver.Screen{}, err
	}
	return a.screen, nil
}

// DoesNotRead expects a text nowhere on the screen.
func DoesNotRead(ctx context.Context, text string) error {
	a, err := seen(ctx)
	if err != nil {
		return err
	}
	if text, err = Value(ctx, text); err != nil {
		return err
	}
	a.scene.found(ctx)
	if strings.Contains(a.scene.Words.fold(a.screen.Text), a.scene.Words.fold(text)) {
		return fmt.Errorf("画面「%s」に「%s」とあります", a.screen.Title, text)
	}
	return nil
}
