package steps

import (
	"context"

	"example.com/netanswer/steps/actor"
)

func terms(to Definitions) {
	to.Step(`^(\S+さん)が規約を最後までスクロールして確認へ進む$`, actor.ReadsTerms)
	to.Step(`^(\S+さん)が規約を(?:スクロールせずに|開かずに)確認へ進もうとする$`, actor.SkipsTerms)
	to.Step(`^(\S+さん)が正しい内容を入力して「規約に同意して確認画面に進む」(?:を押す)?$`, actor.SubmitsRightly)
	to.Step(`^(\S+さん)が規約に同意せずに入力内容を送(?:ろうとする|る)$`, actor.SubmitsWithoutAgreeing)
	to.Step(`^(\S+さん)が規約を開(?:く|いている)$`, actor.OpensTerms)
	to.Step(`^(\S+さん)が規約の文を読む$`, actor.LooksIntoTerms)
	to.Step(`^(\S+さん)が規約を閉じる$`, actor.ClosesTerms)
	to.Step(`^規約の本文が見えている$`, func(ctx context.Context) error { return actor.SeesTerms(ctx, true) })
	to.Step(`^規約の本文は見えていない$`, func(ctx context.Context) error { return actor.SeesTerms(ctx, false) })
}
