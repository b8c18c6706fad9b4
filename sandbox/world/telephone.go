package world

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"example.com/netanswer/mocks/ivr"
	"example.com/netanswer/mocks/ivr/voice"
	"example.com/netanswer/sandbox/registration"
)

// Telephone is the telephone of the worlds: calls that are placed in this process
// or carried by a line, and what their callers hear. It is got from
// Service.Telephone.
type Telephone struct{ *core }

// A CallRequest is a call to be placed.
type CallRequest struct {
	From     string // the telephone it is placed from; "" only where it is withheld
	Withheld bool   // the caller dials 184 first
	To       string // "" for the free-dial number of the world
	// Listen tells how the caller goes on: "all" hears the guidance out and
	// hangs up, "stay" hears it out and stays on the line until HangUp, "part"
	// hangs up before its end; for these the world's clock need not move. ""
	// stays on the line until HangUp, and hears what the clock leaves time for.
	Listen string
	// Digits are the keys pressed, in turn, when a voice webhook asks for some.
	Digits []string
	Via    string // the protocol that brings it, for the timeline; "" for none
}

// Place places a call without sound and returns it as it then is. What
// the caller hears is decided as the call is answered: by the registrations of
// the world, or by its voice webhook.
func (s Telephone) Place(ctx context.Context, name string, q CallRequest) (ivr.Call, error) {
	if !slices.Contains([]string{"", "all", "part", "stay"}, q.Listen) {
		return ivr.Call{}, fmt.Errorf("%w: listen is all, part, stay or left out", ErrRequest)
	}
	goesOn := q.Listen == "" || q.Listen == "stay"
	var call ivr.Call
	m, err := s.Snapshot(ctx, name)
	if err != nil {
		return call, err
	}
	s.entered(&m, &q)
	_, err = s.act(ctx, name, Act{Op: "call"}, func(st *State, now time.Time) error {
		var err error
		if call, err = s.ring(st, q, now, false); err != nil || goesOn || call.Webhook != "" {
			return err
		}
		at := call.AnsweredAt
		if q.Listen == "all" {
			at = call.GuidanceUntil
		}
		call, err = st.hangUp(call, at, now)
		return err
	})
	if err != nil || call.Webhook == "" || call.Outcome != ivr.Answered {
		return call, err
	}
	heard := s.Conduct(ctx, name, call, &mute{digits: q.Digits, leaves: q.Listen == "part", stays: q.Listen == ""})
	if q.Listen == "stay" && heard.All {
		heard = heard.AtOnce()
	}
	return s.heard(ctx, name, call.ID, heard, !goesOn || call.Cut)
}

// Ring places a call whose sound a Line carries: an answered one goes on until
// End. What is heard of it is Conduct's.
func (s Telephone) Ring(ctx context.Context, name string, q CallRequest) (ivr.Call, error) {
	var call ivr.Call
	m, err := s.Snapshot(ctx, name)
	if err != nil {
		return call, err
	}
	s.entered(&m, &q)
	_, err = s.act(ctx, name, Act{Op: "call"}, func(st *State, now time.Time) error {
		var err error
		call, err = s.ring(st, q, now, true)
		return err
	})
	return call, err
}

// ring places a call in a world that is being changed. With sound, a guidance
// takes as long as its recording.
func (s Telephone) ring(st *State, q CallRequest, now time.Time, sound bool) (ivr.Call, error) {
	to := q.To
	if to == "" {
		to = st.Policy.FreeDialNumber
	}
	caller := q.From
	if q.Withheld {
		caller = ""
	}
	m := s.at(st, now)
	d := ivr.Dialling{From: q.From, Withheld: q.Withheld, To: to, Webhook: withoutCards(s.voice(st).URL),
		Heard: q.Listen == "stay", Assigned: registration.Digits(to) == registration.Digits(st.Policy.FreeDialNumber)}
	if d.Webhook == "" {
		d.Sentence, d.About = m.guidance(caller, to)
		d.Guidance = m.Say(d.Sentence)
		if sound {
			d.Length = voice.Of(ivr.Verb{Kind: ivr.Say, Text: d.Guidance, Sentence: d.Sentence}).Lasts()
		}
	}
	call, err := st.Telephone.Place(d, now, s.bounds.Messages)
	if err != nil {
		return call, fmt.Errorf("%w: %w", ErrRequest, err)
	}
	if q.Via != "" {
		st.Timeline.add(now, KindRequest, q.Via+"を受けました", call.ID)
	}
	st.Timeline.add(now, "call", st.describe(call), call.ID)
	return call, nil
}

// HangUp ends a call, as the world's clock shows. A webhook that wanted to be
// asked when all was heard is, if it was.
func (s Telephone) HangUp(ctx context.Context, name, id string) (ivr.Call, error) {
	var call ivr.Call
	over := false // by this, not before
	_, err := s.act(ctx, name, Act{Op: "hang_up"}, func(st *State, now time.Time) error {
		c, ok := st.Telephone.Calls.Get(id)
		if !ok {
			return fmt.Errorf("%w: %w", ErrRequest, ivr.ErrCall)
		}
		over = c.Outcome == ivr.Answered && c.EndedAt.IsZero() && c.Webhook != "" && !c.Outgoing
		var err error
		call, err = st.hangUp(c, now, now)
		return err
	})
	if err != nil {
		return call, err
	}
	s.cut(name, id)
	if call.Then != "" && call.HeardAll {
		if _, err := s.asking(name, call)(ctx, call.Then, ""); err != nil {
			err = Providers(s).Record(ctx, name, "call", err.Error(), id)
			return call, err
		}
	}
	if over {
		s.ended(ctx, name, call)
	}
	return call, nil
}

// hangUp ends a call at the time at; a call that never was answered has ended.
func (st *State) hangUp(c ivr.Call, at, now time.Time) (ivr.Call, error) {
	if c.Outcome != ivr.Answered {
		return c, nil
	}
	c, err := st.Telephone.HangUp(c.ID, at)
	return st.hungUp(c, err, now)
}

// hungUp writes down that a call has ended. A caller who heard everything confirms
// the registration that the call was placed for, unless a webhook decides what is
// said: then whoever it belongs to confirms.
func (st *State) hungUp(c ivr.Call, err error, now time.Time) (ivr.Call, error) {
	if errors.Is(err, ivr.ErrEnded) {
		return c, nil // hung up twice
	}
	if err != nil {
		return c, fmt.Errorf("%w: %w", ErrRequest, err)
	}
	st.Timeline.add(now, "call", ending(c), c.ID)
	if c.Scripted() {
		return c, nil
	}
	if c.HeardAll {
		st.confirm(c.About, c.StartedAt, now)
	}
	return c, nil
}
