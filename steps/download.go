package steps

import (
	"example.com/netanswer/steps/actor"
)

func download(to Definitions) {
	to.Step(`^(\S+さん)がアプリの案内を開(?:く|いている)$`, actor.OpensGuide)
	to.Step(`^(\S+さん)が二次元コードをカメラで読み取(?:る|っている)$`, actor.ScansCode)
	to.Step(`^(\S+さん)がアプリのストアを開(?:く|いている)$`, actor.OpensStore)
	to.Step(`^(\S+さん)がアプリのインストールを始めて「([^」]*)」待(?:つ|っている)$`, actor.InstallsFor)
	to.Step(`^(\S+さん)がアプリを開(?:く|いている)$`, actor.OpensApp)
	to.Step(`^(\S+さん)がアプリを起動(?:する|している|しなおす|しなおしている)$`, actor.StartsApp)
	to.Step(`^(\S+さん)が`+later+`アプリを起動する$`, actor.StartsAppAfter)
	to.Step(`^(\S+さん)がメッセージアプリへ移って「([^」]*)」後に戻(?:る|っている)$`, actor.LeavesFor)
}
