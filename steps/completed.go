package steps

import (
	"context"

	"example.com/netanswer/steps/actor"
)

func completed(to Definitions) {
	to.Step(`^(\S+さん)が登録を終え(?:る|ている)$`, func(ctx context.Context, name string) error { return actor.Registers(ctx, name) })
	to.Step(`^(\S+さん)がご本人様確認を終える$`, func(ctx context.Context, name string) error { return actor.CompletesIdentityCheck(ctx, name) })
	to.Step(`^(\S+さん)が(\d+)枚目のカードの登録を終え(?:る|ている)$`, func(ctx context.Context, name string, n int) error {
		return actor.RegistersCard(ctx, name, n)
	})
	to.Step(`^(\S+さん)が(\d+)枚目のカードを1枚目と同じIDで登録しようとする$`, func(ctx context.Context, name string, n int) error {
		return actor.SubmitsCardWithSameID(ctx, name, n)
	})
	to.Step(`^(\S+さん)が同じカードをもう一度登録しようとする$`, func(ctx context.Context, name string) error { return actor.TriesSameCardAgain(ctx, name) })
	to.Step(`^(\S+さん)のカードは本人認証サービスに「(\d+)」回登録されている$`, func(ctx context.Context, name string, times int) error {
		return actor.IsEnrolled(ctx, name, times)
	})
}
