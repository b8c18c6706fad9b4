package actor

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"example.com/netanswer/steps/driver"
)

// expectTitle is an error that tells what the person sees instead.
func (a *actor) expectTitle(want string) error {
	if a.screen.Title == want {
		return nil
	}
	return fmt.Errorf("%sの画面は「%s」のはずが「%s」です%s", a.Called, want, a.screen.Title, told(a.screen))
}

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
	return a.expectTitle(want)
}

// HeadingIs expects the main heading.
func HeadingIs(ctx context.Context, want string) error {
	a, err := seen(ctx)
	if err != nil {
		return err
	}
	return equal("見出し", want, a.screen.Heading)
}

// ProgressIs expects the step that is marked as the current one.
func ProgressIs(ctx context.Context, want string) error {
	a, err := seen(ctx)
	if err != nil {
		return err
	}
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
	text := fold(a.screen.Text)
	for _, sentence := range sentences {
		if !strings.Contains(text, fold(sentence)) {
			return fmt.Errorf("画面「%s」に「%s」がありません。画面の文: %s", a.screen.Title, sentence, a.screen.Text)
		}
	}
	return nil
}

// fold takes white space out of the comparison: how lines break is not a promise.
func fold(s string) string { return strings.Join(strings.Fields(s), "") }

// IsTold expects a message about what was just done.
func IsTold(ctx context.Context, want string) error {
	a, err := seen(ctx)
	if err != nil {
		return err
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
		got, ok := a.screen.Values[row[0]]
		if !ok {
			return fmt.Errorf("画面「%s」に「%s」がありません%s", a.screen.Title, row[0], told(a.screen))
		}
		if got != row[1] {
			return fmt.Errorf("「%s」は「%s」のはずが「%s」です", row[0], row[1], got)
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
	return has("欄", a.screen.Title, a.screen.Fields, names)
}

// CanPress expects buttons or links by their names.
func CanPress(ctx context.Context, names ...string) error {
	a, err := seen(ctx)
	if err != nil {
		return err
	}
	return has("ボタンまたはリンク", a.screen.Title, a.screen.Actions, names)
}

// CannotPress expects no button or link of that name.
func CannotPress(ctx context.Context, name string) error {
	a, err := seen(ctx)
	if err != nil {
		return err
	}
	if slices.Contains(a.screen.Actions, name) {
		return fmt.Errorf("画面「%s」にボタンまたはリンク「%s」があります", a.screen.Title, name)
	}
	return nil
}

func has(what, title string, there, wanted []string) error {
	for _, name := range wanted {
		if !slices.Contains(there, name) {
			return fmt.Errorf("画面「%s」に%s「%s」がありません: %s", title, what, name, strings.Join(there, "、"))
		}
	}
	return nil
}

// Offers expects choices by the label of what is chosen.
func Offers(ctx context.Context, label string, choices []string) error {
	a, err := seen(ctx)
	if err != nil {
		return err
	}
	for _, choice := range choices {
		if !slices.Contains(a.screen.Choices[label], choice) {
			return fmt.Errorf("「%s」の選択肢に「%s」がありません: %v", label, choice, a.screen.Choices[label])
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
	got, want := slices.Clone(a.screen.Errors[label]), slices.Clone(sentences)
	slices.Sort(got)
	slices.Sort(want)
	if !slices.Equal(got, want) {
		return fmt.Errorf("「%s」の欄に示されるのは「%s」だけのはずが、画面「%s」では「%s」です", label, strings.Join(sentences, " / "), a.screen.Title, strings.Join(a.screen.Errors[label], " / "))
	}
	return nil
}

// HasPicture expects a picture by what it says to who cannot see it.
func HasPicture(ctx context.Context, name string) error {
	a, err := seen(ctx)
	if err != nil {
		return err
	}
	return has("図", a.screen.Title, a.screen.Pictures, []string{name})
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
	if err == nil && (at.Right < 2./3 || at.Down < 2./3) {
		return fmt.Errorf("「%s」は画面の右下のはずが、左から%.0f%%、上から%.0f%%にあります", name, 100*at.Right, 100*at.Down)
	}
	return err
}

// StandsAtFoot expects a button or link in the last third of the page.
func StandsAtFoot(ctx context.Context, name string) error {
	at, err := spot(ctx, name)
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
	if strings.Contains(fold(a.screen.Text), fold(text)) {
		return fmt.Errorf("画面「%s」に「%s」とあります", a.screen.Title, text)
	}
	return nil
}
