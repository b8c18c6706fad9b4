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
}

// PlaceCall places a call without sound and answers with it as it then is. What
// the caller hears is decided as the call is answered: by the registrations of
// the world, or by its voice webhook.
func (s *Service) PlaceCall(ctx context.Context, name string, q CallRequest) (ivr.Call, error) {
	if q.Listen != "" && q.Listen != "all" && q.Listen != "part" {
		return ivr.Call{}, fmt.Errorf("%w: listen is all, part or left out", ErrRequest)
	}
	var call ivr.Call
	m, err := s.Moment(name)
	if err != nil {
		return call, err
	}
	s.entered(&m, &q)
	_, err = s.act(name, Act{Op: "call"}, func(st *State, now time.Time) error {
		var err error
		if call, err = s.ring(st, q, now, false); err != nil || q.Listen == "" || call.Webhook != "" {
			return err
		}
		at := call.StartedAt
		if q.Listen == "all" {
			at = call.GuidanceUntil
		}
		call, err = st.hangUp(call, at, now)
		return err
	})
	if err != nil || call.Webhook == "" || call.Outcome != ivr.Answered {
		return call, err
	}
	heard := s.Conduct(ctx, name, call, &mute{digits: q.Digits, leaves: q.Listen == "part"})
	return s.heard(name, call.ID, heard, q.Listen != "")
}

// Ring places a call whose sound a Line carries: an answered one goes on until
// EndCall. What is heard of it is Conduct's.
func (s *Service) Ring(name string, q CallRequest) (ivr.Call, error) {
	var call ivr.Call
	m, err := s.Moment(name)
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
	d := ivr.Dialling{From: q.From, Withheld: q.Withheld, To: to, Webhook: st.Voice.URL,
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
	st.Timeline.add(now, "call", st.describe(call), call.ID)
	return call, nil
}

// HangUp ends a call, as the world's clock shows.
func (s *Service) HangUp(name, id string) (ivr.Call, error) {
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
	if err == nil {
		s.cut(name, id)
	}
	if over && err == nil {
		s.ended(name, call)
	}
	return call, err
}

// BusyNext makes the next n calls of a world find the line engaged.
func (s *Service) BusyNext(name string, n int) error {
	if n < 0 || n > s.bounds.Messages {
		return fmt.Errorf("%w: busy is a number of calls", ErrRequest)
	}
	_, err := s.update(name, func(st *State, now time.Time) error {
		st.Telephone.BusyNext = n
		st.Timeline.add(now, "fault", fmt.Sprintf("次の%d回の電話は話し中になります", n), "")
		return nil
	})
	return err
}

// RingNext makes the next n calls of a world, after those that find the line
// engaged, ring without an answer.
func (s *Service) RingNext(name string, n int) error {
	if n < 0 || n > s.bounds.Messages {
		return fmt.Errorf("%w: ring is a number of calls", ErrRequest)
	}
	_, err := s.update(name, func(st *State, now time.Time) error {
		st.Telephone.RingNext = n
		st.Timeline.add(now, "fault", fmt.Sprintf("次の%d回の電話は鳴っても応答がありません", n), "")
		return nil
	})
	return err
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
	heard := "ガイダンスの途中で"
	if c.HeardAll {
		heard = "ガイダンスを聞いて"
	}
	st.Timeline.add(now, "call", heard+"電話を切りました", c.ID)
	if c.Webhook != "" {
		return c, nil
	}
	if r, ok := st.awaiting(c.From, c.Withheld, c.To, c.StartedAt); ok && c.HeardAll {
		st.Registrations.Put(r.ID, r.Heard(st.Policy, c.StartedAt, now))
		st.Timeline.add(now, "registration", "電話でご本人様を確認しました", r.ID)
	}
	return c, nil
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
func (m Moment) guidance(caller, to string) string {
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
	if c.Webhook != "" {
		return from + " から " + c.To + " への電話は、音声Webhook（" + c.Webhook + "）が応答します"
	}
	switch c.Outcome {
	case ivr.Busy:
		return from + " から " + c.To + " への電話は話し中でした"
	case ivr.Unassigned:
		return from + " から " + c.To + " への電話は、使われていない番号でした"
	case ivr.Unanswered:
		return from + " から " + c.To + " への電話は、鳴りましたが応答がありませんでした"
	}
	return from + " から " + c.To + " への電話に「" + c.Guidance + "」と答えました"
}

// FinishCall completes a registration after its call (p35-5).
func (s *Service) FinishCall(ctx context.Context, world, id string) (Step, error) {
	return s.identify(ctx, world, id, "finish", "「認証を完了する」を押しました", func(r registration.Registration, p registration.Policy, now time.Time) (registration.Registration, error) {
		return r.Finish(p, now)
	})
}
