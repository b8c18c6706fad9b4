package steps

import (
	"context"

	"example.com/netanswer/steps/actor"
)

func keyboard(to Definitions) {
	to.Step(`^(\S+さん)が「([^」]*)」で「([^」]*)」を選び、「([^」]*)」(?:の欄|)から「([^」]*)」と続けて打つ$`, actor.ChoosesAndTypes)
	to.Step(`^(\S+さん)が「([^」]*)」の欄に「([^」]*)」を貼り付ける$`, actor.Pastes)
	to.Step(`^(\S+さん)が「([^」]*)」のソフトウェアキーボードを開(?:く|いている)$`, actor.OpensKeyboard)
	to.Step(`^(\S+さん)がソフトウェアキーボードの「([^」]*)」をマウスで押す$`, func(ctx context.Context, name, keys string) error {
		return actor.TypesOnScreen(ctx, name, keys, false)
	})
	to.Step(`^(\S+さん)がソフトウェアキーボードの「([^」]*)」をキー操作で押す$`, func(ctx context.Context, name, keys string) error {
		return actor.TypesOnScreen(ctx, name, keys, true)
	})
	to.Step(`^(\S+さん)がEscキーを押す$`, func(ctx context.Context, name string) error { return actor.Strikes(ctx, name, "Escape") })
	to.Step(`^ソフトウェアキーボードの数字は「(\d+)」の順に並ぶ$`, actor.KeysStandAs)
}
