package steps

import (
	"context"

	"example.com/netanswer/steps/actor"
)

func passcode(to Definitions) {
	to.Step(`^(\S+さん)がSMSでパスコードを受け取っている$`, actor.ReceivesText)
	to.Step(`^(\S+さん)がメールでパスコードを受け取っている$`, actor.ReceivesMail)
	to.Step(`^(\S+さん)が届いたパスコード(?:を入力する|を入力しようとする|で認証を求める)$`, actor.EntersReceived)
	to.Step(`^(\S+さん)が元の(?:ウィンドウ|窓)で届いたパスコードを入力する$`, actor.EntersReceived)
	to.Step(`^(\S+さん)が「([^」]*)」後に、?届いたパスコードを入力する$`, actor.EntersReceivedAfter)
	to.Step(`^(\S+さん)が「([^」]*)」後に届いたSMSのパスコードを入力する$`, actor.EntersLate)
	to.Step(`^(\S+さん)が最初に届いたパスコードを入力する$`, actor.EntersFirst)
	to.Step(`^(\S+さん)が「?(\d+)」?通目に届いたパスコードを入力(?:する|している)$`, actor.EntersNth)
	to.Step(`^(\S+さん)が(\S+さん)に「?(\d+)」?通目に届いたパスコードを入力する$`, actor.EntersNthOf)
	to.Step(`^(\S+さん)が「?(\d+)」?通目に届いたパスコードの「?(\d+)」?桁目を変えて入力(?:する|している)$`, actor.EntersNthChanged)
	to.Step(`^(\S+さん)が「?(\d+)」?通目に届いたパスコードの初めの「?(\d+)」?桁だけを入力する$`, actor.EntersNthBegun)
	to.Step(`^(\S+さん)がパスコードを再発行`+trying, actor.Reissues)
	to.Step(`^(\S+さん)がパスコードに「([^」]*)」を入力する$`, actor.Enters)
	to.Step(`^(\S+さん)がパスコードを入力せずに認証を求める$`, func(ctx context.Context, name string) error { return actor.Enters(ctx, name, "") })
	to.Step(`^(\S+さん)が誤ったパスコードを`+times+`入力する$`, actor.EntersWrongly)
	to.Step(`^(\S+さん)が誤ったパスコードを`+times+`入力している$`, actor.HasEnteredWrongly)
	to.Step(`^(\S+さん)が`+later+`パスコードを再発行(?:する|しようとする)$`, actor.ReissuesAfter)
	to.Step(`^(\S+さん)が`+later+`パスコードを再発行している$`, actor.HasReissuedAfter)
	to.Step(`^(\S+さん)がパスコードを`+times+`再発行している$`, actor.HasReissued)
	to.Step(`^(\S+さん)(?:の次の誤ったパスコードには|が次に誤ったパスコードを入力すると、)「(.*)」と示される$`, actor.NextWrongSays)
	to.Step(`^(\S+さん)がパスコードを再発行してから誤ったパスコードを入力する$`, actor.ReissuesThenWrong)
	to.Step(`^(\S+さん)のパスコードが期限を過ぎている$`, actor.HasLetExpire)
	to.Step(`^(\S+さん)は届いたパスコードで登録を完了できる$`, actor.CanComplete)
	to.Step(`^(\S+さん)にSMSで「?(\d+)」?桁のパスコードが届く$`, actor.GetsCodeByText)
	to.Step(`^(\S+さん)にメールで「?(\d+)」?桁のパスコードが届く$`, actor.GetsCodeByMail)
}
