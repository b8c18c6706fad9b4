package sms

import (
	"errors"
	"time"

	"example.com/netanswer/mocks/fault"
)

// A When is a time as a sender names it: At, or so long from when the message
// is taken over. The zero When is none.
type When struct {
	At                  time.Time
	Years, Months, Days int
	In                  time.Duration
}

// Zero tells whether no time was named.
func (m When) Zero() bool { return m == When{} }

// from is the moment for one who names it at now.
func (m When) from(now time.Time) time.Time {
	if !m.At.IsZero() {
		return m.At.In(now.Location())
	}
	return now.AddDate(m.Years, m.Months, m.Days).Add(m.In)
}

// The refusals of times and changes.
var (
	ErrSchedule = errors.New("the message cannot be sent at that time")
	ErrExpiry   = errors.New("the message cannot be valid until that time")
	ErrMessage  = errors.New("there is no such message")
	ErrBegun    = errors.New("the message is on its way already")
)

// Why a message is not delivered, beside what a plan lets happen.
const (
	Expired fault.Reason = "expired"  // its validity was over before it came
	Deleted fault.Reason = "canceled" // its sender took it back in time
)

// schedule reads when a message is to be sent, and until when it is valid: the
// zero time for at once, and for ever.
func (d Draft) schedule(now time.Time) (at, until time.Time, err error) {
	start := now
	if !d.At.Zero() {
		if at = d.At.from(now); at.Before(now) {
			return at, until, ErrSchedule
		}
		if at.Equal(now) {
			at = time.Time{}
		} else {
			start = at
		}
	}
	if !d.Until.Zero() {
		if until = d.Until.from(now); !until.After(start) {
			return at, until, ErrExpiry
		}
	}
	return at, until, nil
}

// begins is when a message is sent: when it was accepted, or as it was scheduled.
func (m Message) begins() time.Time {
	if m.SendAt.IsZero() {
		return m.AcceptedAt
	}
	return m.SendAt
}

// Cancel takes back a message that was to be sent later. Its sender is told, as
// it wished to be. The errors are ErrMessage and ErrBegun.
func (b *Box) Cancel(id string, now time.Time) (Message, error) {
	m, i, err := b.scheduled(id, now)
	if err != nil {
		return m, err
	}
	m.Reason, m.DeliveredAt, m.Lost = Deleted, now, false
	b.put(i, m, b.wishOf(id))
	return m, nil
}

// Replace changes a message that was to be sent later: its text, and when it is
// sent and until when it is valid where those are named. The errors are those of
// Cancel and of Take.
func (b *Box) Replace(id string, d Draft, now time.Time) (Message, error) {
	m, i, err := b.scheduled(id, now)
	if err != nil {
		return m, err
	}
	if d.At.Zero() {
		d.At = When{At: m.SendAt}
	}
	if d.Until.Zero() && !m.ValidUntil.IsZero() {
		d.Until = When{At: m.ValidUntil}
	}
	d.From, d.To, d.Account, d.Service = m.From, m.To, m.Account, m.Service
	next, err := b.draft(d, now)
	if err != nil {
		return m, err
	}
	late := m.DeliveredAt.Sub(m.begins()) // as a plan wanted it
	next.ID, next.Lost, next.AcceptedAt = m.ID, m.Lost, m.AcceptedAt
	next.arrive(next.begins().Add(late), m.Reason)
	b.put(i, next, d.Wish)
	return next, nil
}

// scheduled finds a message that is not on its way yet.
func (b *Box) scheduled(id string, now time.Time) (Message, int, error) {
	i, ok := b.index(id)
	if !ok {
		return Message{}, 0, ErrMessage
	}
	m := b.Messages[i]
	if s, _ := m.Status(now); s != Scheduled || m.Reason == Deleted {
		return m, i, ErrBegun
	}
	return m, i, nil
}

// put puts a changed message in its place, and what its sender is to be told of
// it. Other snapshots keep theirs.
func (b *Box) put(i int, m Message, w Wish) {
	b.Messages = append([]Message{}, b.Messages...)
	b.Messages[i] = m
	b.Reordered = true
	var left []Report
	for _, r := range b.Reports {
		if r.ID != m.ID {
			left = append(left, r)
		}
	}
	b.Reports = append(left, wished(m, w)...)
}

// wishOf is what the sender of a message wants to be told that it was not yet.
func (b *Box) wishOf(id string) Wish {
	for _, r := range b.Reports {
		if r.ID == id {
			return r.Wish
		}
	}
	return Wish{}
}
