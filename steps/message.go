package steps

import (
	"context"

	"github.com/cucumber/godog"

	"example.com/netanswer/steps/actor"
)

func message(to Definitions) {
	to.Step(`^(\S+さん)に届いたSMSは「(\d+)」通である$`, func(ctx context.Context, name string, n int) error { return actor.HasTexts(ctx, name, n) })
	to.Step(`^(\S+さん)に届いたSMSの文面は次のとおりである$`, func(ctx context.Context, name string, text *godog.DocString) error {
		return actor.TextReads(ctx, name, text.Content)
	})
	to.Step(`^「([^」]*)」に届いたメールは「(\d+)」通である$`, func(ctx context.Context, address string, n int) error {
		return actor.HasMails(ctx, address, n)
	})
	to.Step(`^(\S+さん)に届いたメールの件名は「([^」]*)」である$`, func(ctx context.Context, name, subject string) error {
		return actor.SubjectIs(ctx, name, subject)
	})
	to.Step(`^そのメールの差出人は「([^」]*)」である$`, func(ctx context.Context, from string) error { return actor.MailFrom(ctx, from) })
	to.Step(`^そのメールに次の文が書かれている$`, func(ctx context.Context, table *godog.Table) error {
		sentences, err := column(table)
		if err != nil {
			return err
		}
		return actor.MailReads(ctx, sentences)
	})
	to.Step(`^テストの記録のどこにも「([^」]*)」は残らない$`, func(ctx context.Context, secret string) error { return actor.IsNotRecorded(ctx, secret) })
}
