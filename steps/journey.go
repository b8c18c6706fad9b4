package steps

import (
	"context"

	"example.com/netanswer/steps/actor"
)

func journey(to Definitions) {
	to.Step(`^(\S+さん)が同じ操作をもう一度送る$`, func(ctx context.Context, name string) error { return actor.RepeatsLast(ctx, name) })
	to.Step(`^(\S+さん)が「([^」]*)」の手順へ直接進もうとする$`, func(ctx context.Context, name, title string) error { return actor.OpensStep(ctx, name, title) })
	to.Step(`^(\S+さん)が最初からやり直して登録を終える$`, func(ctx context.Context, name string) error { return actor.StartsOver(ctx, name) })
	to.Step(`^(\S+さん)が別の窓で同じカードの入力内容を確認している$`, func(ctx context.Context, name string) error { return actor.ConfirmsElsewhere(ctx, name) })
}
