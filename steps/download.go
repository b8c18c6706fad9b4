package steps

import (
	"context"

	"example.com/netanswer/steps/actor"
)

func download(to Definitions) {
	to.Step(`^(\S+さん)がアプリの案内を開(?:く|いている)$`, func(ctx context.Context, name string) error { return actor.OpensGuide(ctx, name) })
	to.Step(`^(\S+さん)が二次元コードをカメラで読み取(?:る|っている)$`, func(ctx context.Context, name string) error { return actor.ScansCode(ctx, name) })
	to.Step(`^(\S+さん)がアプリのインストールを始めて「([^」]*)」待(?:つ|っている)$`, func(ctx context.Context, name, span string) error {
		return actor.InstallsFor(ctx, name, span)
	})
	to.Step(`^(\S+さん)がアプリを開(?:く|いている)$`, func(ctx context.Context, name string) error { return actor.OpensApp(ctx, name) })
	to.Step(`^(\S+さん)がアプリを起動(?:する|しなおしている)$`, func(ctx context.Context, name string) error { return actor.StartsApp(ctx, name) })
	to.Step(`^(\S+さん)が「([^」]*)」後にアプリを起動する$`, func(ctx context.Context, name, span string) error { return actor.StartsAppAfter(ctx, name, span) })
	to.Step(`^(\S+さん)がメッセージアプリへ移って「([^」]*)」後に戻(?:る|っている)$`, func(ctx context.Context, name, span string) error {
		return actor.LeavesFor(ctx, name, span)
	})
}
