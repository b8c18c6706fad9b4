package world

import (
	"context"
	"errors"
	"fmt"
	"time"

	"example.com/netanswer/mocks/ivr"
	"example.com/netanswer/mocks/ivr/voice"
	"example.com/netanswer/sandbox/registration"
)

// A CallRequest is a call to be placed.
type CallRequest struct {
	From     string // the telephone it is placed from; "" only where it is withheld
	Withheld bool   // the caller dials 184 first
	To       string // "" for the free-dial number of the world
	// Listen tells how the caller goes on: "all" hears the guidance out and
	// hangs up, "part" hangs up before its end, "" stays on the line until
	// HangUp. For "all" and "part" the world's clock need not move.
	Listen string
	// Digits are the keys pressed, in turn, when a voice webhook asks for some.
	Digits []string
	Via    string // the protocol that brings it, for the timeline; "" for none
}

// PlaceCall places a call without sound and returns it as it then is. What
// the caller hears is decided as the call is answered: by the registrations of
// the world, or by its voice webhook.
func (s *Service) PlaceCall(ctx context.Context, name string, q CallRequest) (ivr.Call, error) {
	if q.Listen != "" && q.Listen != "all" && q.Listen != "part" {
		return ivr.Call{}, fmt.Errorf("%w: listen is all, part or left out", ErrRequest)
	}
	var call ivr.Call
	m, err := s.Snapshot(name)
	if err != nil {
		return call, err
	}
	s.entered(&m, &q)
	_, err = s.act(name, Act{Op: "call"}, func(st *State, now time.Time) error {
		var err error
		if call, err = s.ring(st, q, now, false); err != nil || q.Listen == "" || call.Webhook != "" {
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
	return s.heard(name, call.ID, heard, q.Listen != "" || call.Cut)
}

// Ring places a call whose sound a Line carries: an answered one goes on until
// EndCall. What is heard of it is Conduct's.
func (s *Service) Ring(name string, q CallRequest) (ivr.Call, error) {
	var call ivr.Call
	m, err := s.Snapshot(name)
	if err != nil {
		return call, err
	}
	s.entered(&m, &q)
	_, err = s.act(name, Act{Op: "call"}, func(st *State, now time.Time) error {
		var err error
		call, err = s.ring(st, q, now, true)
		return err
	})
	return call, err
}

// ring places a call in a world that is being changed. With sound, a guidance
// takes as long as its recording.
func (s *Service) ring(st *State, q CallRequest, now time.Time, sound bool) (ivr.Call, error) {
	to := q.To
	if to == "" {
		to = st.Policy.FreeDialNumber
	}
	caller := q.From
	if q.Withheld {
		caller = ""
	}
	m := s.at(st, now)
	d := ivr.Dialling{From: q.From, Withheld: q.Withheld, To: to, Webhook: s.voice(st).URL,
		Assigned: registration.Digits(to) == registration.Digits(st.Policy.FreeDialNumber)}
	if d.Webhook == "" {
		d.Sentence = m.guidance(caller, to)
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
func (s *Service) HangUp(ctx context.Context, name, id string) (ivr.Call, error) {
	var call ivr.Call
	over := false // by this, not before
	_, err := s.act(name, Act{Op: "hang_up"}, func(st *State, now time.Time) error {
		c, ok := st.Telephone.Calls.Get(id)
		if !ok {
			return fmt.Errorf("%w: %w", ErrRequest, ivr.ErrCall)
		}
		over = c.Outcome == ivr.Answered && c.EndedAt.IsZero() && c.Webhook != ""
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
			err = s.Record(name, "call", err.Error(), id)
			return call, err
		}
	}
	if over {
		s.ended(name, call)
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

// hungUp writes down that a call has ended. A confirmed caller who heard
// everything confirms the registration, unless a webhook decides what is said:
// then whoever it belongs to confirms.
func (st *State) hungUp(c ivr.Call, err error, now time.Time) (ivr.Call, error) {
	if errors.Is(err, ivr.ErrEnded) {
		return c, nil // hung up twice
	}
	if err != nil {
		return c, fmt.Errorf("%w: %w", ErrRequest, err)
	}
	st.Timeline.add(now, "call", ending(c), c.ID)
	if c.Webhook != "" {
		return c, nil
	}
	if c.HeardAll {
		st.confirm(Caller{From: c.From, Withheld: c.Withheld, To: c.To}, c.StartedAt, now)
	}
	return c, nil
}

// confirm confirms the registration, if there is one, that a call placed at a
// moment and heard out confirms.
func (st *State) confirm(c Caller, placed, now time.Time) {
	if r, ok := st.awaiting(c.From, c.Withheld, c.To, placed); ok {
		st.Registrations.Put(r.ID, r.Heard(st.Policy, placed, now))
		st.Timeline.add(now, "registration", "電話でご本人様を確認しました", r.ID)
	}
}

// ending says how an answered call, or one that was to be, came to its end.
func ending(c ivr.Call) string {
	switch {
	case c.Outcome == ivr.Unanswered:
		return "応答の前に電話を切りました"
	case c.Cut:
		return "計画した障害のため、ガイダンスの途中で回線が切れました"
	case c.HeardAll:
		return "ガイダンスを聞いて電話を切りました"
	}
	return "ガイダンスの途中で電話を切りました"
}

// awaiting is the registration that a call confirms. Of several that wait for
// the same telephone, it is the one whose screen was shown last.
func (st *State) awaiting(from string, withheld bool, to string, at time.Time) (found registration.Registration, ok bool) {
	if withheld {
		return found, false
	}
	for _, r := range st.Registrations.All() {
		if r.Answers(st.Policy, at, from, to) && (!ok || r.Call.ShownAt.After(found.Call.ShownAt)) {
			found, ok = r, true
		}
	}
	return found, ok
}

// guidance is the text that a caller hears (p35-4, a-10, a-12).
func (m Snapshot) guidance(caller, to string) string {
	if caller == "" {
		return "guidance.withheld"
	}
	if _, ok := m.awaiting(caller, false, to, m.Now); ok {
		return "guidance.confirmed"
	}
	for _, r := range m.Registrations.All() {
		late := r.At(m.Policy, m.Now)
		if late.State == registration.Expired && late.Reason == registration.CallTooLate && registration.Digits(caller) == registration.Digits(r.Holder.Phone) {
			return "guidance.too_late"
		}
	}
	return "guidance.unknown"
}

// describe words a call for the timeline.
func (st *State) describe(c ivr.Call) string {
	from := c.From
	if c.Withheld {
		from += "（非通知）"
	}
	late := ""
	if wait := c.AnsweredAt.Sub(c.StartedAt); c.Outcome == ivr.Answered && wait > 0 {
		late = "（" + wait.String() + "鳴ってから）"
	}
	if c.Webhook != "" {
		return from + " から " + c.To + " への電話は、音声Webhook（" + c.Webhook + "）が応答します" + late
	}
	switch c.Outcome {
	case ivr.Busy:
		return from + " から " + c.To + " への電話は話し中でした"
	case ivr.Unassigned:
		return from + " から " + c.To + " への電話は、使われていない番号でした"
	case ivr.Unanswered:
		return from + " から " + c.To + " への電話は、鳴りましたが応答がありませんでした"
	case ivr.Refused:
		return from + " から " + c.To + " への電話は、交換機が受け付けませんでした"
	}
	return from + " から " + c.To + " への電話に「" + c.Guidance + "」と答えました" + late
}

// FinishCall completes a registration after its call (p35-5).
func (s *Service) FinishCall(ctx context.Context, world, id string) (Step, error) {
	return s.identify(ctx, world, id, "finish", "「認証を完了する」を押しました", func(r registration.Registration, p registration.Policy, now time.Time) (registration.Registration, error) {
		return r.Finish(p, now)
	})
}
