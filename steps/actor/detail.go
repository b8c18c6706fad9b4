package actor

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"example.com/netanswer/steps/driver"
)

// details finds who was seen last at a real screen, to look closer.
func details(ctx context.Context) (*actor, driver.Details, error) {
	a, err := seen(ctx)
	if err != nil {
		return nil, nil, err
	}
	d, err := a.closer()
	return a, d, err
}

// closer looks closer at a real screen.
func (a *actor) closer() (driver.Details, error) {
	d, ok := a.session.(driver.Details)
	if !ok {
		return nil, errors.New("this driver has no screen; tag the scenario @画面")
	}
	return d, nil
}

// DialsAsWritten expects every link to a telephone to dial the number that is read there.
func DialsAsWritten(ctx context.Context) error {
	a, d, err := details(ctx)
	if err != nil {
		return err
	}
	dials, err := d.Dials(ctx)
	if err != nil {
		return err
	}
	if len(dials) == 0 {
		if a.scene.Words.Foreign {
			return fmt.Errorf("%w: 画面の電話番号は、押しても電話をかけません", driver.ErrInapplicable)
		}
		return fmt.Errorf("画面「%s」に、押すと電話をかける番号がありません", a.screen.Title)
	}
	for written, number := range dials {
		if want := phoneDigits(written); want != "" && phoneDigits(number) != want {
			return fmt.Errorf("「%s」を押すと「%s」にかかります", written, number)
		}
	}
	return nil
}

// phoneDigits are the digits of a telephone number in national form; "" of what is none.
func phoneDigits(number string) string {
	digits := strings.Map(func(c rune) rune {
		if '0' <= c && c <= '9' {
			return c
		}
		return -1
	}, number)
	if national, ok := strings.CutPrefix(digits, "81"); ok && strings.Contains(number, "+81") {
		digits = "0" + strings.TrimPrefix(national, "0")
	}
	if len(digits) < 9 {
		return ""
	}
	return digits
}

// cursor is where the cursor is.
func cursor(ctx context.Context) (string, error) {
	_, d, err := details(ctx)
	if err != nil {
		return "", err
	}
	return d.Cursor(ctx)
}

// CursorIsIn expects the cursor in a field, and CursorIsAt at what says a sentence.
func CursorIsIn(ctx context.Context, field string) error {
	at, err := cursor(ctx)
	if err != nil {
		return err
	}
	return equal("カーソルのある欄", field, at)
}

func CursorIsAt(ctx context.Context, sentence string) error {
	at, err := cursor(ctx)
	if err != nil {
		return err
	}
	if !strings.Contains(at, sentence) {
		return fmt.Errorf("カーソルは「%s」という知らせにあるはずが「%s」にあります", sentence, at)
	}
	return nil
}

// HidesWriting expects what is written into a field to be unreadable.
func HidesWriting(ctx context.Context, field string) error {
	t, err := taking(ctx, field)
	if err == nil && !t.Hidden {
		err = fmt.Errorf("「%s」に書いた文字が読めます", field)
	}
	return err
}

// keys are the keys that a phone shows for a field, and fills what a browser offers to
// fill in, in words.
var (
	keys  = map[string]string{"数字": "numeric", "メールアドレス": "email"}
	fills = map[string]string{"新しいパスワード": "new-password", "使っているパスワード": "current-password"}
)

// OffersKeys expects a phone to show the keys of a kind of text for a field.
func OffersKeys(ctx context.Context, field, kind string) error {
	t, err := taking(ctx, field)
	if err != nil {
		return err
	}
	return equal("欄のために出るキー", keys[kind], t.Keys)
}

// OffersToFill expects a browser to fill something into a field.
func OffersToFill(ctx context.Context, field, what string) error {
	t, err := taking(ctx, field)
	if err != nil {
		return err
	}
	return equal("ブラウザーが欄に入れるもの", fills[what], t.Fills)
}

func taking(ctx context.Context, field string) (driver.Taking, error) {
	_, d, err := details(ctx)
	if err != nil {
		return driver.Taking{}, err
	}
	return d.Takes(ctx, field)
}

// ReadsTermsPartly scrolls the terms to four fifths and submits rightly.
func ReadsTermsPartly(ctx context.Context, name string) error {
	a, err := act(ctx, name)
	if err != nil {
		return err
	}
	d, err := a.closer()
	if err != nil {
		return err
	}
	return all(func() error { return d.ScrollTermsPart(ctx, 0.8) }, func() error { return SkipsTerms(ctx, name) })
}
