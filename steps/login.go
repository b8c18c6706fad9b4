package steps

import (
	"example.com/netanswer/steps/actor"
)

func login(to Definitions) {
	to.Step(`^(\S+さん)が設定したIDとパスワードでログイン(?:する|している)$`, actor.LogsIn)
	to.Step(`^(\S+さん)が「([^」]*)」後に設定したIDとパスワードでログインする$`, actor.LogsInAfter)
	to.Step(`^(\S+さん)が誤ったパスワードで「([^」]*)」回ログイン(?:する|している)$`, actor.LogsInWrongly)
	to.Step(`^(\S+さん)が(ID|パスワード)だけを大文字にしてログインする$`, actor.LogsInWithCapitals)
}
