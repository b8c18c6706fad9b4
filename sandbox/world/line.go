package world

import (
	"context"
	"errors"
	"fmt"
	"time"

	"example.com/netanswer/mocks/ivr"
	"example.com/netanswer/mocks/ivr/twiml"
	"example.com/netanswer/mocks/ivr/voice"
)

// SetVoice names the voice webhook that decides what the callers of a world
// hear from now on; the zero Webhook gives that back to the registrations.
func (s *Service) SetVoice(name string, w twiml.Webhook) error {
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
	_, err := s.update(name, func(st *State, now time.Time) error {
		st.Voice = w
		st.Timeline.add(now, "policy", said, "")
		return nil
	})
	return err
}

// voice is the webhook that decides what the callers of a world hear: its own,
// or the one of every world; none where it is the registrations.
func (s *Service) voice(st *State) twiml.Webhook {
	if st.Voice == (twiml.Webhook{}) && s.hotline != nil {
		return s.hotline(st.Name)
	}
	return st.Voice
}

// Conduct says on a line what an answered call is to hear, and returns when
// that is said or the caller has gone. The world is changed by EndCall only. A
// HangUp of this process's ends it at once.
func (s *Service) Conduct(ctx context.Context, name string, c ivr.Call, line ivr.Line) ivr.Heard {
	ctx, hangUp := context.WithCancelCause(ctx)
	defer hangUp(context.Canceled)
	key := name + "/" + c.ID
	s.lines.Store(key, hangUp)
	defer s.lines.Delete(key)
	conductor := ivr.Conductor{Speak: voice.Of}
	if m, ok := line.(*mute); ok {
		conductor.Stays = m.stays
	}
	if c.Cut {
		line = ivr.Cut(line)
	}
	script := []ivr.Verb{{Kind: ivr.Say, Text: c.Guidance, Sentence: c.Sentence}}
	if c.Webhook != "" {
		conductor.Next = s.asking(name, c)
		var err error
		if script, err = conductor.Next(ctx, "", ""); err != nil {
			return ivr.Heard{Scenes: []ivr.Scene{{What: "note", Says: err.Error()}}}
		}
	}
	return conductor.Conduct(ctx, script, line)
}

// cut hangs up the line of a call, if there is one.
func (s *Service) cut(name, id string) {
	if hangUp, ok := s.lines.Load(name + "/" + id); ok {
		hangUp.(context.CancelCauseFunc)(ivr.ErrHungUp) // Conduct puts nothing else there
	}
}

// asking tells the webhook of a world of a call.
func (s *Service) asking(name string, c ivr.Call) func(context.Context, string, string) ([]ivr.Verb, error) {
	return func(ctx context.Context, action, digits string) ([]ivr.Verb, error) {
		m, err := s.Snapshot(name)
		if err != nil {
			return nil, err
		}
		w := s.voice(&m.State)
		if w.URL != c.Webhook {
			return nil, errors.New("音声Webhookは通話中に替えられました")
		}
		return s.teller.Ask(ctx, w, toldOf(name, c), action, digits)
	}
}

// toldOf is what a webhook is told of a call.
func toldOf(name string, c ivr.Call) twiml.Call {
	return twiml.Call{SID: twiml.SID(name, c.ID), From: c.From, To: c.To, Withheld: c.Withheld}
}

// ended tells the webhook that answered a call that it has ended. Who hung up
// finds it told, or in the timeline why it was not.
func (s *Service) ended(name string, c ivr.Call) {
	m, err := s.Snapshot(name)
	if err != nil || m.Voice.URL != c.Webhook {
		return // the world is gone, or its calls are another's now
	}
	failed := s.teller.Tell(context.Background(), m.Voice, toldOf(name, c), c.EndedAt.Sub(c.StartedAt))
	s.record(name, failed, "電話が終わったことを知らせられませんでした")
}

// EndCall ends a call whose sound a line carried. It was heard out if the line
// says so, wherever the world's clock stands.
func (s *Service) EndCall(name, id string, heard ivr.Heard) (ivr.Call, error) {
	return s.heard(name, id, heard, true)
}

// heard writes down what was heard of a call, and that it has ended.
func (s *Service) heard(name, id string, heard ivr.Heard, ended bool) (ivr.Call, error) {
	var call ivr.Call
	over := false // by this, not before
	_, err := s.update(name, func(st *State, now time.Time) error {
		over = false
		c, ok := st.Telephone.Calls.Get(id)
		if !ok {
			return fmt.Errorf("%w: %w", ErrRequest, ivr.ErrCall)
		}
		if c.Webhook == "" {
			heard.Scenes = notes(heard.Scenes) // what the guidance says is written down
		}
		for _, n := range notes(heard.Scenes) {
			st.Timeline.add(now, "call", n.Says, id)
		}
		if c.Webhook != "" && heard.Said != "" {
			st.Timeline.add(now, "call", "「"+heard.Said+"」と聞こえました", id)
		}
		if err := st.Telephone.Note(id, heard); err != nil {
			return fmt.Errorf("%w: %w", ErrRequest, err)
		}
		call, _ = st.Telephone.Calls.Get(id) // it is there
		if heard.Leg != "" {
			st.Timeline.add(now, KindRequest, heard.Leg, id)
		}
		if !ended {
			return nil
		}
		c, err := st.Telephone.End(id, now, heard)
		over = err == nil && c.Webhook != ""
		call, err = st.hungUp(c, err, now)
		return err
	})
	if over && err == nil {
		s.ended(name, call)
	}
	return call, err
}

func notes(scenes []ivr.Scene) []ivr.Scene {
	var found []ivr.Scene
	for _, s := range scenes {
		if s.What == "note" {
			found = append(found, s)
		}
	}
	return found
}

// mute is the line of a call without sound: nothing takes any time.
type mute struct {
	digits []string
	leaves bool // hangs up at the first sound
	stays  bool // until somebody hangs up, by the world's clock
}

// Hear implements ivr.Line.
func (m *mute) Hear(context.Context, ivr.Sound) error {
	if m.leaves {
		return ivr.ErrHungUp
	}
	return nil
}

// Digits implements ivr.Line: the digits asked for next, as far as they fit.
func (m *mute) Digits(_ context.Context, _ []ivr.Sound, k ivr.Keys) (string, error) {
	if m.leaves {
		return "", ivr.ErrHungUp
	}
	if len(m.digits) == 0 {
		return "", nil
	}
	pressed := m.digits[0]
	m.digits = m.digits[1:]
	return k.Take(pressed), nil
}
