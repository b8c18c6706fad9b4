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
	"strings"
	"time"
	"unicode/utf16"

	"example.com/netanswer/mocks/fault"
	"example.com/netanswer/mocks/passcode"
)

// A Message is one SMS as accepted.
type Message struct {
	ID          string             `json:"id"`
	From        string             `json:"from" doc:"the sender as shown"`
	To          string             `json:"to" doc:"national form"`
	Body        string             `json:"body"`
	Encoding    string             `json:"encoding" enum:"GSM-7,UCS-2"`
	Segments    int                `json:"segments"`
	AcceptedAt  time.Time          `json:"accepted_at"`
	DeliveredAt time.Time          `json:"delivered_at" doc:"when it is on the phone"`
	Passcode    *passcode.Passcode `json:"passcode,omitempty" doc:"the one-time passcode the message carries"`
}

// A Box is every message of one gateway. Copying it takes a snapshot.
type Box struct {
	Messages  []Message  `json:"messages"` // in the order they were accepted
	Serial    int        `json:"serial"`
	Faults    fault.Plan `json:"faults"`
	Reordered bool       `json:"reordered"` // something is delivered in another order than it was accepted in
}

// The refusals of Accept.
var (
	ErrFull      = errors.New("the gateway holds as many messages as it may")
	ErrRecipient = errors.New("the recipient is no telephone number")
	ErrBody      = errors.New("the message is empty or too long")
)

// MaxSegments is how many parts a message may have.
const MaxSegments = 10

// Accept takes a message at now. limit bounds how many the box may hold. A fault
// of the plan that happens to it is used up, also where Accept fails with it.
func (b *Box) Accept(from, to, body string, now time.Time, limit int) (Message, error) {
	to = national(to)
	if to == "" {
		return Message{}, ErrRecipient
	}
	if len(b.Messages) >= limit {
		return Message{}, fmt.Errorf("%w: %d", ErrFull, limit)
	}
	encoding, segments := count(body)
	if body == "" || segments > MaxSegments {
		return Message{}, ErrBody
	}
	f, _ := b.Faults.Next(to, func(planned, to string) bool { return national(planned) == to })
	if err := f.Fails(); err != nil {
		return Message{}, err
	}
	m := Message{From: from, To: to, Body: body, Encoding: encoding, Segments: segments, AcceptedAt: now, Passcode: passcode.Find(body, now)}
	for _, m.DeliveredAt = range f.Deliveries(now) {
		b.Serial++
		m.ID = "sms-" + strconv.Itoa(b.Serial)
		b.Messages = append(b.Messages, m)
		b.Reordered = b.Reordered || !m.DeliveredAt.Equal(now)
	}
	return m, nil
}

// List answers with what is on the phones at now, in the order it came there. to
// narrows it to one number; "" does not.
func (b Box) List(to string, now time.Time) []Message {
	want := national(to)
	found := []Message{}
	superseded := map[string]bool{} // by recipient, of what comes before m
	for i := len(b.Messages) - 1; i >= 0; i-- {
		m := b.Messages[i]
		carries := m.Passcode != nil && !m.AcceptedAt.After(now)
		if (to == "" || m.To == want) && !m.DeliveredAt.After(now) {
			if m.Passcode != nil {
				p := *m.Passcode
				p.Superseded = superseded[m.To]
				m.Passcode = &p
			}
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

// Latest answers with the newest message on the phone at now that comes after
// the message whose id is given ("" for any).
func (b Box) Latest(to, after string, now time.Time) (Message, bool) {
	if b.Reordered {
		there := b.List(to, now)
		if n := len(there); n > 0 && there[n-1].ID != after {
			return there[n-1], true
		}
		return Message{}, false
	}
	want := national(to)
	for i := len(b.Messages) - 1; i >= 0; i-- {
		m := b.Messages[i]
		if m.ID == after {
			break
		}
		if (to == "" || m.To == want) && !m.DeliveredAt.After(now) {
			return b.judged(i, now), true
		}
	}
	return Message{}, false
}

// Pending tells when the next message to the number will be on the phone, and
// whether there is one under way at all.
func (b Box) Pending(to string, now time.Time) (next time.Time, any bool) {
	want := national(to)
	for _, m := range b.Messages {
		if (to == "" || m.To == want) && m.DeliveredAt.After(now) && (!any || m.DeliveredAt.Before(next)) {
			next, any = m.DeliveredAt, true
		}
	}
	return next, any
}

// Reset forgets every message; ids go on counting.
func (b *Box) Reset() { b.Messages = nil }

// judged is message i with its passcode judged against what came after it.
func (b Box) judged(i int, now time.Time) Message {
	m := b.Messages[i]
	if m.Passcode == nil {
		return m
	}
	p := *m.Passcode
	for _, later := range b.Messages[i+1:] {
		if later.To == m.To && later.Passcode != nil && !later.AcceptedAt.After(now) {
			p.Superseded = true
			break
		}
	}
	m.Passcode = &p
	return m
}

// national writes a Japanese number as digits in national form: hyphens and
// spaces do not count, +81 becomes 0. "" where it is no number.
func national(number string) string {
	n := strings.NewReplacer("-", "", " ", "", "(", "", ")", "").Replace(number)
	if rest, ok := strings.CutPrefix(n, "+81"); ok {
		n = "0" + strings.TrimPrefix(rest, "0")
	}
	digits := strings.TrimPrefix(n, "+")
	if len(digits) < 3 || len(digits) > 15 || strings.Trim(digits, "0123456789") != "" {
		return ""
	}
	return n
}

// gsm7 and gsm7Extended are the default alphabet of 3GPP TS 23.038 and its
// extension, whose characters take two septets.
const (
	gsm7 = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?" +
		"¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
	gsm7Extended = "^{}\\[~]|€\f"
)

// count tells the encoding a body needs and how many parts it is sent in.
func count(body string) (encoding string, segments int) {
	septets := 0
	for _, c := range body {
		switch {
		case strings.ContainsRune(gsm7, c):
			septets++
		case strings.ContainsRune(gsm7Extended, c):
			septets += 2
		default:
			return "UCS-2", parts(len(utf16.Encode([]rune(body))), 70, 67)
		}
	}
	return "GSM-7", parts(septets, 160, 153)
}

func parts(n, single, joined int) int {
	if n <= single {
		return 1
	}
	return (n + joined - 1) / joined
}
