package steps

import (
	"example.com/netanswer/steps/actor"
)

func login(to Definitions) {
	to.Step(`^(\S+さん)が(?:設定した|これまでの)IDとパスワードでログイン`+trying, actor.LogsIn)
	to.Step(`^(\S+さん)が1枚目のカードのIDとパスワードでログイン`+trying, actor.LogsInAsFirst)
	to.Step(`^(\S+さん)が`+later+`設定したIDとパスワードでログイン(?:する|しようとする)$`, actor.LogsInAfter)
	to.Step(`^(\S+さん)が誤ったパスワードで`+times+`ログイン(?:する|している|しようとする|しようとしている)$`, actor.LogsInWrongly)
	to.Step(`^(\S+さん)が(ID|パスワード)だけを大文字にしてログイン(?:する|している|しようとする)$`, actor.LogsInWithCapitals)
	to.Step(`^(\S+さん)がID「([^」]*)」とパスワード「([^」]*)」でログイン(?:する|しようとする)$`, actor.LogsInAs)
	to.Step(`^(\S+さん)がID「([^」]*)」と、パスワード「([^」]*)」の「?(\d+)」?文字目を変えてログイン(?:する|しようとする)$`, actor.LogsInAsChanged)
	to.Step(`^(\S+さん)が「([^」]*)」に届いたメールのIDとパスワード「([^」]*)」でログインする$`, actor.LogsInAsMailedTo)
	to.Step(`^(\S+さん)が「([^」]*)」に届いたメールのIDと、パスワード「([^」]*)」の「?(\d+)」?文字目を変えてログイン(?:する|しようとする)$`, actor.LogsInAsMailedToChanged)
}
