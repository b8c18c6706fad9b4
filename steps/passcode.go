package steps

import (
	"context"

	"example.com/netanswer/steps/actor"
)

func passcode(to Definitions) {
	to.Step(`^(\S+さん)がSMSでパスコードを受け取っている$`, func(ctx context.Context, name string) error { return actor.ReceivesText(ctx, name) })
	to.Step(`^(\S+さん)がメールでパスコードを受け取っている$`, func(ctx context.Context, name string) error { return actor.ReceivesMail(ctx, name) })
	to.Step(`^(\S+さん)が届いたパスコード(?:を入力する|で認証を求める)$`, func(ctx context.Context, name string) error { return actor.EntersReceived(ctx, name) })
	to.Step(`^(\S+さん)が元の窓で届いたパスコードを入力する$`, func(ctx context.Context, name string) error { return actor.EntersReceived(ctx, name) })
	to.Step(`^(\S+さん)が「([^」]*)」後に届いたパスコードを入力する$`, func(ctx context.Context, name, span string) error {
		return actor.EntersReceivedAfter(ctx, name, span)
	})
	to.Step(`^(\S+さん)が「([^」]*)」後に届いたSMSのパスコードを入力する$`, func(ctx context.Context, name, span string) error {
		return actor.EntersLate(ctx, name, span)
	})
	to.Step(`^(\S+さん)が最初に届いたパスコードを入力する$`, func(ctx context.Context, name string) error { return actor.EntersFirst(ctx, name) })
	to.Step(`^(\S+さん)がパスコードに「([^」]*)」を入力する$`, func(ctx context.Context, name, code string) error { return actor.Enters(ctx, name, code) })
	to.Step(`^(\S+さん)が誤ったパスコードを「(\d+)」回入力する$`, func(ctx context.Context, name string, times int) error {
		return actor.EntersWrongly(ctx, name, times)
	})
	to.Step(`^(\S+さん)が誤ったパスコードを「(\d+)」回入力している$`, func(ctx context.Context, name string, times int) error {
		return actor.HasEnteredWrongly(ctx, name, times)
	})
	to.Step(`^(\S+さん)が「([^」]*)」後にパスコードを再発行する$`, func(ctx context.Context, name, span string) error {
		return actor.ReissuesAfter(ctx, name, span)
	})
	to.Step(`^(\S+さん)が「([^」]*)」後にパスコードを再発行している$`, func(ctx context.Context, name, span string) error {
		return actor.HasReissuedAfter(ctx, name, span)
	})
	to.Step(`^(\S+さん)がパスコードを「(\d+)」回再発行している$`, func(ctx context.Context, name string, times int) error {
		return actor.HasReissued(ctx, name, times)
	})
	to.Step(`^(\S+さん)の次の誤ったパスコードには「(.*)」と示される$`, func(ctx context.Context, name, sentence string) error {
		return actor.NextWrongSays(ctx, name, sentence)
	})
	to.Step(`^(\S+さん)がパスコードを再発行してから誤ったパスコードを入力する$`, func(ctx context.Context, name string) error {
		return actor.ReissuesThenWrong(ctx, name)
	})
	to.Step(`^(\S+さん)のパスコードが期限を過ぎている$`, func(ctx context.Context, name string) error { return actor.HasLetExpire(ctx, name) })
	to.Step(`^(\S+さん)は届いたパスコードで登録を完了できる$`, func(ctx context.Context, name string) error { return actor.CanComplete(ctx, name) })
	to.Step(`^(\S+さん)にSMSで「(\d+)」桁のパスコードが届く$`, func(ctx context.Context, name string, digits int) error {
		return actor.GetsCodeByText(ctx, name, digits)
	})
	to.Step(`^(\S+さん)にメールで「(\d+)」桁のパスコードが届く$`, func(ctx context.Context, name string, digits int) error {
		return actor.GetsCodeByMail(ctx, name, digits)
	})
}
