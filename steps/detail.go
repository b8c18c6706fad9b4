package steps

import "example.com/netanswer/steps/actor"

func detail(to Definitions) {
	to.Step(`^画面の電話番号を押すと、書かれたとおりの番号へかかる$`, actor.DialsAsWritten)
	to.Step(`^カーソルは「([^」]*)」の欄にある$`, actor.CursorIsIn)
	to.Step(`^カーソルは「([^」]*)」という知らせにある$`, actor.CursorIsAt)
	to.Step(`^「([^」]*)」に書いた文字は隠される$`, actor.HidesWriting)
	to.Step(`^「([^」]*)」には(数字|メールアドレス)のためのキーが出る$`, actor.OffersKeys)
	to.Step(`^「([^」]*)」にはブラウザーが(新しいパスワード|使っているパスワード)を入れる$`, actor.OffersToFill)
	to.Step(`^(\S+さん)が規約を8割までスクロールして確認へ進もうとする$`, actor.ReadsTermsPartly)
}
