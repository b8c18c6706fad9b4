package steps

import (
	"context"

	"example.com/netanswer/steps/actor"
)

func login(to Definitions) {
	to.Step(`^(\S+さん)が設定したIDとパスワードでログイン(?:する|している)$`, func(ctx context.Context, name string) error { return actor.LogsIn(ctx, name) })
	to.Step(`^(\S+さん)が「([^」]*)」後に設定したIDとパスワードでログインする$`, func(ctx context.Context, name, span string) error {
		return actor.LogsInAfter(ctx, name, span)
	})
	to.Step(`^(\S+さん)が誤ったパスワードで「(\d+)」回ログイン(?:する|している)$`, func(ctx context.Context, name string, times int) error {
		return actor.LogsInWrongly(ctx, name, times)
	})
}
