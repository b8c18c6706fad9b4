package mailbox

import "slices"

// perArrival is how far the mod-sequences of two mails that came one after the other
// are apart (RFC 7162): so many changes of marks have room between. That of a mail
// follows from its number, and need not be kept.
const perArrival = 1 << 32

// ModSeq is the mod-sequence of a mail that has a number: it grows with every change
// of its marks, and is greater than that of all that was there before.
func (b Box) ModSeq(m Mail) int64 {
	if n, ok := b.Mods.Get(m.ID); ok {
		return n
	}
	return int64(b.UID(m)) * perArrival
}

// HighestModSeq is the greatest that there ever was in any of the mailboxes, 1 where
// there was none.
func (b Box) HighestModSeq() int64 { return max(1, int64(b.Serial)*perArrival, b.Mod) }

// Mark sets the marks of a mail. Only where they change its mod-sequence does.
func (b *Box) Mark(id string, marks []string) {
	before, _ := b.Flags.Get(id)
	if slices.Equal(before, marks) {
		return
	}
	b.Mod = b.HighestModSeq() + 1
	b.Flags.Put(id, marks)
	b.Mods.Put(id, b.Mod)
}
