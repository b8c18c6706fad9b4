package actor

import (
	"context"
	"fmt"
	"strings"

	"example.com/netanswer/client"
	"example.com/netanswer/steps/driver"
)

// Received is what the providers delivered in a world, as it was received: the
// timeline, every SMS, mail and call. Mail is told decoded, for in its raw form
// secrets could not be seen and masked.
func Received(ctx context.Context, controls *client.Client, world string) []driver.Evidence {
	const stamp = "2006-01-02 15:04:05"
	var found []driver.Evidence
	keep := func(name string, err error, tell func(*strings.Builder)) {
		var text strings.Builder
		if tell(&text); err != nil {
			fmt.Fprintf(&text, "%v\n", err)
		}
		if text.Len() > 0 {
			found = append(found, driver.Evidence{Name: name, Media: "text/plain; charset=utf-8", Bytes: []byte(text.String())})
		}
	}
	events, err := controls.Timeline(ctx, world)
	keep("timeline.txt", err, func(to *strings.Builder) {
		for _, e := range events {
			fmt.Fprintf(to, "%s  %-12s %s\n", e.At.Format(stamp), e.Kind, e.What)
		}
	})
	texts, err := controls.SMS(ctx, world, "")
	keep("sms.txt", err, func(to *strings.Builder) {
		for _, m := range texts {
			fmt.Fprintf(to, "%s  %s → %s（%d通分、%s）\n%s\n\n", m.DeliveredAt.Format(stamp), m.From, m.To, m.Segments, m.Encoding, m.Body)
		}
	})
	mails, err := controls.Mails(ctx, world, "")
	keep("mail.txt", err, func(to *strings.Builder) {
		for _, m := range mails {
			fmt.Fprintf(to, "%s\nFrom: %s\nTo: %s\nSubject: %s\n\n%s\n\n", m.DeliveredAt.Format(stamp), m.From, m.To, m.Subject, m.Text)
		}
	})
	calls, err := controls.Calls(ctx, world)
	keep("calls.txt", err, func(to *strings.Builder) {
		for _, c := range calls {
			fmt.Fprintf(to, "%s  %s → %s %s\n%s\n\n", c.StartedAt.Format(stamp), c.From, c.To, c.Outcome, c.Guidance)
		}
	})
	return found
}
