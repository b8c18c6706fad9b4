package ivr

// around is what a call, or a line of its transcript, takes besides its texts.
const around = 256

// put keeps a call, and counts what it takes.
func (b *Box) put(c Call) {
	if before, ok := b.Calls.Get(c.ID); ok {
		b.Bytes -= before.weight()
	}
	b.Bytes += c.weight()
	b.Calls.Put(c.ID, c)
}

// Weigh counts again what the calls take.
func (b *Box) Weigh() {
	b.Bytes = 0
	for _, c := range b.Calls.All() {
		b.Bytes += c.weight()
	}
}

// weight is how many bytes a call takes, about: whoever places one, or decides
// what is said, chooses how long its addresses and texts are.
func (c Call) weight() int64 {
	n := around + len(c.Guidance) + len(c.About) + len(c.Webhook) + len(c.Then) + len(c.Account)
	for _, l := range c.Transcript {
		n += around/4 + len(l.Says)
	}
	return int64(n)
}
