package world

import (
	"context"
	"errors"
	"fmt"
	"time"

	"example.com/netanswer/mocks/ivr"
	"example.com/netanswer/sandbox/registration"
)

// A CallRequest is a call to be placed.
type CallRequest struct {
	From     string // the telephone it is placed from
	Withheld bool   // the caller dials 184 first
	To       string // "" for the free-dial number of the world
	// Listen tells how the caller goes on: "all" hears the guidance out and
	// hangs up, "part" hangs up before its end, "" stays on the line until
	// HangUp. For "all" and "part" the world's clock need not move.
	Listen string
}

// PlaceCall places a call in a world and answers with it as it then is. What
// the caller hears is decided as a call to the free-dial number is answered.
func (s *Service) PlaceCall(name string, q CallRequest) (ivr.Call, error) {
	var call ivr.Call
	m, err := s.Moment(name)
	if err != nil {
		return call, err
	}
	s.entered(&m, &q)
	_, err = s.act(name, Act{Op: "call"}, func(st *State, now time.Time) error {
		to := q.To
		if to == "" {
			to = st.Policy.FreeDialNumber
		}
		caller := q.From
		if q.Withheld {
			caller = ""
		}
		assigned := registration.Digits(to) == registration.Digits(st.Policy.FreeDialNumber)
		m := s.at(st, now)
		var err error
		call, err = st.Telephone.Place(q.From, q.Withheld, to, assigned, m.Say(m.guidance(caller, to)), now, s.bounds.Messages)
		if err != nil {
			return fmt.Errorf("%w: %w", ErrRequest, err)
		}
		st.Timeline.add(now, "call", st.describe(call), call.ID)
		switch q.Listen {
		case "":
			return nil
		case "all":
			call, err = st.hangUp(call, call.GuidanceUntil, now)
		case "part":
			call, err = st.hangUp(call, call.StartedAt, now)
		default:
			return fmt.Errorf("%w: listen is all, part or left out", ErrRequest)
		}
		return err
	})
	return call, err
}

// HangUp ends a call, as the world's clock shows.
func (s *Service) HangUp(name, id string) (ivr.Call, error) {
	var call ivr.Call
	_, err := s.act(name, Act{Op: "hang_up"}, func(st *State, now time.Time) error {
		c, ok := st.Telephone.Calls.Get(id)
		if !ok {
			return fmt.Errorf("%w: %w", ErrRequest, ivr.ErrCall)
		}
		var err error
		call, err = st.hangUp(c, now, now)
		return err
	})
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

// hangUp ends a call at the time at; a call that never was answered has ended.
// A confirmed caller who heard everything confirms the registration.
func (st *State) hangUp(c ivr.Call, at, now time.Time) (ivr.Call, error) {
	if c.Outcome != ivr.Answered {
		return c, nil
	}
	c, err := st.Telephone.HangUp(c.ID, at)
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
	switch c.Outcome {
	case ivr.Busy:
		return from + " から " + c.To + " への電話は話し中でした"
	case ivr.Unassigned:
		return from + " から " + c.To + " への電話は、使われていない番号でした"
	}
	return from + " から " + c.To + " への電話に「" + c.Guidance + "」と答えました"
}

// FinishCall completes a registration after its call (p35-5).
func (s *Service) FinishCall(ctx context.Context, world, id string) (Step, error) {
	return s.identify(ctx, world, id, "finish", "「認証を完了する」を押しました", func(r registration.Registration, p registration.Policy, now time.Time) (registration.Registration, error) {
		return r.Finish(p, now)
	})
}
