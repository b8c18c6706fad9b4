package steps

import (
	"context"

	"example.com/netanswer/steps/actor"
)

func portal(to Definitions) {
	to.Step(`^(\S+さん)がはじめてアプリを起動(?:する|している)$`, func(ctx context.Context, name string) error { return actor.StartsFirst(ctx, name) })
	to.Step(`^(\S+さん)がウォレットの設定に「([^」]*)」と答える$`, func(ctx context.Context, name, answer string) error {
		return actor.AnswersWallet(ctx, name, answer)
	})
	to.Step(`^(\S+さん)がウォレットの設定に「今はしない」と答えている$`, func(ctx context.Context, name string) error { return actor.ReachesAppHome(ctx, name) })
	to.Step(`^(\S+さん)がアプリのホームを開(?:く|いている)$`, func(ctx context.Context, name string) error { return actor.ReachesAppHome(ctx, name) })
	to.Step(`^(\S+さん)がアプリの明細を開(?:く|いている)$`, func(ctx context.Context, name string) error { return actor.ReachesStatement(ctx, name) })
	to.Step(`^(\S+さん)が表示されている金額をタップする$`, func(ctx context.Context, name string) error { return actor.TapsPayment(ctx, name) })
	to.Step(`^(\S+さん)が「([^」]*)」をタップ(?:する|している)$`, func(ctx context.Context, name, what string) error { return actor.Taps(ctx, name, what) })
}
