package steps

import (
	"context"

	"github.com/cucumber/godog"

	"example.com/netanswer/steps/integrator"
)

func backend(to Definitions) {
	to.Step(`^自社システムは(?:送る先のワールドを指定しない|ワールドを名乗らない)$`, integrator.NamesNoWorld)
	to.Step(`^自社システムのワールドが(\S+さん)の電話番号を(?:受信用に登録している|引き受けている)$`, integrator.ClaimsPhone)
	to.Step(`^自社システムのワールドが(\S+さん)のメールアドレスを(?:受信用に登録している|引き受けている)$`, integrator.ClaimsAddress)
	to.Step(`^自社システムが「?(REST|SMPP)」?で(\S+さん)へSMSを送(?:る|っている)$`, func(ctx context.Context, way, name string) error {
		return integrator.Texts(ctx, way, name, "")
	})
	to.Step(`^自社システムが「?(REST|SMPP)」?で(\S+さん)へ次のSMSを送る$`, func(ctx context.Context, way, name string, text *godog.DocString) error {
		return integrator.Texts(ctx, way, name, text.Content)
	})
	to.Step(`^自社システムが「?(REST|SMPP)」?で(\S+さん)へ「([^」]*)」を「?(\d+)」?文字並べたSMSを送(?:る|っている)$`, integrator.TextsMany)
	to.Step(`^自社システムが「?(REST|SMPP)」?で番号「([^」]*)」へSMSを送(?:る|っている)$`, func(ctx context.Context, way, number string) error {
		return integrator.TextsNumber(ctx, way, number, "")
	})
	to.Step(`^自社システムが「?(REST|SMPP)」?で(\S+さん)へ「([^」]*)」というSMSを送(?:る|っている)$`, integrator.Texts)
	to.Step(`^自社システムが(?:SMPPの文字種別|data_coding)「([^」]*)」で(\S+さん)へ「([^」]*)」というSMSを送る$`,
		func(ctx context.Context, coding, name, body string) error {
			return integrator.TextsCoded(ctx, name, coding, body)
		})
	to.Step(`^自社システムが(\S+さん)へ「([^」]*)」後に送るSMSを予約(?:する|している)$`, integrator.TextsLater)
	to.Step(`^自社システムがそのSMSを取り消す$`, integrator.TakesBack)
	to.Step(`^自社システムがRESTで「([^」]*)」を(?:呼び出す|求める)$`, integrator.AsksFor)
	to.Step(`^(?:断りの文に|その断りは)「([^」]*)」(?:と書かれている|を名指す)$`, integrator.IsNamed)
	to.Step(`^そのSMSのパスコードは「([^」]*)」と読み取られる$`, integrator.PasscodeIs)
	to.Step(`^そのパスコードの期限は「([^」]*)」と読み取られる$`, integrator.ExpiryIs)
	to.Step(`^その電話のパスコードは「([^」]*)」と読み取られる$`, integrator.CallPasscodeIs)
	to.Step(`^自社システムが(\S+さん)へ、文字コード「([^」]*)」の件名「([^」]*)」、本文「([^」]*)」のメールを送る$`, integrator.MailsIn)
	to.Step(`^自社システムが(\S+さん)へ(\S+)のある、本文「([^」]*)」のメールを送る$`, integrator.MailsBroken)
	to.Step(`^自社システムが(\S+さん)へ件名「([^」]*)」、HTML「([^」]*)」のメールを送(?:る|っている)$`, integrator.MailsHTML)
	to.Step(`^自社システムが(\S+さん)のメールボックスに件名「([^」]*)」のメールを置く$`, integrator.Puts)
	to.Step(`^そのメールのリンクは次のとおりである$`, func(ctx context.Context, table *godog.Table) error {
		links, err := column(table)
		if err != nil {
			return err
		}
		return integrator.LinksAre(ctx, links)
	})
	to.Step(`^自社システムが電話に次の文書で答える$`, func(ctx context.Context, document *godog.DocString) error {
		return integrator.AnswersWith(ctx, document.Content)
	})
	to.Step(`^(\S+さん)が国際表記の番号でSIPの電話からかけて最後まで聞く$`, func(ctx context.Context, name string) error {
		return integrator.DialsBySIP(ctx, name, integrator.Dial{All: true, International: true})
	})
	to.Step(`^自社システムが(\S+さん)の番号の確認を(?:始める|始めている)$`, integrator.VerifiesNumber)
	to.Step(`^自社システムが(\S+さん)に届いた(コード|のとは違うコード)で確かめ(?:る|ている)$`, func(ctx context.Context, name, which string) error {
		return integrator.ChecksCode(ctx, name, which == "コード")
	})
	to.Step(`^その番号の確認は「([^」]*)」である$`, integrator.IsVerified)
	to.Step(`^自社システムが番号「([^」]*)」を調べる$`, integrator.LooksUp)
	to.Step(`^その番号の種別は「([^」]*)」である$`, integrator.LineIs)
	to.Step(`^自社システムが(\S+さん)に電話をかけ、「([^」]*)」と伝え(?:る|ている)$`, integrator.CallsMember)
	to.Step(`^自社システムがかけた電話の一覧に、(\S+さん)への「([^」]*)」の電話が(\d+)件ある$`, integrator.ListsCalls)
	to.Step(`^そのSMSは「?(\d+)」?通分に数えられる$`, integrator.CountsAs)
	to.Step(`^そのSMSの状態は「([^」]*)」である$`, integrator.StatusIs)
	to.Step(`^そのSMSが「([^」]*)」に「([^」]*)」になったと報告が届く$`, integrator.IsReported)
	to.Step(`^そのSMSは「?(自社システム|既定)」?のワールドだけに届く$`, integrator.LandsIn)
	to.Step(`^その(?:送信|取り消し|確認)は(?:エラー|)「([^」]*)」で断られる$`, integrator.IsRefused)
	to.Step(`^その送信には応答がない$`, integrator.IsUnanswered)
	to.Step(`^その報告では、受け付け(?:の時刻|)は「([^」]*)」である$`, integrator.WasAcceptedAt)
	to.Step(`^自社システムがメールボックスをどこまで見たかを覚えている$`, integrator.Remembers)
	to.Step(`^自社システムが件名「([^」]*)」のメールに既読の印をつける$`, integrator.MarksSeen)
	to.Step(`^覚えたあとで変わったメールは、次の件名のものだけである$`, func(ctx context.Context, table *godog.Table) error {
		subjects, err := column(table)
		if err != nil {
			return err
		}
		return integrator.HaveChanged(ctx, subjects)
	})
	to.Step(`^覚えたあとで変わったメールはない$`, func(ctx context.Context) error { return integrator.HaveChanged(ctx, nil) })
	to.Step(`^自社システムがIMAPで「([^」]*)」を使うと言う$`, integrator.Enables)
	to.Step(`^IMAPサーバーは「([^」]*)」を使うと答える$`, integrator.IsEnabled)
	to.Step(`^IMAPサーバーは何も使うと答えない$`, func(ctx context.Context) error { return integrator.IsEnabled(ctx, "") })
	to.Step(`^自社システムがメールボックスで「([^」]*)」以後のメールを探す$`, integrator.SearchesSince)
	to.Step(`^自社システムがメールボックスで「([^」]*)」より前のメールを探す$`, integrator.SearchesBefore)
	to.Step(`^次のSMSは(断られる|届かない|二重に届く)が、その次のSMSは(断られる|届かない|二重に届く)$`, integrator.GoesWrongTwice)
	to.Step(`^その送信は受け付けられる$`, integrator.IsTaken)
	to.Step(
		`^自社システムが(\S+さん)へメールを送(?:る|っている)$`,
		func(ctx context.Context, name string) error { return integrator.Mails(ctx, name, "", "本文") },
	)
	to.Step(`^自社システムが(\S+さん)へ件名「([^」]*)」、本文「([^」]*)」のメールを送(?:る|っている)$`, integrator.Mails)
	to.Step(`^自社システムが(\S+さん)と(\S+さん)を宛先に、件名「([^」]*)」、本文「([^」]*)」のメールを1通送る$`, integrator.MailsBoth)
	to.Step(`^(\S+さん)に最初に届いた(SMS|メール)のパスコードは、新しいものに替わってい(る|ない)$`,
		func(ctx context.Context, name, way, is string) error {
			return integrator.IsSuperseded(ctx, name, way, is == "る")
		})
	to.Step(`^番号「([^」]*)」からの電話は(\d+)件見つかる$`, integrator.HasCalls)
	to.Step(`^そのメールは「?(自社システム|既定)」?のワールドだけに届く$`, integrator.MailLandsIn)
	to.Step(`^(\S+さん)のメールサーバーが「([^」]*)」からのメールを断る$`, integrator.RejectsMail)
	to.Step(`^自社システムがメールボックスで「([^」]*)」を探す$`, integrator.Searches)
	to.Step(`^ほかのワールドのメールボックスで「([^」]*)」を探す$`, integrator.SearchesElsewhere)
	to.Step(`^次の件名のメールだけが見つかる$`, func(ctx context.Context, table *godog.Table) error {
		subjects, err := column(table)
		if err != nil {
			return err
		}
		return integrator.Finds(ctx, subjects)
	})
	to.Step(`^メールは見つからない$`, func(ctx context.Context) error { return integrator.Finds(ctx, nil) })
	to.Step(`^自社システムが電話に「([^」]*)」と答える$`, integrator.AnswersCalls)
	to.Step(`^自社システムに(?:知らされる番号は|知らされる番号は、国際表記の|は、番号の代わりに)「([^」]*)」(?:である|と知らされる)$`, integrator.IsTold)
	to.Step(`^(\S+さん)が登録の電話からかけて、求められたら「(\d+)」を押す$`, integrator.Presses)
	to.Step(`^自社システムに知らされるキーは「(\d+)」である$`, integrator.IsToldKeys)
	to.Step(`^自社システムに知らされる電話の終わり(?:方|)は「([^」]*)」である$`, integrator.IsToldEnd)
	to.Step(`^自社システムが状態の知らせを求めて(\S+さん)へSMSを送(?:る|っている)$`, integrator.TextsToBeTold)
	to.Step(`^自社システムに、署名つきで次の状態が順に知らされる$`, func(ctx context.Context, table *godog.Table) error {
		statuses, err := column(table)
		if err != nil {
			return err
		}
		return integrator.IsToldStatuses(ctx, statuses)
	})
	to.Step(`^そのSMSが届かなかった理由(?:として、コード|は)「([^」]*)」(?:が知らされる|と知らされる)$`, integrator.ReasonIs)
	to.Step(`^自社システムへの問い合わせには、どれにも署名がある$`, integrator.CallsAreSigned)
	to.Step(`^(\S+さん)がSIPの電話からかけて(最後まで聞く|途中で切る)$`, func(ctx context.Context, name, how string) error {
		return integrator.DialsBySIP(ctx, name, integrator.Dial{All: how == "最後まで聞く"})
	})
	to.Step(`^(\S+さん)が番号を通知しないSIPの電話からかけて途中で切る$`, func(ctx context.Context, name string) error {
		return integrator.DialsBySIP(ctx, name, integrator.Dial{Withheld: true})
	})
	to.Step(`^SIPの電話は(?:エラー|)「(\d+)」で断られる$`, integrator.IsRefused)
	to.Step(`^その電話の音声は「([^」]*)」である$`, integrator.WasSaid)
	to.Step(`^その電話は「([^」]*)」と記録される$`, integrator.IsRecordedAs)
}
