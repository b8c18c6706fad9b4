package mailbox

import (
	"strings"
	"sync"
)

// A sign is what letters a text has, alone and next to each other, in 512 bits,
// so that a search need not look into most of the mails that do not have what
// it looks for. It is made of folded text.
type sign [8]uint64

// write adds a folded text.
func (s *sign) write(text string) {
	before := rune(0)
	for _, c := range text {
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

// signed is the sign of a mail, which its recipient is still to be added to.
func signed(m *Mail, headers []Header) *sign {
	var s sign
	read := false // the subject is
	for _, h := range headers {
		if !read && strings.EqualFold(h.Name, "Subject") {
			read = true // it is signed below, as it was read
			continue
		}
		s.write(fold(decodeWords(h.Value)))
	}
	for _, text := range []string{m.From, m.Subject, m.Text, m.Visible()} {
		s.write(fold(text))
	}
	return &s
}

// looks is what of a mail is searched, folded. It is made when it is first asked
// for, and shared by the copies of a mail.
type looks struct {
	once       sync.Once
	head, body string
}

// looked is what of a mail is searched: sender and subject, and what is read.
func (m *Mail) looked() (head, body string) {
	l := m.looks
	if l == nil { // of a mail that was not parsed here
		l = &looks{}
	}
	l.once.Do(func() {
		l.head, l.body = fold(m.Subject+"\n"+m.From), fold(m.Text)
		if m.HTML != "" {
			l.body += "\n" + fold(m.Visible())
		}
	})
	return l.head, l.body
}
