package steps

import (
	"context"

	"example.com/netanswer/steps/actor"
)

func pin(to Definitions) {
	to.Step(`^(\S+さん)にSMSでの確認は示されない$`, actor.IsOfferedNoText)
	to.Step(`^(\S+さん)が暗証番号での確認を選ぶ$`, actor.ChoosesPIN)
	to.Step(`^(\S+さん)が暗証番号での確認を選んでいる$`, actor.ReachesPIN)
	to.Step(`^(\S+さん)が暗証番号での確認へ移(?:る|っている)$`, actor.ChoosesPIN)
	to.Step(`^(\S+さん)がSMSでの確認に戻(?:る|っている)$`, actor.ChoosesSMS)
	to.Step(`^(\S+さん)は正しい暗証番号で進める$`, actor.CanGoOnByPIN)
	to.Step(`^(\S+さん)が正しい暗証番号を入力`+trying, actor.EntersRightPIN)
	to.Step(`^(\S+さん)が`+later+`正しい暗証番号を入力する$`, actor.EntersRightPINAfter)
	to.Step(`^(\S+さん)が暗証番号の「?(\d+)」?桁目を変えて入力(?:する|している)$`, actor.EntersPINChanged)
	to.Step(`^(\S+さん)が暗証番号に「([^」]*)」を入力(?:する|している)$`, actor.EntersPIN)
	to.Step(`^(\S+さん)が暗証番号を入力せずに認証を求める$`, func(ctx context.Context, name string) error { return actor.EntersPIN(ctx, name, "") })
	to.Step(`^(\S+さん)が誤った暗証番号を`+times+`(?:続けて)?入力(?:する|しようとしている)$`, actor.EntersPINWrongly)
	to.Step(`^(\S+さん)が誤った暗証番号を`+times+`入力している$`, actor.HasEnteredPINWrongly)
	to.Step(`^(\S+さん)が最初からやり直して暗証番号での確認を選んでいる$`, actor.StartsOverByPIN)
	to.Step(`^(\S+さん)が新しい(?:手続き|お手続き)で暗証番号での確認を選んでいる$`, actor.BeginsAgainByPIN)
	to.Step(`^(\S+さん)(?:の次の誤った暗証番号には|が次に誤った暗証番号を入力すると、)「(.*)」と示される$`, actor.NextWrongPINSays)
	to.Step(`^(\S+さん)が暗証番号での確認で登録を終えている$`, actor.RegistersByPIN)
}
