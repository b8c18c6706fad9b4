package steps

import (
	"context"

	"github.com/cucumber/godog"

	"example.com/netanswer/steps/actor"
)

func confirm(to Definitions) {
	to.Step(`^(\S+さん)が(?:入力内容を確認している|入力を終えて確認の画面を開く)$`, func(ctx context.Context, name string) error {
		return actor.ReachesConfirm(ctx, name)
	})
	to.Step(`^(\S+さん)がご本人様確認へ進もうとして、進めるところまで進む$`, actor.GoesAsFarAsIdentity)
	to.Step(`^(\S+さん)が「([^」]*)」を「([^」]*)」にして(?:入力内容を確認している|確認へ進む)$`, func(ctx context.Context, name, label, value string) error {
		return actor.ReachesConfirm(ctx, name, [2]string{label, value})
	})
	to.Step(`^(\S+さん)が次の内容で入力内容を確認している$`, func(ctx context.Context, name string, table *godog.Table) error {
		rows, err := pairs(table)
		if err != nil {
			return err
		}
		return actor.ReachesConfirm(ctx, name, rows...)
	})
	to.Step(`^(\S+さん)がブラウザー?で戻り、できるかぎりもう一度認証を求める$`, actor.GoesBackAndEntersAgain)
	to.Step(`^(\S+さん)がブラウザー?で戻り、直せるかぎりカードを(\S+さん)のものに直している$`, actor.GoesBackAndSwaps)
	to.Step(`^(\S+さん)が戻って修正(?:する|している)$`, actor.Revises)
	to.Step(`^(\S+さん)が`+later+`戻って修正している$`, actor.RevisesAfter)
	to.Step(`^(\S+さん)が戻って「([^」]*)」を「([^」]*)」に直(?:す|している)$`, actor.Corrects)
	to.Step(`^(\S+さん)がご本人様確認へ`+onward, actor.Proceeds)
	to.Step(`^(\S+さん)が`+later+`ご本人様確認へ進む$`, actor.ProceedsAfter)
	to.Step(`^(\S+さん)がご本人様確認まで進(?:む|んでいる)$`, actor.ReachesIdentityCheck)
}
