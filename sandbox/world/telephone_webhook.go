package world

import (
	"context"
	"errors"
	"fmt"
	"time"

	"example.com/netanswer/mocks/ivr"
	"example.com/netanswer/mocks/ivr/twiml"
)

// SetVoice names the voice webhook that decides what the callers of a world
// hear from now on; the zero Webhook gives that back to the registrations.
func (s Telephone) SetVoice(ctx context.Context, name string, w twiml.Webhook) error {
	said := "電話の応答をワールドに戻しました"
	if w != (twiml.Webhook{}) {
		if err := w.Check(); err != nil {
			return fmt.Errorf("%w: %w", ErrRequest, err)
		}
		if err := s.reaches(w.URL, w.StatusCallback); err != nil {
			return err
		}
		said = "電話の応答を決めるWebhook: " + w.URL
	}
	_, err := s.update(ctx, name, func(st *State, now time.Time) error {
		st.Voice = w
		st.Timeline.add(now, "policy", said, "")
		return nil
	})
	return err
}

// voice is the webhook that decides what the callers of a world hear: its own,
// or the one of every world; none where it is the registrations.
func (s *core) voice(st *State) twiml.Webhook {
	if st.Voice == (twiml.Webhook{}) && s.hotline != nil {
		return s.hotline(st.Name)
	}
	return st.Voice
}

// tellerOf tells that webhook. The owner of the sandbox may name any host.
func (s *core) tellerOf(st *State) *twiml.Teller {
	if st.Voice == (twiml.Webhook{}) {
		return s.front
	}
	return s.teller
}

// asking tells the webhook of a world of a call.
func (s Telephone) asking(name string, c ivr.Call) func(context.Context, string, string) ([]ivr.Verb, error) {
	return func(ctx context.Context, action, digits string) ([]ivr.Verb, error) {
		m, err := s.Snapshot(context.WithoutCancel(ctx), name) // the teller tells that ctx has ended
		if err != nil {
			return nil, err
		}
		w := s.voice(&m.State)
		if withoutCards(w.URL) != c.Webhook {
			return nil, errors.New("音声Webhookは通話中に替えられました")
		}
		return s.tellerOf(&m.State).Ask(ctx, w, toldOf(name, c), action, digits)
	}
}

// ended tells the webhook that answered a call that it has ended. Who hung up
// finds it told, or in the timeline why it was not.
func (s Telephone) ended(ctx context.Context, name string, c ivr.Call) {
	ctx = context.WithoutCancel(ctx)
	m, err := s.Snapshot(ctx, name)
	if err != nil {
		return // the world is gone
	}
	w := s.voice(&m.State)
	if withoutCards(w.URL) != c.Webhook {
		return // its calls are another's now
	}
	failed := s.tellerOf(&m.State).Tell(ctx, w, toldOf(name, c), c.EndedAt.Sub(c.StartedAt))
	s.record(ctx, name, failed, "電話が終わったことを知らせられませんでした")
}

// toldOf is what a webhook is told of a call.
func toldOf(name string, c ivr.Call) twiml.Call {
	return twiml.Call{SID: twiml.SID(name, c.ID), From: c.From, To: c.To, Withheld: c.Withheld}
}
