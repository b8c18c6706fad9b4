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

// summaryHeading stands above the refusals of a form and is none itself.
const summaryHeading = "ご入力内容をご確認ください"

// SaysOnly expects just these sentences to be said of what was done, wherever they
// stand.
func SaysOnly(ctx context.Context, sentences []string) error {
	a, err := seen(ctx)
	if err != nil {
		return err
	}
	if a.scene.Words.Foreign {
		return a.saysOnly(ctx, sentences)
	}
	got := map[string]string{}
	for _, m := range a.screen.Messages {
		got[fold(m)] = m
	}
	for _, errors := range a.screen.Errors {
		for _, m := range errors {
			got[fold(m)] = m
		}
	}
	delete(got, fold(summaryHeading))
	for _, s := range sentences {
		if _, ok := got[fold(s)]; !ok {
			return fmt.Errorf("「%s」と知らされるはずが、画面は「%s」です%s", s, a.screen.Title, told(a.screen))
		}
		delete(got, fold(s))
	}
	for _, m := range got {
		return fmt.Errorf("ほかに「%s」と知らされています。画面は「%s」です%s", m, a.screen.Title, told(a.screen))
	}
	return nil
}

// DoesNotShow expects no value by a label.
func DoesNotShow(ctx context.Context, label string) error {
	a, err := seen(ctx)
	if err != nil {
		return err
	}
	a.scene.found(ctx)
	got, _ := a.value(label)
	if w := a.scene.Words; w.Foreign {
		got = ""
		for _, written := range slices.Sorted(maps.Keys(a.screen.Values)) {
			// It may say there that there is nothing, and the name may be longer.
			if value := a.screen.Values[written]; strings.Contains(w.fold(written), w.fold(label)) && strings.ContainsAny(value, "@0123456789") {
				got = value
			}
		}
	}
	if got != "" {
		return fmt.Errorf("画面「%s」の「%s」に「%s」があります", a.screen.Title, label, got)
	}
	return nil
}

// TitleIsNot expects another screen.
func TitleIsNot(ctx context.Context, title string) error {
	a, err := seen(ctx)
	if err != nil {
		return err
	}
	a.scene.found(ctx)
	if a.screen.Title == title {
		return fmt.Errorf("画面は「%s」です", title)
	}
	return nil
}

// IsLed expects a way to somewhere else: a link to it, or to be there already, as the
// guide does not say which.
func IsLed(ctx context.Context, link, title string) error {
	a, err := seen(ctx)
	if err != nil {
		return err
	}
	if a.screen.Title == title {
		a.scene.found(ctx)
		return nil
	}
	return CanPress(ctx, link)
}

// ReadsBeforeEntry expects sentences that the guide prints before the registration
// begins: on the sandbox's screen, and of another implementation there or on the way to
// where something is entered, as the guide names no screen for them.
func ReadsBeforeEntry(ctx context.Context, sentences []string) error {
	a, err := seen(ctx)
	if err != nil {
		return err
	}
	at, text := a.screen.Title, a.screen.Text
	want, err := a.scene.missing(ctx, text, sentences)
	if err != nil || want == "" || !a.scene.Words.Foreign {
		return cmp.Or(err, Reads(ctx, sentences))
	}
	way := []func(context.Context, string) error{OpensForm}
	if a.scene.App {
		way = []func(context.Context, string) error{ReachesEntrance, BeginsInApp}
	}
	for _, on := range way {
		if on(ctx, a.Called) != nil {
			break // where it goes on is asked by other scenarios
		}
		text += "\n" + a.screen.Text
		if want, err = a.scene.missing(ctx, text, sentences); err != nil || want == "" {
			return err
		}
	}
	return fmt.Errorf("画面「%s」から入力の画面までのどこにも、「%s」がありません。%s", at, want, nearest(text, want))
}

// purchaseForm is a line of a statement: its date, where, how much.
var purchaseForm = regexp.MustCompile(`(\d{4})[-/年](\d{1,2})[-/月](\d{1,2})日?\s*([^\d\s][^\d]*?)\s*(-?[\d,]+)(?:\s*円|[^\d/,-]|$)`)

// ListsPurchases expects just these lines of the statement, in this order: rows of
// a date, where, and how much.
func ListsPurchases(ctx context.Context, rows [][]string) error {
	if a, err := seen(ctx); err == nil && a.scene.Words.Foreign {
		if len(rows) == 0 {
			return a.listsNobodysElse(ctx)
		}
		return a.listsOwn(ctx)
	}
	return lists(ctx, "ご利用明細", rows, func(text string) (got []string) {
		for _, m := range purchaseForm.FindAllStringSubmatch(text, -1) {
			got = append(got, fmt.Sprintf("%s/%02s/%02s %s %s", m[1], m[2], m[3], strings.TrimSpace(m[4]), m[5]))
		}
		return got
	})
}

// monthForm is a line of what was used month by month.
var monthForm = regexp.MustCompile(`(\d{4}年\d{1,2}月)\s*(-?[\d,]+)\s*円`)

// ListsMonths expects just these months, in this order: rows of a month and how much
// was used in it.
func ListsMonths(ctx context.Context, rows [][]string) error {
	return lists(ctx, "月ごとのご利用額", rows, func(text string) (got []string) {
		for _, m := range monthForm.FindAllStringSubmatch(text, -1) {
			got = append(got, m[1]+" "+m[2])
		}
		return got
	})
}

// lists expects just these rows of what is read on the screen, in this order.
func lists(ctx context.Context, what string, rows [][]string, read func(text string) []string) error {
	a, err := seen(ctx)
	if err != nil {
		return err
	}
	if a.scene.Words.Foreign {
		return fmt.Errorf("%w: %sの%sが members にありません", driver.ErrInapplicable, a.Called, what)
	}
	var want []string
	for _, row := range rows {
		want = append(want, strings.Join(row, " "))
	}
	if got := read(a.screen.Text); !slices.Equal(got, want) {
		return fmt.Errorf("%sは「%s」のはずが「%s」です", what, strings.Join(want, "」「"), strings.Join(got, "」「"))
	}
	return nil
}
