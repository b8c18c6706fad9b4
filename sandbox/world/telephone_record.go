package world

import (
	"context"
	"time"

	"example.com/netanswer/mocks/ivr"
)

// Await waits for the newest call from a number that was placed after
// another one; with ended, for one that has ended.
func (s Telephone) Await(ctx context.Context, name, from, after string, ended bool) (found ivr.Call, ok bool, err error) {
	ok, err = s.core.Await(ctx, name, func(m Snapshot) (bool, time.Time) {
		var there bool
		if found, there = m.Telephone.Latest(from, after, ended, m.Now); there {
			return true, time.Time{}
		}
		_, next := m.Telephone.Going(from, m.Now)
		return false, next
	})
	return found, ok, err
}

// Forget forgets every call from a number, and hangs up those that go on;
// "" is every number.
func (s Telephone) Forget(ctx context.Context, name, from string) error {
	var gone []string
	_, err := s.update(ctx, name, func(st *State, now time.Time) error {
		gone = st.Telephone.Forget(from)
		st.Timeline.add(now, "call", either(from, "すべて")+"の電話の記録を消しました", "")
		return nil
	})
	for _, id := range gone {
		s.cut(name, id)
	}
	return err
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
	if c.Outgoing && c.Outcome == ivr.Answered {
		return from + " から " + c.To + " に電話がかかり、出ました" + late
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
