package sms

import (
	"slices"
	"time"

	"example.com/netanswer/mocks/fault"
)

// A Status is how far a message has come. It is worked out from the clock when
// it is looked at.
type Status string

// The life of a message: queued, sending, sent, and then delivered or not. What
// is lost without a reason stays sent.
const (
	Queued      Status = "queued"
	Sending     Status = "sending"
	Sent        Status = "sent"
	Delivered   Status = "delivered"
	Undelivered Status = "undelivered"
)

// step is how long a message that takes its time is queued, and then sending.
const step = time.Second

// reached tells when a message comes to a status; never where it does not.
func (m Message) reached(s Status) (at time.Time, ever bool) {
	early := func(t time.Time) time.Time {
		if t.After(m.DeliveredAt) {
			return m.DeliveredAt
		}
		return t
	}
	switch s {
	case Queued:
		return m.AcceptedAt, true
	case Sending:
		return early(m.AcceptedAt.Add(step)), true
	case Sent:
		return early(m.AcceptedAt.Add(2 * step)), true
	case Delivered:
		return m.DeliveredAt, m.Reason == "" && !m.Lost
	case Undelivered:
		return m.DeliveredAt, m.Reason != ""
	}
	return time.Time{}, false
}

// Status is the message's status when the clock shows now, and since when.
func (m Message) Status(now time.Time) (s Status, since time.Time) {
	for _, s := range []Status{Undelivered, Delivered, Sent, Sending} {
		if at, ever := m.reached(s); ever && !at.After(now) {
			return s, at
		}
	}
	return Queued, m.AcceptedAt
}

// SentAt is when the message left the gateway.
func (m Message) SentAt() time.Time {
	at, _ := m.reached(Sent)
	return at
}

// Wish is what a sender wants to be told of a message, and where.
type Wish struct {
	By       string   // the protocol that tells it; "" for none
	URL      string   // where to
	Secret   string   // what proves that it is the gateway who tells it
	Progress bool     // also that it was sent, not only how it ended
	OnlyIll  bool     // only if it was not delivered
	Parts    []string // how the sender knows the parts it handed over; nil for one message
}

// A Report is one thing to tell a sender, once the clock shows At.
type Report struct {
	Wish
	Account string
	ID      string
	Status  Status
	At      time.Time
}

// wished are the reports that a wish asks for of a message.
func wished(m Message, w Wish) []Report {
	if w.By == "" {
		return nil
	}
	var all []Report
	for _, s := range []Status{Sent, Delivered, Undelivered} {
		at, ever := m.reached(s)
		if ever && (s != Sent || w.Progress) && (s == Undelivered || !w.OnlyIll) {
			all = append(all, Report{Wish: w, Account: m.Account, ID: m.ID, Status: s, At: at})
		}
	}
	return all
}

// Due takes the reports out of the box that a protocol is to tell an account by
// now, and answers with when the next is due; the zero time where none is under
// way. limit bounds how many it takes at once, 0 takes none.
func (b *Box) Due(by, account string, now time.Time, limit int) (due []Report, next time.Time) {
	var left []Report
	for _, r := range b.Reports {
		switch {
		case r.By != by || account != "" && r.Account != account:
		case !r.At.After(now) && len(due) < limit:
			due = append(due, r)
			continue
		case next.IsZero() || r.At.Before(next):
			next = r.At
		}
		left = append(left, r)
	}
	if len(due) > 0 {
		b.Reports = left
	}
	slices.SortStableFunc(due, func(a, b Report) int { return a.At.Compare(b.At) })
	return due, next
}

// Find answers with a message by its id.
func (b Box) Find(id string) (Message, bool) {
	for _, m := range slices.Backward(b.Messages) {
		if m.ID == id {
			return m, true
		}
	}
	return Message{}, false
}

// reason is why a message to a number is not delivered; "" if it is. A fault's
// reason comes first.
func reason(f fault.Fault, to string) fault.Reason {
	if f.Reason == "" && Landline(to) {
		return fault.Landline
	}
	return f.Reason
}
