package steps

import (
	"example.com/netanswer/steps/actor"
)

func portal(to Definitions) {
	to.Step(`^(\S+さん)がはじめてアプリを起動(?:する|している)$`, actor.StartsFirst)
	to.Step(`^(\S+さん)がウォレットの設定(?:に|で)「([^」]*)」(?:を選ぶ|を選んでいる|と答える)$`, actor.AnswersWallet)
	to.Step(`^(\S+さん)がウォレットの設定(?:で「今はしない」を選び、ホームを開いている|に「今はしない」と答えている)$`, actor.ReachesAppHome)
	to.Step(`^(\S+さん)がアプリのホームを開(?:く|いている)$`, actor.ReachesAppHome)
	to.Step(`^(\S+さん)がアプリの明細を開(?:く|いている)$`, actor.ReachesStatement)
	to.Step(`^(\S+さん)が表示されている金額をタップする$`, actor.TapsPayment)
	to.Step(`^(\S+さん)が「([^」]*)」をタップ(?:する|している|して開いている)$`, actor.Taps)
}
