package steps

import (
	"context"

	"github.com/cucumber/godog"

	"example.com/netanswer/steps/actor"
)

func app(to Definitions) {
	to.Step(`^(\S+さん)がカード会社に「([^」]*)」を選んで次へ進む$`, actor.ChoosesCompany)
	to.Step(`^(\S+さん)がカード会社を選ばずに次へ進む$`, func(ctx context.Context, name string) error { return actor.ChoosesCompany(ctx, name, "") })
	to.Step(`^(\S+さん)がセゾンカードを選んでいる$`, actor.ReachesEntrance)
	to.Step(`^(\S+さん)が新規登録・再登録を始める$`, actor.BeginsInApp)
	to.Step(`^(\S+さん)がアプリでカード情報の入力まで進(?:む|んでいる)$`, actor.ReachesCard)
	to.Step(`^(\S+さん)が正しいカード情報を入力して次へ`+onward, func(ctx context.Context, name string) error { return actor.SubmitsCard(ctx, name) })
	to.Step(`^(\S+さん)が次のカード情報を入力して次へ`+onward, func(ctx context.Context, name string, table *godog.Table) error {
		rows, err := pairs(table)
		if err != nil {
			return err
		}
		return actor.SubmitsCardRows(ctx, name, rows)
	})
	to.Step(`^(\S+さん)がアプリを入れなおしてカード情報の入力まで進(?:む|んでいる)$`, actor.BeginsAgain)
	to.Step(`^(\S+さん)が`+later+`正しいカード情報を入力して次へ`+onward, actor.SubmitsCardAfter)
	to.Step(`^(\S+さん)がカードの「([^」]*)」に「([^」]*)」を入力して次へ`+onward, func(ctx context.Context, name, label, value string) error {
		return actor.SubmitsCard(ctx, name, [2]string{label, value})
	})
	to.Step(`^(\S+さん)がカードの「([^」]*)」を入力せずに次へ進もうとする$`, func(ctx context.Context, name, label string) error {
		return actor.SubmitsCard(ctx, name, [2]string{label, ""})
	})
	to.Step(`^(\S+さん)が送付先の確認まで進(?:む|んでいる)$`, actor.ReachesDestination)
	to.Step(`^(\S+さん)が送付先を確かめて認証を求め(?:る|ている)$`, actor.RequestsPasscode)
	to.Step(`^(\S+さん)が前の画面へ戻(?:る|っている)$`, actor.GoesBack)
	to.Step(`^(\S+さん)がメール設定へ戻(?:る|っている)$`, actor.GoesBackToEmail)
}
