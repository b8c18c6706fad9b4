package world

import (
	"context"
	"fmt"
	"time"

	"example.com/netanswer/mocks/ivr"
	"example.com/netanswer/mocks/ivr/voice"
)

// Conduct says on a line what an answered call is to hear, and returns when
// that is said or the caller has gone. The world is changed by End only. A
// HangUp of this process's ends it at once.
func (s Telephone) Conduct(ctx context.Context, name string, c ivr.Call, line ivr.Line) ivr.Heard {
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
func (s Telephone) cut(name, id string) {
	if hangUp, ok := s.lines.Load(name + "/" + id); ok {
		hangUp.(context.CancelCauseFunc)(ivr.ErrHungUp) // Conduct puts nothing else there
	}
}

// End ends a call whose sound a line carried. It was heard out if the line
// says so, wherever the world's clock stands.
func (s Telephone) End(ctx context.Context, name, id string, heard ivr.Heard) (ivr.Call, error) {
	return s.heard(ctx, name, id, heard, true)
}

// heard writes down what was heard of a call, and that it has ended.
func (s Telephone) heard(ctx context.Context, name, id string, heard ivr.Heard, ended bool) (ivr.Call, error) {
	var call ivr.Call
	over := false // by this, not before
	_, err := s.update(ctx, name, func(st *State, now time.Time) error {
		over = false
		c, ok := st.Telephone.Calls.Get(id)
		if !ok {
			return fmt.Errorf("%w: %w", ErrRequest, ivr.ErrCall)
		}
		if !c.Scripted() {
			heard.Scenes = notes(heard.Scenes) // what the guidance says is written down
		}
		for i, n := range heard.Scenes {
			if n.What == string(ivr.Note) { // it may tell an address
				heard.Scenes[i].Says = withoutCards(n.Says)
			}
		}
		for _, n := range notes(heard.Scenes) {
			st.Timeline.add(now, "call", n.Says, id)
		}
		if c.Scripted() && heard.Said != "" {
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
		over = err == nil && c.Webhook != "" && !c.Outgoing
		call, err = st.hungUp(c, err, now)
		return err
	})
	if over && err == nil {
		s.ended(ctx, name, call)
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
