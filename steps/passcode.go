package steps

import (
	"context"

	"example.com/netanswer/steps/member"
)

func passcode(to Definitions) {
	to.Step(`^(\S+さん)がSMSでパスコードを受け取っている$`, func(ctx context.Context, name string) error { return member.ReceivesText(ctx, name) })
	to.Step(`^(\S+さん)がメールでパスコードを受け取っている$`, func(ctx context.Context, name string) error { return member.ReceivesMail(ctx, name) })
	to.Step(`^(\S+さん)が届いたパスコード(?:を入力する|で認証を求める)$`, func(ctx context.Context, name string) error { return member.EntersReceived(ctx, name) })
	to.Step(`^(\S+さん)が元の窓で届いたパスコードを入力する$`, func(ctx context.Context, name string) error { return member.EntersReceived(ctx, name) })
	to.Step(`^(\S+さん)が「([^」]*)」後に届いたパスコードを入力する$`, func(ctx context.Context, name, span string) error {
		return member.EntersReceivedAfter(ctx, name, span)
	})
	to.Step(`^(\S+さん)が「([^」]*)」後に届いたSMSのパスコードを入力する$`, func(ctx context.Context, name, span string) error {
		return member.EntersLate(ctx, name, span)
	})
	to.Step(`^(\S+さん)が最初に届いたパスコードを入力する$`, func(ctx context.Context, name string) error { return member.EntersFirst(ctx, name) })
	to.Step(`^(\S+さん)がパスコードに「([^」]*)」を入力する$`, func(ctx context.Context, name, code string) error { return member.Enters(ctx, name, code) })
	to.Step(`^(\S+さん)が誤ったパスコードを「(\d+)」回入力する$`, func(ctx context.Context, name string, times int) error {
		return member.EntersWrongly(ctx, name, times)
	})
	to.Step(`^(\S+さん)が誤ったパスコードを「(\d+)」回入力している$`, func(ctx context.Context, name string, times int) error {
		return member.HasEnteredWrongly(ctx, name, times)
	})
	to.Step(`^(\S+さん)が「([^」]*)」後にパスコードを再発行する$`, func(ctx context.Context, name, span string) error {
		return member.ReissuesAfter(ctx, name, span)
	})
	to.Step(`^(\S+さん)が「([^」]*)」後にパスコードを再発行している$`, func(ctx context.Context, name, span string) error {
		return member.HasReissuedAfter(ctx, name, span)
	})
	to.Step(`^(\S+さん)がパスコードを「(\d+)」回再発行している$`, func(ctx context.Context, name string, times int) error {
		return member.HasReissued(ctx, name, times)
	})
	to.Step(`^(\S+さん)の次の誤ったパスコードには「(.*)」と示される$`, func(ctx context.Context, name, sentence string) error {
		return member.NextWrongSays(ctx, name, sentence)
	})
	to.Step(`^(\S+さん)がパスコードを再発行してから誤ったパスコードを入力する$`, func(ctx context.Context, name string) error {
		return member.ReissuesThenWrong(ctx, name)
	})
	to.Step(`^(\S+さん)のパスコードが期限を過ぎている$`, func(ctx context.Context, name string) error { return member.HasLetExpire(ctx, name) })
	to.Step(`^(\S+さん)は届いたパスコードで登録を完了できる$`, func(ctx context.Context, name string) error { return member.CanComplete(ctx, name) })
	to.Step(`^(\S+さん)にSMSで「(\d+)」桁のパスコードが届く$`, func(ctx context.Context, name string, digits int) error {
		return member.GetsCodeByText(ctx, name, digits)
	})
	to.Step(`^(\S+さん)にメールで「(\d+)」桁のパスコードが届く$`, func(ctx context.Context, name string, digits int) error {
		return member.GetsCodeByMail(ctx, name, digits)
	})
}
