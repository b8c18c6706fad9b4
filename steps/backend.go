package steps

import (
	"context"

	"github.com/cucumber/godog"

	"example.com/netanswer/steps/integrator"
)

func backend(to Definitions) {
	to.Step(`^自社システムはワールドを名乗らない$`, func(ctx context.Context) error { return integrator.NamesNoWorld(ctx) })
	to.Step(`^自社システムのワールドが(\S+さん)の電話番号を引き受けている$`, func(ctx context.Context, name string) error { return integrator.ClaimsPhone(ctx, name) })
	to.Step(`^自社システムのワールドが(\S+さん)のメールアドレスを引き受けている$`, func(ctx context.Context, name string) error {
		return integrator.ClaimsAddress(ctx, name)
	})
	to.Step(`^自社システムが「([^」]*)」で(\S+さん)へSMSを送(?:る|っている)$`, func(ctx context.Context, way, name string) error {
		return integrator.Texts(ctx, way, name, "")
	})
	to.Step(`^自社システムが「([^」]*)」で(\S+さん)へ次のSMSを送る$`, func(ctx context.Context, way, name string, text *godog.DocString) error {
		return integrator.Texts(ctx, way, name, text.Content)
	})
	to.Step(`^自社システムが「([^」]*)」で(\S+さん)へ「([^」]*)」を「(\d+)」文字並べたSMSを送る$`, func(ctx context.Context, way, name, character string, times int) error {
		return integrator.TextsMany(ctx, way, name, character, times)
	})
	to.Step(`^自社システムが「([^」]*)」で番号「([^」]*)」へSMSを送る$`, func(ctx context.Context, way, number string) error {
		return integrator.TextsNumber(ctx, way, number, "")
	})
	to.Step(`^そのSMSは「(\d+)」通分に数えられる$`, func(ctx context.Context, n int) error { return integrator.CountsAs(ctx, n) })
	to.Step(`^そのSMSの状態は「([^」]*)」である$`, func(ctx context.Context, status string) error { return integrator.StatusIs(ctx, status) })
	to.Step(`^そのSMSが「([^」]*)」に「([^」]*)」になったと報告が届く$`, func(ctx context.Context, at, outcome string) error {
		return integrator.IsReported(ctx, at, outcome)
	})
	to.Step(`^そのSMSは「([^」]*)」のワールドだけに届く$`, func(ctx context.Context, where string) error { return integrator.LandsIn(ctx, where) })
	to.Step(`^その送信は「([^」]*)」で断られる$`, func(ctx context.Context, with string) error { return integrator.IsRefused(ctx, with) })
	to.Step(`^その送信は受け付けられる$`, func(ctx context.Context) error { return integrator.IsTaken(ctx) })
	to.Step(`^自社システムが(\S+さん)へメールを送(?:る|っている)$`, func(ctx context.Context, name string) error { return integrator.Mails(ctx, name, "", "本文") })
	to.Step(`^自社システムが(\S+さん)へ件名「([^」]*)」、本文「([^」]*)」のメールを送(?:る|っている)$`, func(ctx context.Context, name, subject, body string) error {
		return integrator.Mails(ctx, name, subject, body)
	})
	to.Step(`^そのメールは「([^」]*)」のワールドだけに届く$`, func(ctx context.Context, where string) error { return integrator.MailLandsIn(ctx, where) })
	to.Step(`^(\S+さん)のメールサーバーが「([^」]*)」からのメールを断る$`, func(ctx context.Context, name, domain string) error {
		return integrator.RejectsMail(ctx, name, domain)
	})
	to.Step(`^自社システムがメールボックスで「([^」]*)」を探す$`, func(ctx context.Context, words string) error { return integrator.Searches(ctx, words) })
	to.Step(`^ほかのワールドのメールボックスで「([^」]*)」を探す$`, func(ctx context.Context, words string) error { return integrator.SearchesElsewhere(ctx, words) })
	to.Step(`^次の件名のメールだけが見つかる$`, func(ctx context.Context, table *godog.Table) error {
		subjects, err := column(table)
		if err != nil {
			return err
		}
		return integrator.Finds(ctx, subjects)
	})
	to.Step(`^メールは見つからない$`, func(ctx context.Context) error { return integrator.Finds(ctx, nil) })
	to.Step(`^自社システムが電話に「([^」]*)」と答える$`, func(ctx context.Context, sentence string) error { return integrator.AnswersCalls(ctx, sentence) })
	to.Step(`^自社システムに知らされる番号は「([^」]*)」である$`, func(ctx context.Context, number string) error { return integrator.IsTold(ctx, number) })
	to.Step(`^自社システムが状態の知らせを求めて(\S+さん)へSMSを送(?:る|っている)$`, func(ctx context.Context, name string) error {
		return integrator.TextsToBeTold(ctx, name)
	})
	to.Step(`^自社システムに、署名つきで次の状態が順に知らされる$`, func(ctx context.Context, table *godog.Table) error {
		statuses, err := column(table)
		if err != nil {
			return err
		}
		return integrator.IsToldStatuses(ctx, statuses)
	})
	to.Step(`^そのSMSが届かなかった理由は「([^」]*)」と知らされる$`, func(ctx context.Context, reason string) error { return integrator.ReasonIs(ctx, reason) })
	to.Step(`^自社システムへの問い合わせには、どれにも署名がある$`, func(ctx context.Context) error { return integrator.CallsAreSigned(ctx) })
	to.Step(`^(\S+さん)がSIPの電話からかけて(最後まで聞く|途中で切る)$`, func(ctx context.Context, name, how string) error {
		return integrator.DialsBySIP(ctx, name, integrator.Dial{All: how == "最後まで聞く"})
	})
	to.Step(`^(\S+さん)が番号を通知しないSIPの電話からかけて途中で切る$`, func(ctx context.Context, name string) error {
		return integrator.DialsBySIP(ctx, name, integrator.Dial{Withheld: true})
	})
	to.Step(`^SIPの電話は「(\d+)」で断られる$`, func(ctx context.Context, status string) error { return integrator.IsRefused(ctx, status) })
	to.Step(`^その電話の音声は「([^」]*)」である$`, func(ctx context.Context, sentence string) error { return integrator.WasSaid(ctx, sentence) })
	to.Step(`^その電話は「([^」]*)」と記録される$`, func(ctx context.Context, how string) error { return integrator.IsRecordedAs(ctx, how) })
}
