package steps

import (
	"example.com/netanswer/steps/actor"
)

func portal(to Definitions) {
	to.Step(`^(\S+さん)がはじめてアプリを起動(?:する|している)$`, actor.StartsFirst)
	to.Step(`^(\S+さん)がウォレットの設定に「([^」]*)」と答える$`, actor.AnswersWallet)
	to.Step(`^(\S+さん)がウォレットの設定に「今はしない」と答えている$`, actor.ReachesAppHome)
	to.Step(`^(\S+さん)がアプリのホームを開(?:く|いている)$`, actor.ReachesAppHome)
	to.Step(`^(\S+さん)がアプリの明細を開(?:く|いている)$`, actor.ReachesStatement)
	to.Step(`^(\S+さん)が表示されている金額をタップする$`, actor.TapsPayment)
	to.Step(`^(\S+さん)が「([^」]*)」をタップ(?:する|している)$`, actor.Taps)
}
