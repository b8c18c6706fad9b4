// Package mailbox is a fake mail server's mailboxes. Its core is plain data:
// accept a message, list what arrived, reset. Nothing is ever relayed; a mail
// is in the mailbox when the clock says so.
//
// A mail is kept raw, as RFC 5322 writes it, and what a reader wants is read
// from it once. What attachments hold stays in the raw text.
package mailbox

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"example.com/netanswer/mocks/fault"
	"example.com/netanswer/mocks/passcode"
	"example.com/netanswer/mocks/table"
)

// A Mail is one message as accepted for one recipient.
type Mail struct {
	ID          string       `json:"id"`
	From        string       `json:"from" doc:"the From header, decoded"`
	To          string       `json:"to" doc:"the mailbox it was accepted for"`
	Subject     string       `json:"subject"`
	Text        string       `json:"text"`
	HTML        string       `json:"html,omitempty"`
	Attachments []Attachment `json:"attachments,omitempty"`
	Flaws       []string     `json:"flaws,omitempty" doc:"what is not as mail should be, and how it was read all the same"`
	Raw         string       `json:"-"`
	key         string       // see KeyHeader
	sign        *sign
	looks       *looks
	AcceptedAt  time.Time          `json:"accepted_at"`
	DeliveredAt time.Time          `json:"delivered_at" doc:"when it is in the mailbox"`
	Passcode    *passcode.Passcode `json:"passcode,omitempty" doc:"the one-time passcode the mail carries"`
}

// A Box is every mailbox of one server. Copying it takes a snapshot.
type Box struct {
	Mails     []Mail                `json:"mails,omitempty"` // in the order they were accepted
	Bytes     int64                 `json:"bytes"`           // that they take, about
	Serial    int                   `json:"serial"`
	Faults    fault.Plan            `json:"faults,omitzero"`
	Reordered bool                  `json:"reordered"`          // something is delivered in another order than it was accepted in
	Refused   table.Table[[]string] `json:"refused,omitzero"`   // domains that an address, folded, does not accept mail from
	Flags     table.Table[[]string] `json:"flags,omitzero"`     // what mail programs have marked a mail with, by its id
	Answering table.Table[bool]     `json:"answering,omitzero"` // the addresses whose server tells the sender so
	UIDs      table.Table[int]      `json:"uids,omitzero"`      // of mails that were delivered later than accepted, by id
	Mod       int64                 `json:"mod,omitempty"`      // the mod-sequence of the last change of marks
	Mods      table.Table[int64]    `json:"mods,omitzero"`      // those of mails whose marks were changed, by id
}

// Fork returns a copy that grows by itself: what is added to one of them is never
// seen in the other. A plain copy is a snapshot, of which only one may grow.
func (b Box) Fork() Box {
	b.Mails = slices.Clip(b.Mails)
	return b
}

// The refusals of Accept.
var (
	ErrFull      = errors.New("the mailboxes hold as many mails as they may")
	ErrStorage   = errors.New("what keeps the mailboxes cannot be written")
	ErrRecipient = errors.New("the recipient is no mail address")
	ErrRefused   = errors.New("the address takes no mail from this sender")
	ErrMessage   = errors.New("the message cannot be read")
)

// Accept takes the raw message for one recipient at now. limit bounds how many
// mails the box may hold. A fault of the plan that happens to it is used up, also
// where Accept fails with it. A mail that the address refuses is dropped; the
// sender is not told, and the mail returned is empty, unless the address's
// server answers: then it is ErrRefused.
func (b *Box) Accept(to string, raw []byte, now time.Time, limit int) (Mail, error) {
	if err := b.holds(to, limit); err != nil {
		return Mail{}, err
	}
	m, err := parse(raw)
	if err != nil {
		return Mail{}, err
	}
	f, err := b.fault(to)
	if err != nil {
		return Mail{}, err
	}
	return b.put(to, m, f, now)
}

// holds tells whether a mail to an address can be held.
func (b *Box) holds(to string, limit int) error {
	if local, domain, ok := strings.Cut(to, "@"); !ok || local == "" || domain == "" {
		return ErrRecipient
	}
	if len(b.Mails) >= limit {
		return fmt.Errorf("%w: %d", ErrFull, limit)
	}
	return nil
}

// fault takes what happens to the next mail to an address out of the plan.
func (b *Box) fault(to string) (fault.Fault, error) {
	f, _ := b.Faults.Next(to, same)
	return f, f.Fails()
}

// Admit is what a server decides of a recipient before it has the mail: whether
// it takes one from a sender, and which fault of the plan, which is used up, is
// to happen to it. The mail itself is handed over by Deliver.
func (b *Box) Admit(to, from string, limit int) (fault.Fault, error) {
	if err := b.holds(to, limit); err != nil {
		return fault.Fault{}, err
	}
	if b.Refuses(to, from) {
		return fault.Fault{}, ErrRefused
	}
	return b.fault(to)
}

// A Message is one that was read, to be delivered to any number of recipients,
// who share what it holds.
type Message struct{ mail Mail }

// Parse reads a raw message. The error is ErrMessage.
func Parse(raw []byte) (Message, error) {
	m, err := parse(raw)
	return Message{m}, err
}

// KeyHeader is the header of a mail that its sender may hand over again, not knowing
// whether it was taken: the idempotency key, the same for each try.
const KeyHeader = "Idempotency-Key"

// Repeats finds the mail that was taken for an address with the same key before.
func (b Box) Repeats(to string, m Message) (Mail, bool) {
	if m.mail.key == "" {
		return Mail{}, false
	}
	i := slices.IndexFunc(b.Mails, func(there Mail) bool { return there.key == m.mail.key && same(there.To, to) })
	if i < 0 {
		return Mail{}, false
	}
	return b.Mails[i], true
}

// Deliver is Accept for a recipient who was admitted.
func (b *Box) Deliver(to string, m Message, f fault.Fault, now time.Time, limit int) (Mail, error) {
	if err := b.holds(to, limit); err != nil {
		return Mail{}, err
	}
	return b.put(to, m.mail, f, now)
}

// Append puts a message into the mailbox of an address as its reader does, with
// mail that was not sent: no plan of faults and no refusal concerns it. at is
// when it is said to have come; the zero time, or one to come, is now.
func (b *Box) Append(to string, raw []byte, at, now time.Time, limit int) (Mail, error) {
	if err := b.holds(to, limit); err != nil {
		return Mail{}, err
	}
	m, err := parse(raw)
	if err != nil {
		return Mail{}, err
	}
	if at.IsZero() || at.After(now) {
		at = now
	}
	own := *m.sign
	own.write(fold(to))
	b.Serial++
	m.ID, m.To, m.sign, m.AcceptedAt, m.DeliveredAt, m.Passcode = "mail-"+strconv.Itoa(
		b.Serial,
	), to, &own, now, at.In(
		now.Location(),
	), m.passcode(
		at,
	)
	b.add(m)
	b.Reordered = b.Reordered || at.Before(now)
	return m, nil
}

// add adds a mail at the end, and what it takes.
func (b *Box) add(m Mail) {
	b.Bytes += weight(b.Mails, m)
	b.Mails = append(b.Mails, m)
}

// Weigh counts again what the mails take.
func (b *Box) Weigh() { b.Remove(func(Mail) bool { return false }) }

// around is what a mail takes besides its text.
const around = 1 << 10

// weight is how many bytes a mail takes behind others: one to many is kept once.
func weight(before []Mail, m Mail) int64 {
	if n := len(before); n > 0 && before[n-1].looks == m.looks && m.looks != nil {
		return around
	}
	return around + int64(len(m.Raw)+len(m.Text)+len(m.HTML))
}

// put puts a mail into the mailbox of an address.
func (b *Box) put(to string, m Mail, f fault.Fault, now time.Time) (Mail, error) {
	if b.Refuses(to, m.From) {
		return Mail{}, ErrRefused
	}
	if b.refuses(to, m.From) {
		return Mail{}, nil
	}
	m.To, m.AcceptedAt, m.Passcode = to, now, m.passcode(now)
	own := *m.sign // the mail may be others' as well
	own.write(fold(to))
	m.sign = &own
	for _, m.DeliveredAt = range f.Deliveries(now) {
		b.Serial++
		m.ID = "mail-" + strconv.Itoa(b.Serial)
		b.add(m)
		b.Reordered = b.Reordered || !m.DeliveredAt.Equal(now)
	}
	return m, nil
}

// Refuse makes an address accept no mail from domains and what is below them;
// none makes it accept all again. Such mail is dropped without a word, as the
// guide warns that filters do, unless the address's server answers.
func (b *Box) Refuse(address string, domains []string, answers bool) {
	address = Address(address)
	b.Answering.Delete(address)
	if len(domains) == 0 {
		b.Refused.Delete(address)
		return
	}
	b.Refused.Put(address, domains)
	if answers {
		b.Answering.Put(address, true)
	}
}

// Refuses tells whether the server of an address answers a sender, named by
// address or From header, that it takes no mail from there.
func (b Box) Refuses(to, from string) bool {
	return b.Answering.Has(Address(to)) && b.refuses(to, from)
}

// refuses tells whether an address drops what comes from a sender, as its From
// header names it.
func (b Box) refuses(address, from string) bool {
	domains, _ := b.Refused.Get(Address(address))
	_, domain, _ := strings.Cut(strings.ToLower(strings.TrimSuffix(from, ">")), "@")
	for _, d := range domains {
		if d = strings.ToLower(d); domain == d || strings.HasSuffix(domain, "."+d) {
			return true
		}
	}
	return false
}

// List returns what is in the mailboxes at now, in the order it came there.
// to narrows it to one address; "" does not.
func (b Box) List(to string, now time.Time) []Mail {
	return b.list(to, now, func(*Mail) bool { return true })
}

func (b Box) list(to string, now time.Time, wanted func(*Mail) bool) []Mail {
	type place struct {
		at         int
		superseded bool
	}
	var places []place         // of what is found, the newest first: a mail is large
	void := 0                  // how many of them are superseded
	later := map[string]bool{} // recipients that a later passcode goes to
	for i := len(b.Mails) - 1; i >= 0; i-- {
		m := &b.Mails[i]
		carries, owner := m.Passcode != nil, ""
		if carries {
			owner = Address(m.To)
		}
		if (to == "" || same(m.To, to)) && !m.DeliveredAt.After(now) && wanted(m) {
			p := place{i, carries && later[owner]}
			if places = append(places, p); p.superseded {
				void++
			}
		}
		if carries && !m.AcceptedAt.After(now) {
			later[owner] = true
		}
	}
	found, passcodes := make([]Mail, len(places)), make([]passcode.Passcode, void)
	for n, p := range places {
		m := &found[len(found)-1-n]
		if *m = b.Mails[p.at]; p.superseded {
			passcodes[0] = *m.Passcode
			passcodes[0].Superseded, m.Passcode, passcodes = true, &passcodes[0], passcodes[1:]
		}
	}
	if b.Reordered {
		slices.SortStableFunc(found, func(a, b Mail) int { return a.DeliveredAt.Compare(b.DeliveredAt) })
	}
	return found
}

// Latest returns the newest mail in the mailbox at now that comes after
// the mail whose id is given ("" for any).
func (b Box) Latest(to, after string, now time.Time) (Mail, bool) {
	if b.Reordered {
		there := b.List(to, now)
		if n := len(there); n > 0 && there[n-1].ID != after {
			return there[n-1], true
		}
		return Mail{}, false
	}
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
func (b *Box) Reset() {
	b.Bytes = 0
	b.Mails, b.Flags, b.UIDs, b.Mods = nil, table.Table[[]string]{}, table.Table[int]{}, table.Table[int64]{}
}

// Remove takes mails out of the mailboxes, under way or there.
func (b *Box) Remove(gone func(Mail) bool) {
	var left []Mail
	b.Bytes = 0
	for _, m := range b.Mails {
		if gone(m) {
			b.Flags.Delete(m.ID)
			b.UIDs.Delete(m.ID)
			b.Mods.Delete(m.ID)
		} else {
			b.Bytes += weight(left, m)
			left = append(left, m)
		}
	}
	b.Mails = left
}

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
