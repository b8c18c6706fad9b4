package steps

import (
	"context"

	"example.com/netanswer/steps/actor"
)

func call(to Definitions) {
	to.Step(`^(\S+さん)が電話をかける画面を開(?:く|いている)$`, func(ctx context.Context, name string) error { return actor.ReachesCall(ctx, name) })
	to.Step(`^(\S+さん)が登録の電話からかけて最後まで聞(?:く|いている)$`, func(ctx context.Context, name string) error { return actor.Calls(ctx, name) })
	to.Step(`^(\S+さん)が「([^」]*)」後に登録の電話からかけて最後まで聞(?:く|いている)$`, func(ctx context.Context, name, span string) error {
		return actor.CallsAfter(ctx, name, span)
	})
	to.Step(`^(\S+さん)が「([^」]*)」からかけて最後まで聞く$`, func(ctx context.Context, name, from string) error { return actor.CallsFrom(ctx, name, from) })
	to.Step(`^(\S+さん)が番号を通知せずにかけて最後まで聞(?:く|いている)$`, func(ctx context.Context, name string) error { return actor.CallsWithheld(ctx, name) })
	to.Step(`^(\S+さん)が「([^」]*)」へ電話をかける$`, func(ctx context.Context, name, number string) error { return actor.CallsTo(ctx, name, number) })
	to.Step(`^(\S+さん)が登録の電話からかけて途中で切る$`, func(ctx context.Context, name string) error { return actor.CallsInPart(ctx, name) })
	to.Step(`^(\S+さん)が登録の電話からかけて切らずにいる$`, func(ctx context.Context, name string) error { return actor.StaysOnTheLine(ctx, name) })
	to.Step(`^(\S+さん)が「([^」]*)」後に電話を切る$`, func(ctx context.Context, name, span string) error { return actor.HangsUpAfter(ctx, name, span) })
	to.Step(`^電話で「(.*)」と聞こえる$`, func(ctx context.Context, guidance string) error { return actor.Hears(ctx, guidance) })
	to.Step(`^その電話は「([^」]*)」である$`, func(ctx context.Context, outcome string) error { return actor.CallIs(ctx, outcome) })
	to.Step(`^(\S+さん)が認証を完了(?:する|しようとする)$`, func(ctx context.Context, name string) error { return actor.FinishesCall(ctx, name) })
	to.Step(`^(\S+さん)が「([^」]*)」後に認証を完了(?:する|しようとする)$`, func(ctx context.Context, name, span string) error {
		return actor.FinishesCallAfter(ctx, name, span)
	})
	to.Step(`^(\S+さん)は認証を完了できる$`, func(ctx context.Context, name string) error { return actor.CanFinishCall(ctx, name) })
	to.Step(`^(\S+さん)はまだ認証を完了できない$`, func(ctx context.Context, name string) error { return actor.CannotFinishCall(ctx, name) })
}
