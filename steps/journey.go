package steps

import (
	"example.com/netanswer/steps/actor"
)

func journey(to Definitions) {
	to.Step(`^(\S+さん)が同じ操作をもう一度送る$`, actor.RepeatsLast)
	to.Step(`^(\S+さん)が「([^」]*)」の手順へ直接進もうとする$`, actor.OpensStep)
	to.Step(`^(\S+さん)が最初からやり直して登録を終える$`, actor.StartsOver)
	to.Step(`^(\S+さん)が最初からやり直す$`, actor.Restarts)
	to.Step(`^(\S+さん)が(?:別|元)の(?:窓|スマートフォン)に移(?:る|っている)$`, actor.TakesOther)
	to.Step(`^(\S+さん)が画面を開きなおす$`, actor.Looks)
	to.Step(`^(\S+さん)が別の窓で同じカードの入力内容を確認している$`, actor.ConfirmsElsewhere)
}
