package steps

import (
	"context"

	"example.com/netanswer/steps/actor"
)

func entrance(to Definitions) {
	to.Step(`^(\S+さん)がホームページを開(?:く|いている)$`, func(ctx context.Context, name string) error { return actor.OpensHome(ctx, name) })
	to.Step(`^(\S+さん)がログイン画面(?:へ進む|を開いている)$`, func(ctx context.Context, name string) error { return actor.OpensEntrance(ctx, name) })
	to.Step(`^(\S+さん)が「([^」]*)」で検索する$`, func(ctx context.Context, name, words string) error { return actor.Searches(ctx, name, words) })
	to.Step(`^(\S+さん)が「([^」]*)」で検索して結果へ進む$`, func(ctx context.Context, name, words string) error { return actor.FollowsResult(ctx, name, words) })
	to.Step(`^(\S+さん)が「(.+)」を押す$`, func(ctx context.Context, name, action string) error { return actor.Presses(ctx, name, action) })
}
