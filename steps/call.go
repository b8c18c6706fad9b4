package steps

import (
	"example.com/netanswer/steps/actor"
)

func call(to Definitions) {
	to.Step(`^(\S+さん)が電話をかける画面を開(?:く|いている)$`, actor.ReachesCall)
	to.Step(`^(\S+さん)が登録の電話からかけて最後まで聞(?:く|いている)$`, actor.Calls)
	to.Step(`^(\S+さん)が「([^」]*)」(?:たってから|後に)登録の電話からかけて最後まで聞(?:く|いている)$`, actor.CallsAfter)
	to.Step(`^(\S+さん)が「([^」]*)」からかけて最後まで聞く$`, actor.CallsFrom)
	to.Step(`^(\S+さん)が番号を通知せずにかけて最後まで聞(?:く|いている)$`, actor.CallsWithheld)
	to.Step(`^(\S+さん)が「([^」]*)」へ電話をかけ(?:る|ている)$`, actor.CallsTo)
	to.Step(`^(\S+さん)が登録の電話からかけて途中で切(?:る|っている)$`, actor.CallsInPart)
	to.Step(`^(\S+さん)が登録の電話からかけて切らずにいる$`, actor.StaysOnTheLine)
	to.Step(`^(\S+さん)が登録の電話からかけて最後まで聞き、切らずにいる$`, actor.HearsOutAndStays)
	to.Step(`^(\S+さん)が電話を切(?:る|っている)$`, actor.HangsUp)
	to.Step(`^(\S+さん)が「([^」]*)」後に電話を切(?:る|っている)$`, actor.HangsUpAfter)
	to.Step(`^電話で「(.*)」と聞こえる$`, actor.Hears)
	to.Step(`^その電話(?:の結果)?は「([^」]*)」である$`, actor.CallIs)
	to.Step(`^(\S+さん)が認証を完了(?:する|しようとする|しようとしている)$`, actor.FinishesCall)
	to.Step(`^(\S+さん)が「([^」]*)」(?:たってから|後に)認証を完了(?:する|しようとする)$`, actor.FinishesCallAfter)
	to.Step(`^(\S+さん)は認証を完了できる$`, actor.CanFinishCall)
	to.Step(`^(\S+さん)はまだ認証を完了できない$`, actor.CannotFinishCall)
}
