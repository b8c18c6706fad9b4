package steps

import (
	"context"

	"example.com/netanswer/steps/member"
)

func journey(to Definitions) {
	to.Step(`^(\S+さん)が同じ操作をもう一度送る$`, func(ctx context.Context, name string) error { return member.RepeatsLast(ctx, name) })
	to.Step(`^(\S+さん)が「([^」]*)」の手順へ直接進もうとする$`, func(ctx context.Context, name, title string) error { return member.OpensStep(ctx, name, title) })
	to.Step(`^(\S+さん)が最初からやり直して登録を終える$`, func(ctx context.Context, name string) error { return member.StartsOver(ctx, name) })
	to.Step(`^(\S+さん)が別の窓で同じカードの入力内容を確認している$`, func(ctx context.Context, name string) error { return member.ConfirmsElsewhere(ctx, name) })
}
