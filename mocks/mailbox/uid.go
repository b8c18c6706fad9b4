package mailbox

import (
	"cmp"
	"slices"
	"time"
)

// UID is the number by which mail programs know a mail: its serial, where it was
// in the mailbox as soon as it was accepted. One that came later has a serial of
// its own for it, given by Number, so that what comes later always has the
// greater number (RFC 3501, 2.3.1.1); 0 until then.
func (b Box) UID(m Mail) int {
	if uid, ok := b.UIDs.Get(m.ID); ok {
		return uid
	}
	if m.DeliveredAt.After(m.AcceptedAt) {
		return 0
	}
	return serial(m.ID)
}

// Unnumbered tells whether something is in the mailboxes at now that Number is
// to give a number.
func (b Box) Unnumbered(now time.Time) bool {
	return b.Reordered && slices.ContainsFunc(b.Mails, func(m Mail) bool { return !m.DeliveredAt.After(now) && b.UID(m) == 0 })
}

// Number gives what is in the mailboxes at now its numbers, in the order it came
// there.
func (b *Box) Number(now time.Time) {
	var fresh []Mail
	for _, m := range b.Mails {
		if !m.DeliveredAt.After(now) && b.UID(m) == 0 {
			fresh = append(fresh, m)
		}
	}
	slices.SortStableFunc(fresh, func(x, y Mail) int { return x.DeliveredAt.Compare(y.DeliveredAt) })
	for _, m := range fresh {
		b.Serial++
		b.UIDs.Put(m.ID, b.Serial)
	}
}

// Numbered is what is in the mailbox of an address at now, in all of them where
// it is "", in the order of the numbers.
func (b Box) Numbered(address string, now time.Time) []Mail {
	mails := make([]Mail, 0, len(b.Mails))
	for _, m := range b.Mails {
		if (address == "" || same(m.To, address)) && !m.DeliveredAt.After(now) && b.UID(m) != 0 {
			mails = append(mails, m)
		}
	}
	if b.Reordered {
		slices.SortStableFunc(mails, func(x, y Mail) int { return cmp.Compare(b.UID(x), b.UID(y)) })
	}
	return mails
}

// Same is true only where two snapshots of a box hold the same mails, with the
// same marks and numbers: what they hold is not looked at.
func (b Box) Same(o Box) bool {
	return SameMails(b.Mails, o.Mails) && b.Reordered == o.Reordered && b.Flags == o.Flags && b.Mods == o.Mods &&
		b.UIDs == o.UIDs
}

// SameMails is true only where two lists are one.
func SameMails(x, y []Mail) bool {
	return len(x) == len(y) && (len(x) == 0 || &x[0] == &y[0])
}
