// Package sms is a fake SMS gateway and the phones behind it. Its core is plain
// data: accept a message, list what arrived, reset. Nothing is ever sent
// anywhere; a message is on the phone when the clock says so.
//
// Segments are counted as 3GPP TS 23.040 and 23.038 do: 160 septets of the
// default alphabet or 70 units of UCS-2, 153 or 67 each when joined.
package sms

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"time"

	"example.com/netanswer/mocks/fault"
	"example.com/netanswer/mocks/passcode"
	"example.com/netanswer/mocks/table"
)

// A Message is one SMS as accepted.
type Message struct {
	ID          string             `json:"id"`
	From        string             `json:"from" doc:"the sender as shown"`
	To          string             `json:"to" doc:"national form"`
	Body        string             `json:"body"`
	Encoding    string             `json:"encoding" enum:"GSM-7,UCS-2,8-bit"`
	Segments    int                `json:"segments"`
	AcceptedAt  time.Time          `json:"accepted_at"`
	SendAt      time.Time          `json:"send_at,omitzero" doc:"when its sender wants it sent; left out: at once"`
	ValidUntil  time.Time          `json:"valid_until,omitzero" doc:"if it is not on the phone by then it never is; left out: for ever"`
	DeliveredAt time.Time          `json:"delivered_at" doc:"when it is on the phone, or known to have failed"`
	Account     string             `json:"account,omitempty" doc:"who handed it over, as its protocol names it; left out: the reference backend in this process"`
	Service     string             `json:"service,omitempty" doc:"the messaging service that it was handed to"`
	Class       string             `json:"class,omitempty" doc:"its message class: 0 is shown at once, 1 to 3 say where it is kept"`
	Reason      fault.Reason       `json:"reason,omitempty" doc:"why it is never delivered"`
	Lost        bool               `json:"lost,omitempty" doc:"it is never delivered, and nobody knows"`
	Port        string             `json:"port,omitempty" doc:"of the application on the phone that it is for; left out: it is for the person"`
	Passcode    *passcode.Passcode `json:"passcode,omitempty" doc:"the one-time passcode the message carries"`
	reading     *reading
}

// A Box is every message of one gateway. Copying it takes a snapshot.
type Box struct {
	Messages  []Message  `json:"messages,omitempty"` // in the order they were accepted
	Bytes     int64      `json:"bytes"`              // that they take, about
	Serial    int        `json:"serial"`
	Faults    fault.Plan `json:"faults,omitzero"`
	Reports   []Report   `json:"reports,omitempty"` // what senders are still to be told
	Lent      []Lent     `json:"lent,omitempty"`    // what somebody is telling them
	Reordered bool       `json:"reordered"`         // something is delivered in another order than it was accepted in

	Verifications table.Table[Verification] `json:"verifications,omitzero"` // by service and number

	// IA5IsGSM makes what senders mark as IA5 (SMPP 3.4, 5.2.19) be read in the
	// default alphabet, as some clients mean it.
	IA5IsGSM bool `json:"ia5_is_gsm,omitempty"`
}

// Fork returns a copy that grows by itself: what is added to one of them is never
// seen in the other. A plain copy is a snapshot, of which only one may grow.
func (b Box) Fork() Box {
	b.Messages, b.Reports, b.Lent = slices.Clip(b.Messages), slices.Clip(b.Reports), slices.Clip(b.Lent)
	return b
}

// The refusals of Accept.
var (
	ErrFull      = errors.New("the gateway holds as many messages as it may")
	ErrRecipient = errors.New("the recipient is no telephone number")
	ErrBody      = errors.New("the message is empty or too long")
)

// MaxSegments is how many parts a message may have (3GPP TS 23.040, 9.2.3.24.1).
const MaxSegments = 255

// A Draft is a message as it is handed over.
type Draft struct {
	From, To, Body string
	Account        string // who hands it over; "" in process
	Wish           Wish   // what that one wants to be told of it
	At             When   // when it is to be sent
	Until          When   // how long it is valid
	Service        string // the messaging service it is handed to
	Class          string // its message class
	Binary         bool   // it is bytes, each a character of ISO 8859-1
	Port           string // of an application on the phone that it is for, "" for the person
	IfGSM          string // the body for a world that takes IA5 for the default alphabet; "" for the same
}

// Accept takes a message at now. limit bounds how many the box may hold. A fault
// of the plan that happens to it is used up, also where Accept fails with it.
func (b *Box) Accept(from, to, body string, now time.Time, limit int) (Message, error) {
	return b.Take(Draft{From: from, To: to, Body: body}, now, limit)
}

// Take is Accept for one who wants to be told what becomes of the message.
func (b *Box) Take(d Draft, now time.Time, limit int) (Message, error) {
	to := National(d.To)
	if to == "" {
		return Message{}, ErrRecipient
	}
	if len(b.Messages) >= limit {
		return Message{}, fmt.Errorf("%w: %d", ErrFull, limit)
	}
	d.To = to
	m, err := b.draft(d, now)
	if err != nil {
		return Message{}, err
	}
	f, _ := b.Faults.Next(to, func(planned, to string) bool { return National(planned) == to })
	if err := f.Fails(); err != nil {
		return Message{}, err
	}
	why := reason(f, to)
	m.Lost = f.Kind == fault.Lose && why == ""
	var first Message
	for i, at := range f.Deliveries(m.begins()) {
		b.Serial++
		m.ID = "sms-" + strconv.Itoa(b.Serial)
		m.arrive(at, why)
		at = m.DeliveredAt
		if len(b.Messages) == cap(b.Messages) { // twice as many each time: a message is long to copy
			b.Messages = slices.Grow(b.Messages, max(1, len(b.Messages)))
		}
		b.Messages = append(b.Messages, m)
		b.Bytes += m.weight()
		b.Reordered = b.Reordered || !at.Equal(now)
		if i == 0 { // the sender knows of one
			first = m
			b.Reports = append(b.Reports, wished(m, d.Wish)...)
			b.Bytes += d.Wish.weight()
		}
	}
	return first, nil
}

// Weigh counts again what the messages take.
func (b *Box) Weigh() {
	b.Bytes = 0
	for i := range b.Messages {
		b.Bytes += around + int64(len(b.Messages[i].Body))
	}
}

// around is what a message takes besides its text.
const around = 512

// draft makes a message of a draft whose recipient is in national form.
func (b *Box) draft(d Draft, now time.Time) (Message, error) {
	if b.IA5IsGSM && d.IfGSM != "" {
		d.Body = d.IfGSM
	}
	encoding, segments := Count(d.Body)
	if d.Binary {
		encoding, segments = Binary, octets(d.Body)
	}
	if d.Body == "" || segments > MaxSegments {
		return Message{}, ErrBody
	}
	d.Body = d.shown()
	m := Message{From: d.From, To: d.To, Body: d.Body, Encoding: encoding, Segments: segments, AcceptedAt: now, Account: d.Account,
		Service: d.Service, Class: d.Class, Port: d.Port, reading: new(reading)}
	var err error
	m.SendAt, m.ValidUntil, err = d.schedule(now)
	return m, err
}

// arrive notes when a message is on the phone, or why it never is.
func (m *Message) arrive(at time.Time, why fault.Reason) {
	m.DeliveredAt, m.Reason = at, why
	if !m.ValidUntil.IsZero() && (why == "" && at.After(m.ValidUntil) || m.Lost) {
		m.DeliveredAt, m.Reason, m.Lost = m.ValidUntil, Expired, false
	}
}

// arrives tells whether a message ever is on a phone, as far as is known.
func (m Message) arrives() bool { return m.Reason == "" && !m.Lost }

// List returns what is on the phones at now, in the order it came there. to
// narrows it to one number; "" does not.
func (b Box) List(to string, now time.Time) []Message {
	want := National(to)
	found := []Message{}
	superseded := map[string]bool{} // by recipient, of what comes before m
	for i := len(b.Messages) - 1; i >= 0; i-- {
		m := b.Messages[i]
		if to != "" && m.To != want {
			continue
		}
		carries := m.carries(now)
		if m.arrives() && !m.DeliveredAt.After(now) {
			m.tell(superseded[m.To])
			found = append(found, m)
		}
		if carries {
			superseded[m.To] = true
		}
	}
	slices.Reverse(found)
	if b.Reordered {
		slices.SortStableFunc(found, func(a, b Message) int { return a.DeliveredAt.Compare(b.DeliveredAt) })
	}
	return found
}

// Latest returns the newest message on the phone at now that comes after
// the message whose id is given ("" for any).
func (b Box) Latest(to, after string, now time.Time) (Message, bool) {
	if b.Reordered {
		there := b.List(to, now)
		if n := len(there); n > 0 && there[n-1].ID != after {
			return there[n-1], true
		}
		return Message{}, false
	}
	want := National(to)
	for i := len(b.Messages) - 1; i >= 0; i-- {
		m := b.Messages[i]
		if m.ID == after {
			break
		}
		if (to == "" || m.To == want) && m.arrives() && !m.DeliveredAt.After(now) {
			return b.judged(i, now), true
		}
	}
	return Message{}, false
}

// Pending tells when the next message to the number will be on the phone, and
// whether there is one under way at all.
func (b Box) Pending(to string, now time.Time) (next time.Time, any bool) {
	want := National(to)
	for _, m := range b.Messages {
		if (to == "" || m.To == want) && m.arrives() && m.DeliveredAt.After(now) && (!any || m.DeliveredAt.Before(next)) {
			next, any = m.DeliveredAt, true
		}
	}
	return next, any
}

// Reset forgets every message; ids go on counting.
func (b *Box) Reset() {
	b.Messages, b.Reports, b.Lent, b.Bytes, b.Verifications = nil, nil, nil, 0, table.Table[Verification]{}
}

// Remove forgets messages, under way or there, and the room they take.
func (b *Box) Remove(gone func(Message) bool) {
	var left []Message // what was kept belongs to snapshots
	b.Bytes = 0
	for _, m := range b.Messages {
		if !gone(m) {
			left = append(left, m)
			b.Bytes += m.weight()
		}
	}
	b.Messages = left
	for _, r := range b.Reports {
		b.Bytes += r.weight()
	}
}

// weight is how many bytes a wish takes besides those of its message, about. It
// counts as long as the message does.
func (w Wish) weight() int64 { return int64(len(w.URL) + len(w.Ref) + len(w.Secret)) }

// weight is how many bytes a message takes, about.
func (m Message) weight() int64 { return around + int64(len(m.Body)) }
