package steps

import (
	"context"

	"example.com/netanswer/steps/actor"
)

func clock(to Definitions) {
	to.Step(`^いまは(\S+さん)のカードの有効期限の(月の終わり|翌月の初め)である$`, actor.ClockShowsExpiry)
	to.Step(`^いまは「([^」]*)」である$`, actor.ClockShows)
	to.Step(`^(?:方針の|)「([^」]*)」が「([^」]*)」(?:に設定されている|である)$`, actor.ChoosesPolicy)
	to.Step(`^(\S+さん)の登録に電話番号がない$`, func(ctx context.Context, name string) error { return actor.HasPhone(ctx, name, "") })
	to.Step(`^(\S+さん)の登録の電話番号が「([^」]*)」である$`, actor.HasPhone)
}
