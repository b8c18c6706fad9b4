// Package mailbox is a fake mail server's mailboxes. Its core is plain data:
// accept a message, list what arrived, reset. Nothing is ever relayed; a mail
// is in the mailbox when the clock says so.
//
// A mail is kept raw, as RFC 5322 writes it, and what a reader wants is read
// from it once. Attachments stay in the raw text.
package mailbox

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"example.com/netanswer/mocks/passcode"
)

// A Mail is one message as accepted for one recipient.
type Mail struct {
	ID          string             `json:"id"`
	From        string             `json:"from" doc:"the From header, decoded"`
	To          string             `json:"to" doc:"the mailbox it was accepted for"`
	Subject     string             `json:"subject"`
	Text        string             `json:"text"`
	Raw         string             `json:"-"`
	AcceptedAt  time.Time          `json:"accepted_at"`
	DeliveredAt time.Time          `json:"delivered_at" doc:"when it is in the mailbox"`
	Passcode    *passcode.Passcode `json:"passcode,omitempty" doc:"the one-time passcode the mail carries"`
}

// A Box is every mailbox of one server. Copying it takes a snapshot.
type Box struct {
	Mails  []Mail `json:"mails"`
	Serial int    `json:"serial"`
}

// The refusals of Accept.
var (
	ErrFull      = errors.New("the mailboxes hold as many mails as they may")
	ErrRecipient = errors.New("the recipient is no mail address")
	ErrMessage   = errors.New("the message cannot be read")
)

// Accept takes the raw message for one recipient at now. limit bounds how many
// mails the box may hold.
func (b *Box) Accept(to string, raw []byte, now time.Time, limit int) (Mail, error) {
	if local, domain, ok := strings.Cut(to, "@"); !ok || local == "" || domain == "" {
		return Mail{}, ErrRecipient
	}
	if len(b.Mails) >= limit {
		return Mail{}, fmt.Errorf("%w: %d", ErrFull, limit)
	}
	m, err := parse(raw)
	if err != nil {
		return Mail{}, err
	}
	b.Serial++
	m.ID, m.To, m.AcceptedAt, m.DeliveredAt = "mail-"+strconv.Itoa(b.Serial), to, now, now
	m.Passcode = passcode.Find(m.Text, now)
	b.Mails = append(b.Mails, m)
	return m, nil
}

// List answers with what is in the mailboxes at now, oldest first. to narrows
// it to one address; "" does not.
func (b Box) List(to string, now time.Time) []Mail {
	found := []Mail{}
	for i, m := range b.Mails {
		if (to == "" || same(m.To, to)) && !m.DeliveredAt.After(now) {
			found = append(found, b.judged(i, now))
		}
	}
	return found
}

// Latest answers with the newest mail in the mailbox at now that comes after
// the mail whose id is given ("" for any).
func (b Box) Latest(to, after string, now time.Time) (Mail, bool) {
	for i := len(b.Mails) - 1; i >= 0; i-- {
		m := b.Mails[i]
		if m.ID == after {
			break
		}
		if (to == "" || same(m.To, to)) && !m.DeliveredAt.After(now) {
			return b.judged(i, now), true
		}
	}
	return Mail{}, false
}

// Pending tells when the next mail to the address will be in the mailbox, and
// whether there is one under way at all.
func (b Box) Pending(to string, now time.Time) (next time.Time, any bool) {
	for _, m := range b.Mails {
		if (to == "" || same(m.To, to)) && m.DeliveredAt.After(now) && (!any || m.DeliveredAt.Before(next)) {
			next, any = m.DeliveredAt, true
		}
	}
	return next, any
}

// Reset forgets every mail; ids go on counting.
func (b *Box) Reset() { b.Mails = nil }

// same compares addresses as their owners do, without regard to case.
func same(a, b string) bool { return strings.EqualFold(a, b) }

func (b Box) judged(i int, now time.Time) Mail {
	m := b.Mails[i]
	if m.Passcode == nil {
		return m
	}
	p := *m.Passcode
	for _, later := range b.Mails[i+1:] {
		if same(later.To, m.To) && later.Passcode != nil && !later.AcceptedAt.After(now) {
			p.Superseded = true
			break
		}
	}
	m.Passcode = &p
	return m
}
