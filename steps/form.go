package steps

import (
	"context"

	"github.com/cucumber/godog"

	"example.com/netanswer/steps/actor"
)

func form(to Definitions) {
	to.Step(`^(\S+さん)が新規登録の入力画面を開(?:く|いている)$`, actor.OpensForm)
	to.Step(`^(\S+さん)が正しい内容を入力して確認へ`+onward, actor.SubmitsRightly)
	to.Step(`^(\S+さん)が`+later+`正しい内容を入力して確認へ進む$`, actor.SubmitsAfter)
	to.Step(`^(\S+さん)が「([^」]*)」(?:に|で)「([^」]*)」を(?:入力して|選んで)確認へ`+onward, actor.SubmitsWith)
	to.Step(`^(\S+さん)が「([^」]*)」に「([^」]*)」と(?:入力する|書く)$`, actor.Writes)
	to.Step(`^(\S+さん)が登録を断られている$`, actor.IsRefused)
	to.Step(`^個人情報を含むIDとパスワードを拒否する(?:設定|方針)である$`, func(ctx context.Context) error {
		return actor.PolicyIs(ctx, "personal_data_in_credentials", "refuse")
	})
	to.Step(`^(\S+さん)が次の内容を入力して確認へ`+onward, func(ctx context.Context, name string, table *godog.Table) error {
		rows, err := pairs(table)
		if err != nil {
			return err
		}
		return actor.SubmitsRows(ctx, name, rows)
	})
	to.Step(`^(\S+さん)が何も入力せずに確認へ進む$`, actor.SubmitsNothing)
	to.Step(`^次の欄に誤りが示される$`, func(ctx context.Context, table *godog.Table) error {
		rows, err := pairs(table)
		if err != nil {
			return err
		}
		return actor.FieldSays(ctx, rows)
	})
	to.Step(`^「([^」]*)」の欄に「(.*)」と示される$`, func(ctx context.Context, label, sentence string) error {
		return actor.FieldSays(ctx, one(label, sentence))
	})
}
