package steps

import (
	"example.com/netanswer/steps/actor"
)

func entrance(to Definitions) {
	to.Step(`^(\S+さん)がホームページを開(?:く|いている)$`, actor.OpensHome)
	to.Step(`^(\S+さん)がログイン画面(?:へ進む|を開いている)$`, actor.OpensEntrance)
	to.Step(`^(\S+さん)が「([^」]*)」で検索する$`, actor.Searches)
	to.Step(`^(\S+さん)が「([^」]*)」で検索して結果へ進む$`, actor.FollowsResult)
	to.Step(`^(\S+さん)が「(.+)」を押(?:す|している)$`, actor.Presses)
	to.Step(`^(\S+さん)が「(.+)」を二度押す$`, actor.PressesTwice)
}
