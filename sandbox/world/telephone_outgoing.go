package world

import (
	"context"
	"fmt"
	"time"

	"example.com/netanswer/mocks/ivr"
	"example.com/netanswer/mocks/ivr/twiml"
	"example.com/netanswer/mocks/ivr/voice"
)

// An Outgoing is a call that a backend places to a member's telephone.
type Outgoing struct {
	From, To string
	Account  string
	Rings    time.Duration // longest
	Document string        // TwiML that is said; "": Webhook is asked
	ByGet    bool          // by GET
	Webhook  twiml.Webhook
}

// Dial places an outgoing call, and returns it as it then is: answered, or over
// where a plan has it busy, not answered or refused. Execute does the rest.
func (s Telephone) Dial(ctx context.Context, name string, q Outgoing) (ivr.Call, error) {
	var call ivr.Call
	_, err := s.update(ctx, name, func(st *State, now time.Time) error {
		var err error
		call, err = st.Telephone.Place(ivr.Dialling{From: q.From, To: q.To, Assigned: true, Webhook: withoutCards(q.Webhook.URL),
			Outgoing: true, Account: q.Account, Rings: q.Rings}, now, s.bounds.Messages)
		if err != nil {
			return fmt.Errorf("%w: %w", ErrRequest, err)
		}
		st.Timeline.add(now, "call", st.describe(call), call.ID)
		return nil
	})
	return call, err
}

// Execute has the member of an outgoing call that is answered hear all that is to be
// said, and hang up. Nothing of it takes any time. sid is its number.
func (s Telephone) Execute(ctx context.Context, name, sid string, c ivr.Call, q Outgoing) (ivr.Call, error) {
	told := twiml.Call{SID: sid, From: c.From, To: c.To, Outgoing: true}
	ask := func(ctx context.Context, action, digits string) ([]ivr.Verb, error) {
		return s.teller.Ask(ctx, q.Webhook, told, action, digits)
	}
	script, err := q.script(ctx, ask)
	if err != nil {
		return s.heard(ctx, name, c.ID, ivr.Heard{Scenes: []ivr.Scene{{What: string(ivr.Note), Says: err.Error()}}}, true)
	}
	line := ivr.Line(&mute{})
	if c.Cut {
		line = ivr.Cut(line)
	}
	return s.heard(ctx, name, c.ID, ivr.Conductor{Speak: voice.Of, Next: ask}.Conduct(ctx, script, line), true)
}

// script is what is said at first.
func (q Outgoing) script(ctx context.Context, ask func(context.Context, string, string) ([]ivr.Verb, error)) ([]ivr.Verb, error) {
	switch {
	case q.Document != "":
		return twiml.Parse([]byte(q.Document))
	case q.ByGet:
		return ask(ctx, ivr.ByGet, "")
	}
	return ask(ctx, "", "")
}

// Progress tells the status call-back of an outgoing call how it goes. That it
// could not be told stands in the timeline.
func (s Telephone) Progress(ctx context.Context, name, sid string, c ivr.Call, w twiml.Webhook, p twiml.Progress) {
	failed := s.teller.TellProgress(ctx, w, twiml.Call{SID: sid, From: c.From, To: c.To, Outgoing: true}, p)
	s.record(ctx, name, failed, "電話の状態 "+p.Status+" を知らせられませんでした")
}
