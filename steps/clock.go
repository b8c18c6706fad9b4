package steps

import (
	"context"

	"github.com/cucumber/godog"

	"example.com/netanswer/steps/actor"
)

func clock(to Definitions) {
	to.Step(`^いまは(\S+さん)のカードの有効期限の(月の終わり|翌月の初め)である$`, actor.ClockShowsExpiry)
	to.Step(`^いまは「([^」]*)」である$`, actor.ClockShows)
	to.Step(`^(?:方針の|)「([^」]*)」が「([^」]*)」(?:に設定されている|である)$`, actor.ChoosesPolicy)
	to.Step(`^(\S+さん)の登録に電話番号がない$`, func(ctx context.Context, name string) error { return actor.HasPhone(ctx, name, "") })
	to.Step(`^(\S+さん)の登録の電話番号が「([^」]*)」である$`, actor.HasPhone)
	to.Step(`^(\S+さん)のカードが(コーポレートカード|クラブ・オン/ミレニウムカード|利用停止中|退会済み)である$`, actor.HasCard)
	to.Step(`^(\S+さん)のご利用可能枠が「([\d,]+)円」である$`, actor.MaySpend)
	to.Step(`^(\S+さん)のカードのご利用が次のとおりである$`, func(ctx context.Context, name string, table *godog.Table) error {
		return actor.HasPurchases(ctx, name, cells(table))
	})
}
