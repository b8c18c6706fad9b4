package twiml

import (
	"context"
	"strconv"
	"time"
)

// A Progress is what a status call-back of an outgoing call tells
// (https://www.twilio.com/docs/voice/api/call-resource#statuscallback).
type Progress struct {
	Status   string // initiated, ringing, in-progress, or how it ended
	At       time.Time
	Sequence int
	Lasted   time.Duration // of one that was completed
	Get      bool          // told by GET
}

// TellProgress tells a webhook's status call-back, if it has one, how a call of
// REST goes.
func (t *Teller) TellProgress(ctx context.Context, w Webhook, c Call, p Progress) error {
	if w.StatusCallback == "" {
		return nil
	}
	form := about(w, c, p.Status)
	form.Set("Timestamp", p.At.UTC().Format(time.RFC1123Z))
	form.Set("SequenceNumber", strconv.Itoa(p.Sequence))
	form.Set("CallbackSource", "call-progress-events")
	if p.Status == "completed" {
		form.Set("CallDuration", strconv.Itoa(int(p.Lasted/time.Second)))
		form.Set("Duration", strconv.Itoa(int((p.Lasted+time.Minute-1)/time.Minute)))
	}
	if p.Get {
		return tell(ctx, w, form, t.get)
	}
	return tell(ctx, w, form, t.post)
}
