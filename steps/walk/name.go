package walk

import (
	"strings"

	"example.com/netanswer/steps/model"
	"example.com/netanswer/steps/say"
)

// inEnglish are the words of which the model makes the names of states and of kinds
// of members; what else is in them is the same in both languages.
var inEnglish = strings.NewReplacer("始め", "beginning", "ログイン後", "logged in", "アプリ ", "app ", "Web ", "web ",
	"連絡先なし", "no contact", "電話", "call", "メール", "mail", "二枚", "two cards", "登録済み", "registered", "・", " ")

// nameIn is the name of a state, or of a kind of members.
func nameIn(l say.Language, name string) string {
	if l == say.English {
		return inEnglish.Replace(name)
	}
	return stateInJapanese.Replace(name)
}

// stateInJapanese are what a card is, as the fixtures write it.
var stateInJapanese = strings.NewReplacer("・corporate", "・コーポレート", "・club_on", "・クラブ・オン", "・locked", "・利用停止", "・withdrawn", "・退会")

// inJapanese is what is done.
var inJapanese = map[model.Verb]string{
	model.Wait: "時間をおく", model.Clock: "時計を合わせる", model.Choose: "方針を変える", model.Break: "障害を計画する",
	model.Contact: "登録の電話番号を変える", model.Use: "ご利用を登録する", model.Swap: "別のウィンドウへ移る", model.Look: "画面を見る", model.Again: "もう一度送信する",
	model.Restart: "最初からやり直す", model.Jump: "ほかの画面を直接開く", model.Enter: "届いたパスコードを入力する",
	model.EnterText: "ほかの文字を入力する", model.Reissue: "再発行する", model.Login: "ログインする",
	model.OpenForm: "入力画面を開く", model.Submit: "入力を送信する", model.Revise: "戻って修正する", model.Proceed: "ご本人様確認へ進む",
	model.Dial: "電話をかける", model.FinishCall: "認証を完了する",
	model.OpenCard: "カードの登録を始める", model.SubmitCard: "カードを送信する", model.Request: "パスコードを求める",
	model.ChoosePIN: "暗証番号を選ぶ", model.ChooseSMS: "SMSを選ぶ", model.EnterPIN: "暗証番号を入力する",
	model.Email: "メールアドレスを入力する", model.Password: "パスワードを決める", model.Agree: "規約に同意する",
	model.Decline: "規約に同意しない", model.Back: "戻る", model.StartApp: "アプリを起動する", model.Wallet: "ウォレットに答える",
	model.Tap: "タップする", model.TapAmount: "金額をタップする", model.MailLogin: "メールのIDでログインする",
}

// doIn is what is done, in a language.
func doIn(l say.Language, do model.Verb) string {
	if words, ok := inJapanese[do]; ok && l != say.English {
		return words
	}
	return string(do)
}
