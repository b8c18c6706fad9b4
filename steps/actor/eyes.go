package actor

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"example.com/netanswer/steps/driver"
)

// look finds the person at a real screen.
func look(ctx context.Context, name string) (*actor, driver.Eyes, error) {
	a, err := act(ctx, name)
	if err != nil {
		return nil, nil, err
	}
	eyes, ok := a.session.(driver.Eyes)
	if !ok {
		return nil, nil, errors.New("this driver has no screen; tag the scenario @画面")
	}
	return a, eyes, nil
}

// goesBack goes back in the browser.
func goesBack(ctx context.Context, name string) (*actor, error) {
	a, eyes, err := look(ctx, name)
	if err != nil {
		return nil, err
	}
	return a, a.see(eyes.GoBack(ctx))
}

// GoesBackAndEntersAgain goes back in the browser and, where the passcode is asked
// for there, types it once more. A page that does not show it again keeps the rule.
func GoesBackAndEntersAgain(ctx context.Context, name string) error {
	a, err := goesBack(ctx, name)
	if err != nil || a.screen.Title != "ワンタイムパスコード認証" {
		return err
	}
	return EntersReceived(ctx, name)
}

// GoesBackAndSwaps goes back in the browser and, where what was typed can be changed
// there, goes on with the card of somebody else. A page that offers nothing is left.
func GoesBackAndSwaps(ctx context.Context, name, other string) error {
	a, err := goesBack(ctx, name)
	if err != nil {
		return err
	}
	if a.screen.Title == "確認" {
		if err := Revises(ctx, name); err != nil {
			return err
		}
	}
	if a.screen.Title != "入力" {
		return nil
	}
	if err := SubmitsRows(ctx, name, [][2]string{{"カード", other}}); err != nil || a.screen.Title != "確認" {
		return err
	}
	return Proceeds(ctx, name)
}

// Searches looks for words with the search engine.
func Searches(ctx context.Context, name, words string) error {
	a, err := act(ctx, name)
	if err != nil {
		return err
	}
	return a.see(a.session.Search(ctx, words))
}

// FollowsResult searches and presses the one result.
func FollowsResult(ctx context.Context, name, words string) error {
	return all(
		func() error { return Searches(ctx, name, words) },
		func() error { return Presses(ctx, name, "セゾンカード ホームページ") },
	)
}

// Presses presses a button or link that the person sees.
func Presses(ctx context.Context, name, action string) error {
	a, eyes, err := look(ctx, name)
	if err != nil {
		return err
	}
	if err := CanPress(ctx, action); err != nil && !ofItsOwn(ctx) { // there it may come yet
		return err
	}
	return a.see(eyes.Press(ctx, action))
}

// PressesTwice presses something twice at once, as by a double click.
func PressesTwice(ctx context.Context, name, action string) error {
	a, eyes, err := look(ctx, name)
	if err != nil {
		return err
	}
	return a.see(eyes.PressTwice(ctx, action))
}

// LooksIntoTerms reads the terms where they stand: in the page, or behind a button.
func LooksIntoTerms(ctx context.Context, name string) error {
	a, err := act(ctx, name)
	if err != nil {
		return err
	}
	eyes, atScreen := a.session.(driver.Eyes)
	if !atScreen || !slices.Contains(a.screen.Actions, "Netアンサー規約") {
		return a.see(a.session.Look(ctx))
	}
	return a.see(eyes.OpenTerms(ctx))
}

// ReadsTerms scrolls the terms to their end and submits rightly.
func ReadsTerms(ctx context.Context, name string) error {
	_, eyes, err := look(ctx, name)
	if err != nil {
		return err
	}
	return all(func() error { return eyes.ScrollTerms(ctx) }, func() error { return SubmitsRightly(ctx, name) })
}

// SkipsTerms submits rightly without having scrolled the terms.
func SkipsTerms(ctx context.Context, name string) error {
	a, eyes, err := look(ctx, name)
	if err != nil {
		return err
	}
	return a.see(eyes.SubmitWithoutScrolling(ctx, a.rightForm()))
}

// OpensTerms opens the terms.
func OpensTerms(ctx context.Context, name string) error {
	a, eyes, err := look(ctx, name)
	if err != nil {
		return err
	}
	return a.see(eyes.OpenTerms(ctx))
}

// ClosesTerms closes the terms.
func ClosesTerms(ctx context.Context, name string) error {
	a, eyes, err := look(ctx, name)
	if err != nil {
		return err
	}
	return a.see(eyes.CloseTerms(ctx))
}

// seesText expects of terms whose text the guide does not print that much is
// there to be read which was not before, or no more.
func (a *actor) seesText(want bool) error {
	if said := strings.Join(a.screen.Said, ""); want && len([]rune(said)) < 30 {
		return fmt.Errorf("規約の本文が見えません（新しく見えるのは「%s」）", said)
	} else if !want && len(said) > 0 && len([]rune(said)) > 200 {
		return fmt.Errorf("規約の本文がまだ見えています")
	}
	return nil
}

// firstArticle is how the terms of use begin.
const firstArticle = "第1条（本サービス・申込等）"

// firstWord is how any terms begin.
const firstWord = "第1条"

// aSentence is one of the terms' own, not a heading.
const aSentence = "4.2.の登録は、セゾンカード毎に行うものとします。"

// SeesTerms expects the text of the terms to be seen, or not.
func SeesTerms(ctx context.Context, want bool) error {
	a, err := seen(ctx)
	if err != nil {
		return err
	}
	_, eyes, err := look(ctx, a.Called)
	if err != nil {
		return err
	}
	if a.scene.Words.Foreign && a.scene.App {
		if shown, err := eyes.Visible(ctx, firstWord); want && err == nil && shown { // they stand there as it is
			a.scene.found(ctx)
			return nil
		}
		return a.seesText(want)
	}
	got, err := eyes.Visible(ctx, firstArticle)
	if err == nil && got {
		got, err = eyes.Visible(ctx, aSentence)
	}
	if err != nil {
		return err
	}
	a.scene.found(ctx)
	if got != want {
		return errors.New(map[bool]string{true: "規約の本文が見えません", false: "規約の本文が見えています"}[want])
	}
	return nil
}
