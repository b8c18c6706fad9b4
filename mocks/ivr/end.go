package ivr

import (
	"slices"
	"time"
)

// HangUp ends a call at the time at: what the voice had not said by then was
// not heard, and who hangs up while it rings was not answered.
func (b *Box) HangUp(id string, at time.Time) (Call, error) {
	c, err := b.going(id)
	if err != nil {
		return c, err
	}
	if at.Before(c.AnsweredAt) {
		return b.giveUp(c, at), nil
	}
	if lost := c.lostAt(); c.Cut && !c.Scripted() && at.After(lost) {
		at = lost
	}
	said := !c.GuidanceUntil.IsZero() // of what a webhook decides, only when its line tells
	return b.end(c, at, said && !c.Cut && !at.Before(c.GuidanceUntil)), nil
}

// End ends a call at the time at, of which the line itself tells whether all
// was heard: sound takes the machine's time, and a world's clock may stand still.
func (b *Box) End(id string, at time.Time, heard Heard) (Call, error) {
	c, err := b.going(id)
	if err != nil {
		return c, err
	}
	if heard.Early {
		return b.giveUp(c, at), nil
	}
	if at.Before(c.AnsweredAt) {
		at = c.AnsweredAt
	}
	if heard.All && at.Before(c.GuidanceUntil) {
		at = c.GuidanceUntil
	}
	return b.end(c, at, heard.All), nil
}

// going is a call that has not ended.
func (b *Box) going(id string) (Call, error) {
	c, ok := b.Calls.Get(id)
	switch {
	case !ok:
		return Call{}, ErrCall
	case !c.EndedAt.IsZero():
		return c, ErrEnded
	}
	return c, nil
}

func (b *Box) end(c Call, at time.Time, all bool) Call {
	c.EndedAt, c.HeardAll = at, all
	switch {
	case c.Cut:
		c.add(at, "cut", "")
	case all && !c.Scripted():
		c.add(c.GuidanceUntil, "said", c.Guidance)
		fallthrough
	default:
		c.add(at, "hang_up", "")
	}
	kept := c
	kept.Then = "" // it is asked once, by whoever ends the call
	b.put(kept)
	return c
}

// giveUp ends a call that would have been answered later.
func (b *Box) giveUp(c Call, at time.Time) Call {
	c.Transcript = slices.Clone(c.Transcript[:1]) // it rang
	c.AnsweredAt, c.GuidanceUntil, c.Sentence, c.Guidance, c.About, c.Webhook, c.Cut = time.Time{}, time.Time{}, "", "", "", "", false
	c.refuse(Unanswered, at)
	b.put(c)
	return c
}

// lostAt is when the line of a call is lost that is to be: in the middle of its
// guidance.
func (c Call) lostAt() time.Time { return c.AnsweredAt.Add(c.GuidanceUntil.Sub(c.AnsweredAt) / 2) }

// at is a call as it stands at now: a line that is to be lost has been by then.
func (c Call) at(now time.Time) Call {
	if lost := c.lostAt(); c.Cut && !c.Scripted() && c.EndedAt.IsZero() && !now.Before(lost) {
		c.EndedAt = lost
		c.add(lost, "cut", "")
	}
	return c
}
