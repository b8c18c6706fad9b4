package steps

import (
	"context"

	"example.com/netanswer/steps/actor"
)

func setting(to Definitions) {
	to.Step(`^(\S+さん)がアプリでご本人様確認を済ませ(?:る|ている)$`, func(ctx context.Context, name string) error { return actor.ReachesEmail(ctx, name) })
	to.Step(`^(\S+さん)がメールアドレスに「([^」]*)」を入力して次へ進む$`, func(ctx context.Context, name, email string) error {
		return actor.SubmitsEmail(ctx, name, email)
	})
	to.Step(`^(\S+さん)がパスワードの設定まで進(?:む|んでいる)$`, func(ctx context.Context, name string) error { return actor.ReachesPassword(ctx, name) })
	to.Step(`^(\S+さん)がパスワードに「([^」]*)」を入力して次へ進む$`, func(ctx context.Context, name, password string) error {
		return actor.SubmitsPassword(ctx, name, password)
	})
	to.Step(`^(\S+さん)が利用規約の確認まで進(?:む|んでいる)$`, func(ctx context.Context, name string) error { return actor.ReachesTerms(ctx, name) })
	to.Step(`^(\S+さん)が規約に同意して登録する$`, func(ctx context.Context, name string) error { return actor.Agrees(ctx, name, true) })
	to.Step(`^(\S+さん)が「([^」]*)」後に規約に同意して登録する$`, func(ctx context.Context, name, span string) error { return actor.AgreesAfter(ctx, name, span) })
	to.Step(`^(\S+さん)が規約に同意せずに登録を送る$`, func(ctx context.Context, name string) error { return actor.Agrees(ctx, name, false) })
	to.Step(`^(\S+さん)がメールで知らされたIDでWebにログインする$`, func(ctx context.Context, name string) error { return actor.LogsInAsMailed(ctx, name) })
	to.Step(`^(\S+さん)が「([^」]*)」後にメールで知らされたIDでWebにログインする$`, func(ctx context.Context, name, span string) error {
		return actor.LogsInAsMailedAfter(ctx, name, span)
	})
	to.Step(`^(\S+さん)がメールで知らされたIDと誤ったパスワードで「(\d+)」回Webにログインする$`, func(ctx context.Context, name string, times int) error {
		return actor.LogsInAsMailedWrongly(ctx, name, times)
	})
	to.Step(`^画面に示されたIDは、(\S+さん)にメールで知らされたIDと同じである$`, func(ctx context.Context, name string) error { return actor.IsGivenID(ctx, name) })
	to.Step(`^(\S+さん)にメールで知らされたIDは「([^」]*)」である$`, func(ctx context.Context, name, id string) error { return actor.IDIs(ctx, name, id) })
	to.Step(`^(\S+さん)が別のスマートフォンで同じカードを再登録している$`, func(ctx context.Context, name string) error { return actor.ReplacesPhone(ctx, name) })
	to.Step(`^(\S+さん)が前のスマートフォンに戻っている$`, func(ctx context.Context, name string) error { return actor.TakesOldPhone(ctx, name) })
	to.Step(`^(\S+さん)と(\S+さん)にメールで知らされたIDは違う$`, func(ctx context.Context, one, other string) error { return actor.IDsDiffer(ctx, one, other) })
	to.Step(`^(\S+さん)がアプリで同じカードをもう一度登録する$`, func(ctx context.Context, name string) error { return actor.RegistersAnew(ctx, name) })
}
