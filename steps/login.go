package steps

import (
	"example.com/netanswer/steps/actor"
)

func login(to Definitions) {
	to.Step(`^(\S+さん)が設定したIDとパスワードでログイン(?:する|している)$`, actor.LogsIn)
	to.Step(`^(\S+さん)が「([^」]*)」後に設定したIDとパスワードでログインする$`, actor.LogsInAfter)
	to.Step(`^(\S+さん)が誤ったパスワードで「?([^「」]*?)」?回ログイン(?:する|している)$`, actor.LogsInWrongly)
	to.Step(`^(\S+さん)が(ID|パスワード)だけを大文字にしてログインする$`, actor.LogsInWithCapitals)
	to.Step(`^(\S+さん)がID「([^」]*)」とパスワード「([^」]*)」でログインする$`, actor.LogsInAs)
	to.Step(`^(\S+さん)がID「([^」]*)」と、パスワード「([^」]*)」の「?(\d+)」?文字目を変えてログインする$`, actor.LogsInAsChanged)
	to.Step(`^(\S+さん)が「([^」]*)」に届いたメールのIDとパスワード「([^」]*)」でログインする$`, actor.LogsInAsMailedTo)
	to.Step(`^(\S+さん)が「([^」]*)」に届いたメールのIDと、パスワード「([^」]*)」の「?(\d+)」?文字目を変えてログインする$`, actor.LogsInAsMailedToChanged)
}
