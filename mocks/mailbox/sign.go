package mailbox

import "unicode"

// A sign is what letters a mail has, alone and next to each other, in 512 bits,
// so that a search need not look into most of the mails that do not have what
// it looks for. Upper and lower case are the same.
type sign [8]uint64

// write adds a text.
func (s *sign) write(text string) {
	before := rune(0)
	for _, c := range text {
		c = folded(c)
		s.set(single(c))
		if before != 0 {
			s.set(pair(before, c))
		}
		before = c
	}
}

func (s *sign) set(bit uint32) { s[bit>>6&7] |= 1 << (bit & 63) }

// has tells whether all of another sign is in this one. A nil sign, of a mail
// that nobody has signed, has everything.
func (s *sign) has(all *sign) bool {
	if s == nil {
		return true
	}
	for i, bits := range all {
		if s[i]&bits != bits {
			return false
		}
	}
	return true
}

// single and pair are the bits of a letter, and of two of them.
func single(c rune) uint32  { return uint32(c) * 0x9E3779B1 >> 23 }
func pair(a, c rune) uint32 { return (uint32(a)*0x85EBCA6B ^ uint32(c)*0xC2B2AE35) * 0x9E3779B1 >> 23 }

// folded is one and the same for all the cases of a letter, as strings.EqualFold
// takes them for equal.
func folded(c rune) rune {
	if c < 0x80 {
		if 'A' <= c && c <= 'Z' {
			c += 'a' - 'A'
		}
		if c != 'k' && c != 's' { // they have a third case beyond ASCII
			return c
		}
	}
	if c >= 0x3000 && c < 0xA000 { // Japanese has no cases
		return c
	}
	last := c
	for other := unicode.SimpleFold(c); other != c; other = unicode.SimpleFold(other) {
		last = max(last, other)
	}
	return last
}

// signed is the sign of a mail, which its recipient is still to be added to.
func signed(m Mail, headers []Header) *sign {
	var s sign
	for _, h := range headers {
		s.write(h.Value)
	}
	for _, text := range []string{m.From, m.Subject, m.Text, m.HTML} {
		s.write(text)
	}
	return &s
}
