package steps

import (
	"context"

	"github.com/cucumber/godog"

	"example.com/netanswer/steps/actor"
)

func screen(to Definitions) {
	to.Step(`^「([^」]*)」の画面になる$`, func(ctx context.Context, title string) error { return actor.TitleIs(ctx, title) })
	to.Step(`^見出しは「([^」]*)」である$`, func(ctx context.Context, heading string) error { return actor.HeadingIs(ctx, heading) })
	to.Step(`^進み具合は「([^」]*)」である$`, func(ctx context.Context, step string) error { return actor.ProgressIs(ctx, step) })
	to.Step(`^画面に次の文が表示される$`, func(ctx context.Context, table *godog.Table) error {
		sentences, err := column(table)
		if err != nil {
			return err
		}
		return actor.Reads(ctx, sentences)
	})
	to.Step(`^「(.*)」と知らされる$`, func(ctx context.Context, sentence string) error { return actor.IsTold(ctx, sentence) })
	to.Step(`^何も断られていない$`, func(ctx context.Context) error { return actor.IsNotRefused(ctx) })
	to.Step(`^次の名前の欄がある$`, func(ctx context.Context, table *godog.Table) error {
		names, err := column(table)
		if err != nil {
			return err
		}
		return actor.CanWrite(ctx, names)
	})
	to.Step(`^「(.+)」と書かれたボタンがある$`, func(ctx context.Context, name string) error { return actor.CanPress(ctx, name) })
	to.Step(`^「(.+)」と書かれたボタン[はが]ない$`, func(ctx context.Context, name string) error { return actor.CannotPress(ctx, name) })
	to.Step(`^「([^」]*)」に「([^」]*)」が示される$`, func(ctx context.Context, label, value string) error {
		return actor.Shows(ctx, one(label, value))
	})
	to.Step(`^次の内容が示される$`, func(ctx context.Context, table *godog.Table) error {
		rows, err := pairs(table)
		if err != nil {
			return err
		}
		return actor.Shows(ctx, rows)
	})
	to.Step(`^「([^」]*)」の欄に次の文だけが示される$`, func(ctx context.Context, label string, table *godog.Table) error {
		sentences, err := column(table)
		if err != nil {
			return err
		}
		return actor.FieldSaysOnly(ctx, label, sentences)
	})
	to.Step(`^「([^」]*)」の欄は空のままである$`, func(ctx context.Context, label string) error { return actor.OffersNothing(ctx, label) })
	to.Step(`^「([^」]*)」は画面の右下にある$`, func(ctx context.Context, name string) error { return actor.StandsAtLowerRight(ctx, name) })
	to.Step(`^「([^」]*)」はページの下部にある$`, func(ctx context.Context, name string) error { return actor.StandsAtFoot(ctx, name) })
	to.Step(`^画面に「([^」]*)」とは表示されない$`, func(ctx context.Context, text string) error { return actor.DoesNotRead(ctx, text) })
	to.Step(`^「([^」]*)」という図がある$`, func(ctx context.Context, name string) error { return actor.HasPicture(ctx, name) })
}
