package steps

import (
	"context"

	"example.com/netanswer/steps/actor"
)

func fault(to Definitions) {
	to.Step(
		`^次の「?(\d+)」?回の(SMS|メール|電話|発行元)(?:への問い合わせ)?は`+
			`(断られる|送っても応答がない|かけても応答がない|答えが返らない|応答がない|届かない|二重に届く|話し中になる|受け付けられない|途中で切れる)$`,
		func(ctx context.Context, times int, provider, what string) error {
			return actor.GoesWrong(ctx, provider, what, times)
		},
	)
	to.Step(`^次の「?(\d+)」?回の(\S+さん)へのSMSは断られる$`, actor.GoesWrongFor)
	to.Step(`^次の(\d+)回の番号「([^」]*)」へのSMSは断られる$`, actor.GoesWrongForNumber)
	to.Step(`^次の「?(\d+)」?回の発行元(?:への問い合わせ)?は答えが(?:途中で|)失われる$`, actor.AnswerIsLost)
	to.Step(`^次の「?(\d+)」?回のSMSは(電話機につながらず|迷惑メッセージとして止められ|送信待ちがあふれて)届かない$`, func(ctx context.Context, times int, why string) error {
		return actor.IsLost(ctx, why, times)
	})
	to.Step(`^次の電話は「([^」]*)」鳴ってから応答がある$`, func(ctx context.Context, span string) error { return actor.ComesLate(ctx, "電話", span) })
	to.Step(`^次の(SMS|メール)は「([^」]*)」遅れて届く$`, actor.ComesLate)
	to.Step(`^(\S+さん)のメールボックスが「([^」]*)」(?:からのメール|)を受信しない$`, func(ctx context.Context, name, domain string) error {
		return actor.RefusesMail(ctx, name, domain)
	})
	to.Step(`^(\S+さん)が受信許可を設定している$`, func(ctx context.Context, name string) error { return actor.RefusesMail(ctx, name) })
	to.Step(`^(\S+さん)が`+later+`再発行したパスコードを受け取っている$`, actor.GetsReissued)
	to.Step(`^「([^」]*)」(?:がたつ|がたっている|だけ時間がたつ|だけ時間がたっている|になっている)$`, actor.WaitsForText)
}
