package steps

import (
	"context"

	"github.com/cucumber/godog"

	"example.com/netanswer/steps/actor"
)

func message(to Definitions) {
	to.Step(`^(\S+さん)に届いたSMSは「?([^「」]*?)」?通である$`, actor.HasTexts)
	to.Step(`^(\S+さん)に届いたSMSの文面は次のとおりである$`, func(ctx context.Context, name string, text *godog.DocString) error {
		return actor.TextReads(ctx, name, text.Content)
	})
	to.Step(`^(\S+さん)(?:に届いたSMS|のSMS)の有効期限は「([^」]*)」である$`, actor.TextExpires)
	to.Step(`^「([^」]*)」に届いたメールは「?(\d+)」?通である$`, actor.HasMails)
	to.Step(`^(\S+さん)に届いたメールの件名は「([^」]*)」である$`, actor.SubjectIs)
	to.Step(`^そのメールの差出人は「([^」]*)」である$`, actor.MailFrom)
	to.Step(`^そのメールに次の文が書かれている$`, func(ctx context.Context, table *godog.Table) error {
		sentences, err := column(table)
		if err != nil {
			return err
		}
		return actor.MailReads(ctx, sentences)
	})
	to.Step(`^そのメールの件名は「([^」]*)」である$`, actor.MailSubjectIs)
	to.Step(`^届いたSMSは次のとおりである$`, func(ctx context.Context, table *godog.Table) error {
		rows, err := pairs(table)
		if err != nil {
			return err
		}
		return actor.TextsAre(ctx, rows)
	})
	to.Step(`^SMSは誰にも届いていない$`, func(ctx context.Context) error { return actor.TextsAre(ctx, nil) })
	to.Step(`^届いたメールは次のとおりである$`, func(ctx context.Context, table *godog.Table) error {
		rows, err := pairs(table)
		if err != nil {
			return err
		}
		return actor.MailsAre(ctx, rows)
	})
	to.Step(`^メールは誰にも届いていない$`, func(ctx context.Context) error { return actor.MailsAre(ctx, nil) })
	to.Step(`^テストの記録のどこにも「([^」]*)」は残らない$`, actor.IsNotRecorded)
}
