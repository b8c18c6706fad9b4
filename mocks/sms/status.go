package sms

import (
	"slices"
	"sort"
	"strconv"
	"strings"
	"time"

	"example.com/netanswer/mocks/fault"
)

// A Status is how far a message has come. It is worked out from the clock when
// it is looked at.
type Status string

// The life of a message: queued, sending, sent, and then delivered or not, or
// failed where it never left the gateway. What is lost without a reason stays
// sent.
const (
	Scheduled   Status = "scheduled" // it is sent later
	Canceled    Status = "canceled"  // its sender took it back before it was sent
	Queued      Status = "queued"
	Sending     Status = "sending"
	Sent        Status = "sent"
	Delivered   Status = "delivered"
	Undelivered Status = "undelivered"
	Failed      Status = "failed"
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
	case Scheduled:
		return m.AcceptedAt, !m.SendAt.IsZero()
	case Canceled:
		return m.DeliveredAt, m.Reason == Deleted
	case Queued:
		return m.begins(), m.Reason != Deleted
	case Sending:
		return early(m.begins().Add(step)), m.Reason != fault.Overflow && m.Reason != Deleted
	case Sent:
		return early(m.begins().Add(2 * step)), m.Reason != fault.Overflow && m.Reason != Deleted
	case Delivered:
		return m.DeliveredAt, m.Reason == "" && !m.Lost
	case Undelivered:
		return m.DeliveredAt, m.Reason != "" && m.Reason != fault.Overflow && m.Reason != Deleted
	case Failed:
		return m.DeliveredAt, m.Reason == fault.Overflow
	}
	return time.Time{}, false
}

// Status is the message's status when the clock shows now, and since when.
func (m Message) Status(now time.Time) (s Status, since time.Time) {
	for _, s := range []Status{Canceled, Failed, Undelivered, Delivered, Sent, Sending, Queued, Scheduled} {
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
	Ref      string   // what the sender wants to be told as well
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
	for _, s := range []Status{Sent, Delivered, Undelivered, Failed, Canceled} {
		at, ever := m.reached(s)
		if ever && (s != Sent || w.Progress) && (s == Undelivered || s == Failed || s == Canceled || !w.OnlyIll) {
			all = append(all, Report{Wish: w, Account: m.Account, ID: m.ID, Status: s, At: at})
		}
	}
	return all
}

// concerns tells whether a report is for a protocol to tell an account.
func (r Report) concerns(by, account string) bool {
	return r.By == by && (account == "" || r.Account == account)
}

// Ready tells whether there is something that a protocol is to tell an account
// by now, "" for any; if not, when there will be: the zero time where nothing is
// under way.
func (b Box) Ready(by, account string, now time.Time) (ready bool, next time.Time) {
	for i := range b.Reports {
		r := &b.Reports[i]
		if !r.concerns(by, account) {
			continue
		}
		if !r.At.After(now) {
			return true, time.Time{}
		}
		if next.IsZero() || r.At.Before(next) {
			next = r.At
		}
	}
	return false, next
}

// Due lends the reports that a protocol is to tell an account by now, at most limit of
// them: nobody else gets them, until they are taken back. since is by the machine's
// clock.
func (b *Box) Due(by, account string, now time.Time, limit int, since time.Time) []Report {
	var due, left []Report
	i := 0
	for ; i < len(b.Reports) && len(due) < limit; i++ {
		if r := b.Reports[i]; r.concerns(by, account) && !r.At.After(now) {
			due = append(due, r)
		} else {
			left = append(left, r)
		}
	}
	if len(due) == 0 {
		return nil
	}
	if rest := b.Reports[i:]; len(left) == 0 {
		b.Reports = rest
	} else {
		b.Reports = append(left, rest...)
	}
	slices.SortStableFunc(due, func(a, b Report) int { return a.At.Compare(b.At) })
	b.Lent = slices.Clip(b.Lent)
	for _, r := range due {
		b.Lent = append(b.Lent, Lent{r, since.Round(0)})
	}
	return due
}

// Find returns a message by its id, with no passcode told. Ids count up, and
// messages stand in their order.
func (b Box) Find(id string) (Message, bool) {
	if i, ok := b.index(id); ok {
		return b.Messages[i], true
	}
	return Message{}, false
}

func (b Box) index(id string) (int, bool) {
	want := serial(id)
	i := sort.Search(len(b.Messages), func(i int) bool { return serial(b.Messages[i].ID) >= want })
	return i, i < len(b.Messages) && b.Messages[i].ID == id
}

// serial is the number in an id; 0 in what is none.
func serial(id string) int {
	n, _ := strconv.Atoi(strings.TrimPrefix(id, "sms-"))
	return n
}

// reason is why a message to a number is not delivered; "" if it is. A fault's
// reason comes first.
func reason(f fault.Fault, to string) fault.Reason {
	if f.Reason == "" && Landline(to) {
		return fault.Landline
	}
	return f.Reason
}
