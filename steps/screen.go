package steps

import (
	"context"

	"github.com/cucumber/godog"

	"example.com/netanswer/steps/actor"
)

func screen(to Definitions) {
	to.Step(`^「([^」]*)」の画面になる$`, actor.TitleIs)
	to.Step(`^(\S+さん)は「([^」]*)」より先へ進んでいない$`, actor.GotNoFurther)
	to.Step(`^見出しは「([^」]*)」である$`, actor.HeadingIs)
	to.Step(`^進み具合は「([^」]*)」である$`, actor.ProgressIs)
	to.Step(`^画面に次の文が表示される$`, func(ctx context.Context, table *godog.Table) error {
		sentences, err := column(table)
		if err != nil {
			return err
		}
		return actor.Reads(ctx, sentences)
	})
	to.Step(`^入力を始めるまでに、次の文が表示される$`, func(ctx context.Context, table *godog.Table) error {
		sentences, err := column(table)
		if err != nil {
			return err
		}
		return actor.ReadsBeforeEntry(ctx, sentences)
	})
	to.Step(`^画面の「?(\d+)」?か所に「([^」]*)」と表示される$`, actor.ReadsTimes)
	to.Step(`^「(.*)」と知らされる$`, actor.IsTold)
	to.Step(`^(?:何も知らされない|何も断られていない|画面に知らせは出ていない)$`, actor.IsNotRefused)
	to.Step(`^画面の知らせは次(?:のものだけ|だけ)である$`, func(ctx context.Context, table *godog.Table) error {
		sentences, err := column(table)
		if err != nil {
			return err
		}
		return actor.SaysOnly(ctx, sentences)
	})
	to.Step(`^「([^」]*)」の欄で断られている$`, actor.IsRefusedAt)
	to.Step(`^「([^」]*)」は示されない$`, actor.DoesNotShow)
	to.Step(`^「([^」]*)」の画面ではない$`, actor.TitleIsNot)
	to.Step(`^(\S+さん)は「([^」]*)」のリンクか「([^」]*)」の画面へ案内される$`, func(ctx context.Context, _, link, title string) error {
		return actor.IsLed(ctx, link, title)
	})
	to.Step(`^ご利用明細は次の順に並ぶ$`, func(ctx context.Context, table *godog.Table) error {
		return actor.ListsPurchases(ctx, cells(table))
	})
	to.Step(`^月ごとのご利用額は次の順に並ぶ$`, func(ctx context.Context, table *godog.Table) error {
		return actor.ListsMonths(ctx, cells(table))
	})
	to.Step(`^ご利用明細は一件もない$`, func(ctx context.Context) error { return actor.ListsPurchases(ctx, nil) })
	to.Step(`^次の名前の欄がある$`, func(ctx context.Context, table *godog.Table) error {
		names, err := column(table)
		if err != nil {
			return err
		}
		return actor.CanWrite(ctx, names)
	})
	to.Step(`^「(.+)」(?:と書かれたボタンがある|と書かれたリンクがある|を押せる)$`, func(ctx context.Context, name string) error { return actor.CanPress(ctx, name) })
	to.Step(`^「(.+)」(?:と書かれたボタンはない|と書かれたボタンがない|と書かれたリンクはない|を押せない)$`, actor.CannotPress)
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
	to.Step(`^画面に金額が示される$`, actor.ShowsAmount)
	to.Step(`^画面にタップした金額が示される$`, actor.ShowsTapped)
	to.Step(`^「([^」]*)」に(\S+さん)のポイントが示される$`, actor.ShowsPoints)
	to.Step(`^「([^」]*)」にフリーダイヤルの番号が示される$`, actor.ShowsFreeDial)
	to.Step(`^(\S+さん)のカードの頭4桁を「([^」]*)」で選べる$`, actor.OffersHead)
	to.Step(`^「([^」]*)」の欄に次の文だけが示される$`, func(ctx context.Context, label string, table *godog.Table) error {
		sentences, err := column(table)
		if err != nil {
			return err
		}
		return actor.FieldSaysOnly(ctx, label, sentences)
	})
	to.Step(`^「([^」]*)」の欄は空のままである$`, actor.OffersNothing)
	to.Step(`^「([^」]*)」は画面の右下にある$`, actor.StandsAtLowerRight)
	to.Step(`^「([^」]*)」はページの下部にある$`, actor.StandsAtFoot)
	to.Step(`^画面に「([^」]*)」とは表示されない$`, actor.DoesNotRead)
	to.Step(`^「([^」]*)」という図がある$`, actor.HasPicture)
}
