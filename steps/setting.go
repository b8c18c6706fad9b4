package steps

import (
	"context"

	"example.com/netanswer/steps/actor"
)

func setting(to Definitions) {
	to.Step(`^(\S+さん)がアプリでご本人様確認を済ませ(?:る|ている)$`, actor.ReachesEmail)
	to.Step(`^(\S+さん)がメールアドレスに「([^」]*)」を入力して次へ`+onward, actor.SubmitsEmail)
	to.Step(`^(\S+さん)がメールアドレスを入力せずに次へ進もうとする$`, func(ctx context.Context, name string) error {
		return actor.SubmitsEmail(ctx, name, "")
	})
	to.Step(`^(\S+さん)がパスワードを入力せずに次へ進もうとする$`, func(ctx context.Context, name string) error {
		return actor.SubmitsPassword(ctx, name, "")
	})
	to.Step(`^(\S+さん)がパスワードの設定まで進(?:む|んでいる)$`, actor.ReachesPassword)
	to.Step(`^(\S+さん)がパスワードに「([^」]*)」を入力して次へ`+onward, actor.SubmitsPassword)
	to.Step(`^(\S+さん)が利用規約の確認まで進(?:む|んでいる)$`, actor.ReachesTerms)
	to.Step(`^(\S+さん)が規約に同意して登録する$`, func(ctx context.Context, name string) error { return actor.Agrees(ctx, name, true) })
	to.Step(`^(\S+さん)が`+later+`規約に同意して登録する$`, actor.AgreesAfter)
	to.Step(`^(\S+さん)が規約に同意せずに(?:登録しようとする|登録しようとしている|登録を送る)$`, func(ctx context.Context, name string) error {
		return actor.Agrees(ctx, name,
			false)
	})
	to.Step(`^(\S+さん)がメールで知らされたIDでWebにログイン(?:する|している)$`, actor.LogsInAsMailed)
	to.Step(`^(\S+さん)が`+later+`メールで知らされたIDでWebにログイン(?:する|しようとする)$`, actor.LogsInAsMailedAfter)
	to.Step(`^(\S+さん)がメールで知らされたIDと誤ったパスワードで`+times+`Webにログイン(?:する|しようとする|しようとしている)$`, actor.LogsInAsMailedWrongly)
	to.Step(`^(\S+さん)が(\S+さん)にメールで知らされたIDを選んで確認へ進もうとする$`, actor.SubmitsMailedID)
	to.Step(`^(\S+さん)がメールで知らされたIDを大文字にしてWebにログインする$`, actor.LogsInAsMailedInCapitals)
	to.Step(`^画面に示されたIDは、(\S+さん)にメールで知らされたIDと同じである$`, actor.IsGivenID)
	to.Step(`^(\S+さん)にメールで知らされたIDは「([^」]*)」である$`, actor.IDIs)
	to.Step(`^(\S+さん)が別のスマートフォンで同じカードを再登録している$`, actor.ReplacesPhone)
	to.Step(`^(\S+さん)が前のスマートフォンに戻っている$`, actor.TakesOldPhone)
	to.Step(`^(\S+さん)と(\S+さん)にメールで知らされたIDは違う$`, actor.IDsDiffer)
	to.Step(`^(\S+さん)がアプリで同じカードをもう一度登録(?:する|している)$`, actor.RegistersAnew)
}
