package steps

import (
	"context"

	"example.com/netanswer/steps/actor"
)

func completed(to Definitions) {
	to.Step(`^(\S+さん)が登録を終え(?:る|ている)$`, actor.Registers)
	to.Step(`^(\S+さん)がご本人様確認を終える$`, actor.CompletesIdentityCheck)
	to.Step(`^(\S+さん)が(\d+)枚目のカードの登録を終え(?:る|ている)$`, actor.RegistersCard)
	to.Step(`^(\S+さん)が(\d+)枚目のカードを1枚目と同じIDで登録しようとする$`, actor.SubmitsCardWithSameID)
	to.Step(`^(\S+さん)が同じカードをもう一度登録しようとする$`, actor.TriesSameCardAgain)
	to.Step(`^(\S+さん)の「?(\d+)」?枚目のカードは本人認証サービスに「?(\d+)」?回(?:だけ|)登録されている$`, actor.CardIsEnrolled)
	to.Step(`^(\S+さん)の「?(\d+)」?枚目のカードは本人認証サービスに登録されていない$`, func(ctx context.Context, name string, card int) error {
		return actor.CardIsEnrolled(ctx, name, card, 0)
	})
	to.Step(`^(\S+さん)のカードは本人認証サービスに「?(\d+)」?回(?:だけ|)登録されている$`, actor.IsEnrolled)
	to.Step(`^(\S+さん)のカードは本人認証サービスに登録されていない$`, func(ctx context.Context, name string) error { return actor.IsEnrolled(ctx, name, 0) })
}
