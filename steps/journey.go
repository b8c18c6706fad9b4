package steps

import (
	"example.com/netanswer/steps/actor"
)

func journey(to Definitions) {
	to.Step(`^(\S+さん)が同じ操作をもう一度(?:行う|行っている|送る)$`, actor.RepeatsLast)
	to.Step(`^(\S+さん)が「([^」]*)」の(?:画面|手順)へ直接進もうとする$`, actor.OpensStep)
	to.Step(`^(\S+さん)が最初からやり直して登録を終える$`, actor.StartsOver)
	to.Step(`^(\S+さん)が最初からやり直(?:す|している)$`, actor.Restarts)
	to.Step(`^(\S+さん)が(?:別|元)の(?:ウィンドウ|窓|スマートフォン)に移(?:る|っている)$`, actor.TakesOther)
	to.Step(`^(\S+さん)が画面を開きなお(?:す|している)$`, actor.Looks)
	to.Step(`^(\S+さん)が「([^」]*)」がたってから画面を開きなお(?:す|している)$`, actor.LooksAfter)
	to.Step(`^(\S+さん)が別の(?:ウィンドウ|窓)で同じカードの入力内容を確認している$`, actor.ConfirmsElsewhere)
	to.Step(`^(\S+さん)が同じブラウザーの別のタブで(\S+さん)のカードの入力内容を確認している$`, actor.ConfirmsInTab)
	to.Step(`^(\S+さん)が同じブラウザーの別のタブで「([^」]*)」を「([^」]*)」に直して入力内容を確認している$`, actor.ChangesInTab)
}
