package steps

import (
	"context"

	"example.com/netanswer/steps/actor"
)

func pin(to Definitions) {
	to.Step(`^(\S+さん)が暗証番号での確認を選ぶ$`, func(ctx context.Context, name string) error { return actor.ChoosesPIN(ctx, name) })
	to.Step(`^(\S+さん)が暗証番号での確認を選んでいる$`, func(ctx context.Context, name string) error { return actor.ReachesPIN(ctx, name) })
	to.Step(`^(\S+さん)が暗証番号での確認へ移っている$`, func(ctx context.Context, name string) error { return actor.ChoosesPIN(ctx, name) })
	to.Step(`^(\S+さん)がSMSでの確認に戻っている$`, func(ctx context.Context, name string) error { return actor.ChoosesSMS(ctx, name) })
	to.Step(`^(\S+さん)は正しい暗証番号で進める$`, func(ctx context.Context, name string) error { return actor.CanGoOnByPIN(ctx, name) })
	to.Step(`^(\S+さん)が正しい暗証番号を入力する$`, func(ctx context.Context, name string) error { return actor.EntersRightPIN(ctx, name) })
	to.Step(`^(\S+さん)が「([^」]*)」後に正しい暗証番号を入力する$`, func(ctx context.Context, name, span string) error {
		return actor.EntersRightPINAfter(ctx, name, span)
	})
	to.Step(`^(\S+さん)が暗証番号に「([^」]*)」を入力する$`, func(ctx context.Context, name, pin string) error { return actor.EntersPIN(ctx, name, pin) })
	to.Step(`^(\S+さん)が誤った暗証番号を「(\d+)」回(?:続けて)?入力する$`, func(ctx context.Context, name string, times int) error {
		return actor.EntersPINWrongly(ctx, name, times)
	})
	to.Step(`^(\S+さん)が誤った暗証番号を「(\d+)」回入力している$`, func(ctx context.Context, name string, times int) error {
		return actor.HasEnteredPINWrongly(ctx, name, times)
	})
	to.Step(`^(\S+さん)が最初からやり直して暗証番号での確認を選んでいる$`, func(ctx context.Context, name string) error { return actor.StartsOverByPIN(ctx, name) })
	to.Step(`^(\S+さん)が新しいお手続きで暗証番号での確認を選んでいる$`, func(ctx context.Context, name string) error { return actor.BeginsAgainByPIN(ctx, name) })
	to.Step(`^(\S+さん)の次の誤った暗証番号には「(.*)」と示される$`, func(ctx context.Context, name, sentence string) error {
		return actor.NextWrongPINSays(ctx, name, sentence)
	})
	to.Step(`^(\S+さん)が暗証番号での確認で登録を終えている$`, func(ctx context.Context, name string) error { return actor.RegistersByPIN(ctx, name) })
}
