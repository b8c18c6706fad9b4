package actor

import (
	"context"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"example.com/netanswer/steps/driver"
)

var (
	amount = regexp.MustCompile(`[0-9][0-9,，]* ?円|[¥￥] ?[0-9][0-9,，]*|\b[0-9]{1,3}(?:,[0-9]{3})+\b`)
	number = regexp.MustCompile(`[0-9][0-9,，]*`)
	points = regexp.MustCompile(`[0-9][0-9,，]* *(?:ポイント|pt\b)`) // which are no money
	// freeDial is the form that the guide prints of the number to be called (p35).
	freeDial = regexp.MustCompile(`0120-?[0-9]{3}-?[0-9]{3}`)
)

// ShowsAmount expects an amount of money on the screen, whatever it is.
func ShowsAmount(ctx context.Context) error {
	a, err := seen(ctx)
	if err != nil {
		return err
	}
	a.scene.found(ctx)
	if !amount.MatchString(points.ReplaceAllLiteralString(a.screen.Text, "")) {
		return fmt.Errorf("画面「%s」に金額がありません", a.screen.Title)
	}
	return nil
}

// ShowsPoints expects the person's points, or whatever number where nobody has
// told how many they are.
func ShowsPoints(ctx context.Context, label, name string) error {
	a, err := act(ctx, name)
	if err != nil {
		return err
	}
	a.scene.found(ctx)
	got := number.FindString(a.valueOf(label))
	if got == "" {
		return fmt.Errorf("画面「%s」の「%s」に数がありません%s", a.screen.Title, label, told(a.screen))
	}
	got = grouped(digits(got))
	if told := a.Cards[a.card].Points; told != "" {
		if want := grouped(digits(number.FindString(told))); want != got {
			return fmt.Errorf("「%s」は「%s」のはずが「%s」です", label, want, marked(want, got))
		}
	}
	return nil
}

func digits(text string) string { return strings.NewReplacer(",", "", "，", "").Replace(text) }

// ShowsFreeDial expects a number of the form 0120-●●●●●●.
func ShowsFreeDial(ctx context.Context, label string) error {
	a, err := seen(ctx)
	if err != nil {
		return err
	}
	a.scene.found(ctx)
	if !freeDial.MatchString(a.valueOf(label)) {
		return fmt.Errorf("画面「%s」の「%s」に、0120-●●●●●● の形の番号がありません", a.screen.Title, label)
	}
	return nil
}

// valueOf is the value at a label; where none is told by itself, the text behind
// the label.
func (a *actor) valueOf(label string) string {
	if value, ok := a.value(label); ok {
		return value
	}
	if _, behind, ok := strings.Cut(a.screen.Text, label); ok && a.scene.Words.Foreign {
		return string([]rune(behind)[:min(len([]rune(behind)), 80)])
	}
	return ""
}

// value is what stands at a label. In which width another team writes a letter or a
// bracket of it is their own.
func (a *actor) value(label string) (string, bool) {
	if value, ok := a.screen.Values[label]; ok || !a.scene.Words.Foreign {
		return value, ok
	}
	fold := a.scene.Words.fold
	for _, written := range slices.Sorted(maps.Keys(a.screen.Values)) {
		if fold(written) == fold(label) {
			return a.screen.Values[written], true
		}
	}
	return "", false
}

// OffersHead expects the first four digits of somebody's card to be on offer.
func OffersHead(ctx context.Context, name, label string) error {
	a, err := seen(ctx)
	if err != nil {
		return err
	}
	a.scene.found(ctx)
	p, known := a.scene.Cast[name]
	if !known || len(p.Cards) == 0 {
		return fmt.Errorf("the cast has no %s with a card", name)
	}
	head, offered := p.Cards[0].Number[:4], slices.Concat(a.screen.Choices[label], a.screen.Choices["頭4桁"])
	if lists, ok := a.session.(driver.Lists); ok && len(offered) == 0 {
		if offered, err = lists.Offered(ctx, label); err != nil {
			return err
		}
	}
	if !slices.Contains(offered, head) {
		return fmt.Errorf("「%s」の選択肢に%sのカードの頭4桁「%s」がありません。あるのは「%s」です", label, name, head, strings.Join(offered, "」「"))
	}
	return nil
}
